"""Of what a new row speaks: first the task, then one of its measures or indicators."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Via
from dashboard.posting.editable import EDITABLE
from dashboard.rules.items import Item, items_of
from dashboard.rules.names import name_of, unit_name
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk


@dataclass(frozen=True)
class Subject:
    """What is chosen before the form is filled in, as fields of the new row."""

    task: r.Task | None = None
    given: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return "_".join(str(value) for value in self.given.values() if value)


def choose_subject(desk: Desk, ledger: str) -> Subject | None:
    """The task, and the measure or indicator, of a new row; None until they are chosen."""
    fixed = EDITABLE[ledger].fixed
    if "task" not in fixed:
        return Subject()
    tasks = {each.code: name_of(desk.books, each) for each in desk.books.all(r.Task)}
    code = choice(
        "重点任务（必填）", list(tasks), "task", tasks.__getitem__, everything="请选择重点任务"
    )
    task = desk.books.find(r.Task, code)
    if task is None:
        return None
    if "measure" not in fixed:
        return Subject(task, {"task": task.code})
    return _of_an_item(desk, ledger, task)


def _of_an_item(desk: Desk, ledger: str, task: r.Task) -> Subject | None:
    words = _offered(desk, ledger, task)
    may_be_whole = ledger == "responsibility"
    if not words and not may_be_whole:
        st.info("这项任务没有可选的具体措施或指标，请先新增具体措施。")
        return None
    label = "具体措施" if may_be_whole else "具体措施或指标（必填）"
    nothing = "整项任务" if may_be_whole else "请选择具体措施或指标"
    chosen = choice(label, list(words), "item", words.__getitem__, everything=nothing)
    if chosen is None and not may_be_whole:
        return None
    kind, _, code = (chosen or "measure.").partition(".")
    names = [name for name in ("measure", "indicator") if name in EDITABLE[ledger].fixed]
    item: dict[str, str | None] = {name: code or None if name == kind else None for name in names}
    return Subject(task, {"task": task.code, **item})


def _offered(desk: Desk, ledger: str, task: r.Task) -> dict[str, str]:
    """The measures and indicators on which a row of a ledger has an effect, in words."""
    measures = desk.books.by(r.Measure, "task")[task.code]
    indicators = desk.books.by(r.Indicator, "task")[task.code]
    judged = _judged(desk, task)
    if ledger == "reporting_line":
        judged = {code: item for code, item in judged.items() if item.line.via is Via.FILING}
    if ledger in ("milestone", "reporting_line"):
        measures = tuple(each for each in measures if each.code in judged)
        indicators = tuple(each for each in indicators if each.code in judged)
    found = {f"measure.{each.code}": f"措施：{each.title}" for each in measures}
    if ledger != "responsibility":
        found |= {f"indicator.{each.code}": f"指标：{each.name}" for each in indicators}
    return found


def _judged(desk: Desk, task: r.Task) -> dict[str, Item]:
    return {item.code: item for item in items_of(desk.books) if item.task.code == task.code}


def labels_of(desk: Desk, ledger: str, subject: Subject) -> dict[str, str]:
    """Labels that say more once the item is known; and in words what holds of it already."""
    code = subject.given.get("indicator") or subject.given.get("measure")
    item = _judged(desk, subject.task).get(code or "") if subject.task else None
    if item is None:
        return {}
    if ledger == "reporting_line":
        st.markdown(f"本事项由{unit_name(desk.books, item.line.unit)}汇总；这里新增的是分报。")
    if ledger != "milestone":
        return {}
    steps = "；".join(
        f"{wording.full_day(each.due_on)}达到{wording.scaled(each.value, item.unit)}"
        for each in sorted(item.milestones, key=lambda each: each.due_on)
    )
    st.markdown(f"已有节点：{steps}。" if steps else "本事项还没有节点。")
    goal = "" if item.target is None else f"，目标{wording.number(item.target)}"
    return {"value": f"应达到（{item.unit}{goal}）"}
