"""What the ledgers are: their names, Chinese titles and fields, read off the records once."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Term

LEDGERS: Mapping[str, type[r.Record]] = {
    "plan": r.Plan,
    "clause": r.Clause,
    "unit": r.Unit,
    "contact": r.Contact,
    "membership": r.Membership,
    "work_group": r.WorkGroup,
    "post": r.Post,
    "task": r.Task,
    "measure": r.Measure,
    "host_list": r.HostList,
    "host": r.Host,
    "listed_host": r.ListedHost,
    "indicator": r.Indicator,
    "deadline": r.Deadline,
    "milestone": r.Milestone,
    "responsibility": r.Responsibility,
    "reporting_line": r.ReportingLine,
    "standard_item": r.StandardItem,
    "filing": r.Filing,
    "review": r.Review,
    "observation": r.Observation,
    "problem": r.Problem,
    "problem_step": r.ProblemStep,
    "dispatch": r.Dispatch,
    "agenda_point": r.AgendaPoint,
    "directive": r.Directive,
    "supervision": r.Supervision,
    "handling_step": r.HandlingStep,
    "frozen_week": r.FrozenWeek,
    "passage": r.Passage,
    "bulletin": r.Bulletin,
    "phrase": r.Phrase,
    "station": r.Station,
    "inspection": r.Inspection,
    "boundary_set": r.BoundarySet,
    "boundary": r.Boundary,
    "evidence": r.Evidence,
}
"""In order of dependence: a ledger refers only to itself and to those before it."""

TITLES: Mapping[str, str] = {
    "plan": "方案",
    "clause": "条款",
    "unit": "单位",
    "contact": "联系人",
    "membership": "集合成员",
    "work_group": "工作组",
    "post": "组内职务",
    "task": "任务清单",
    "measure": "具体措施",
    "host_list": "应设名录",
    "host": "名录明细",
    "listed_host": "应设单位名单",
    "indicator": "指标",
    "deadline": "时限",
    "milestone": "节点",
    "responsibility": "责任清单",
    "reporting_line": "报送安排",
    "standard_item": "建设标准",
    "filing": "填报",
    "review": "审核",
    "observation": "指标值",
    "problem": "问题清单",
    "problem_step": "问题办理",
    "dispatch": "周调度",
    "agenda_point": "调度议题",
    "directive": "交办事项",
    "supervision": "督办",
    "handling_step": "办理情况",
    "frozen_week": "周调度存档",
    "passage": "通报文稿",
    "bulletin": "月通报",
    "phrase": "文书用语",
    "station": "站点台账",
    "inspection": "站点检查",
    "boundary_set": "边界资料",
    "boundary": "区域边界",
    "evidence": "佐证材料",
}

_ROW_WORDS: Mapping[str, str] = {
    "task": "任务",
    "responsibility": "责任",
    "problem": "问题",
    "station": "站点",
    "host": "名录单位",
    "listed_host": "应设单位",
    "host_list": "名录",
    "standard_item": "标准条目",
    "membership": "集合成员单位",
}

APPEND_ONLY = (
    *("filing", "review", "observation", "problem_step", "handling_step", "inspection"),
    *("evidence", "frozen_week", "bulletin", "boundary"),
)
"""Ledgers to which rows are only ever added."""

NOT_CARRIED = ("contact", "evidence", "frozen_week", "bulletin", "boundary_set", "boundary")
"""Ledgers that no export and no plan folder carries: contacts are for the office's eyes alone, a
row of evidence means nothing without its file, what is frozen leaves as a document, and a file of
boundaries may be lent to the office alone."""


@dataclass(frozen=True)
class Field:
    """One field of a record: `kind` is str, int, float, bool, date, datetime or a Term."""

    name: str
    label: str
    kind: type[Any]
    optional: bool
    default: Any
    ref: str | None
    kept: bool
    private: bool

    @property
    def column(self) -> str:
        """The field's column in the database."""
        return f"{self.name}_id" if self.ref else self.name


def fields_of(record: type[r.Record]) -> tuple[Field, ...]:
    """The fields of a record class, in order of definition."""
    return _FIELDS[record]


def _read_fields(record: type[r.Record]) -> tuple[Field, ...]:
    hints = get_type_hints(record, include_extras=True)
    return tuple(_field(f.name, hints[f.name], f.default) for f in fields(record))


def _field(name: str, hint: Any, default: Any) -> Field:
    annotated, label, *marks = get_args(hint)
    kinds = get_args(annotated) if isinstance(annotated, UnionType) else (annotated,)
    kind = next(k for k in kinds if k is not NoneType)
    ref = next((m.ledger for m in marks if isinstance(m, r.Ref)), None)
    kept = any(isinstance(m, r.Kept) for m in marks)
    private = any(isinstance(m, r.Private) for m in marks)
    return Field(name, label, kind, NoneType in kinds, default, ref, kept, private)


_FIELDS = {record: _read_fields(record) for record in LEDGERS.values()}


def label_of(ledger: str, field: str) -> str:
    """The Chinese label of a ledger's field."""
    return next(f.label for f in fields_of(LEDGERS[ledger]) if f.name == field)


def ledger_of(record: r.Record) -> str:
    """The ledger a record belongs to."""
    return next(name for name, kind in LEDGERS.items() if type(record) is kind)


def row_word(ledger: str) -> str:
    """What one row of a ledger is called: 任务清单 is a list of 任务."""
    return _ROW_WORDS.get(ledger, TITLES[ledger])


def is_required(field: Field) -> bool:
    """Whether a record cannot be made without this field."""
    return field.default is MISSING and not field.optional


def to_text(value: Any) -> str | None:
    """A field's value as history keeps it; `from_text` turns it back."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Term):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)


def from_text(field: Field, text: str | None) -> Any:
    """A field's value from text. Raises ValueError, saying in Chinese what is allowed."""
    if text is None:
        return None
    if issubclass(field.kind, Term):
        return field.kind.parse(text)
    return _parse(field.kind, text)


def _parse(kind: type[Any], text: str) -> Any:
    try:
        if kind is bool:
            return {"是": True, "否": False}[text]
        if kind in (date, datetime):
            return kind.fromisoformat(text)
        return kind(text)
    except (KeyError, ValueError):
        raise ValueError(f"“{text}”不是{_KIND_WORDS[kind]}") from None


_KIND_WORDS = {
    bool: "“是”或“否”",
    date: "日期，应写成2023-07-31的样式",
    datetime: "时间",
    int: "整数",
    float: "数字",
    str: "文字",
}
