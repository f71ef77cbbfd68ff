"""What a filled row of a 填报表 would file, and where it says two things at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import FilingWay
from dashboard.posting.faults import Fault
from dashboard.posting.problems import raised_by
from dashboard.posting.progress import Report
from dashboard.posting.unchanged import carried_on, explained
from dashboard.rules.asking import Ask
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.judgement import Judgement
from dashboard.rules.prefill import why_not_unchanged
from dashboard.sheets.filing_form import SheetProblem
from dashboard.sheets.filing_layout import CHANGED, ROWS_SHEET, UNCHANGED, YES, label_of
from dashboard.sheets.filing_sheet import SheetRow


@dataclass(frozen=True)
class How:
    """How sheets came: by what way, when received, and for which units they may be taken in."""

    way: FilingWay
    received_at: datetime
    now: datetime
    may_file: Callable[[str], bool]


def report_of(row: SheetRow, ask: Ask, unit: r.Unit, how: How) -> Report:
    """What a filled row would file, for somebody who has seen the line's last filing."""
    given = row.entered
    is_self = how.way is FilingWay.SELF
    report = Report(
        line=ask.line.code,
        seen=ask.last.code if ask.last else None,
        value=_value(row),
        text=given.get("text"),
        next_step=given.get("next_step"),
        reason=given.get("reason"),
        remedy=given.get("remedy"),
        expected_on=given.get("expected_on"),
        is_done=given.get("is_done") == YES,
        no_event=given.get("no_event") == YES,
        way=how.way,
        filed_by="联络员" if is_self else f"{unit.name}联络员",
        received_at=how.received_at,
        problem=_problem(row, ask, unit, how),
    )
    if given.get("change") == UNCHANGED and ask.standing is not None:
        return explained(carried_on(report, ask.standing), ask.standing)
    return report


def _problem(row: SheetRow, ask: Ask, unit: r.Unit, how: How) -> r.Problem | None:
    raised = row.raised
    if raised is None:
        return None
    return raised_by(
        unit,
        description=raised.description,
        category=raised.category,
        found_on=shanghai_day(how.received_at),
        closing_standard=raised.closing_standard,
        task=ask.line.task,
        due_on=raised.due_on,
        request=raised.request,
        request_due_on=raised.request_due_on,
    )


def _value(row: SheetRow) -> float | None:
    """What is reached: the new part on top of the sum that the sheet went out with."""
    if "new" in row.entered:
        return float((row.mark.base or 0.0) + row.entered["new"])
    value = row.entered.get("value")
    return None if value is None else float(value)


def contradictions(judgement: Judgement, row: SheetRow, ask: Ask) -> Iterable[SheetProblem]:
    """有变化 that says nothing new, 无变化 that does or may not be said."""
    change = row.entered.get("change")
    if change == CHANGED and set(row.entered) == {"change"}:
        yield _at(row, "change", "选了“有变化”，请填写完成值或进展情况")
    if change != UNCHANGED:
        return
    if why := why_not_unchanged(judgement, ask):
        yield _at(row, "change", f"不能选“无变化”：{why}")
    elif row.entered.get("new"):
        yield _at(row, "new", "选了“无变化”，本期新增应为空或0，请改选“有变化”或删去该数")
    elif ask.standing and row.entered.get("value", ask.standing.value) != ask.standing.value:
        was = wording.number(ask.standing.value, ask.unit_word)
        yield _at(row, "value", f"选了“无变化”，但与上次的{was}不同，请改选“有变化”或删去该数")


def _at(row: SheetRow, name: str, message: str) -> SheetProblem:
    return SheetProblem(ROWS_SHEET, row.mark.row, label_of(name), message)


def located(row: SheetRow, fault: Fault) -> SheetProblem:
    """A fault of posting at its place in the sheet, with a cure that the sheet can offer."""
    name = fault.field or ""
    if name == "value" and "new" in row.mark.open:
        name = "new"
    message = fault.message
    if "更正上次填报" in message:
        message = f"{message.partition('；')[0]}；要更正上次的数，请在网上填报中更正"
    return SheetProblem(ROWS_SHEET, row.mark.row, label_of(name) or None, message)


_SAID = (
    *("value", "text", "next_step", "reason", "remedy", "expected_on"),
    *("is_done", "no_event", "no_change"),
)


def says_the_same(report: Report, filing: r.Filing) -> bool:
    """Whether the books hold just what the row says."""
    return all(getattr(report, name) == getattr(filing, name) for name in _SAID)
