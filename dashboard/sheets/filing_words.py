"""What a row of a 填报表 would file, and what was filed online meanwhile, in a few words each."""

from collections.abc import Iterable, Iterator

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.posting.progress import Report
from dashboard.sheets.filing_intake import TakenRow
from dashboard.sheets.filing_layout import UNCHANGED


def report_words(taken: TakenRow, year: int) -> tuple[str, ...]:
    """What the row would file: the figure first, each part in its own words."""
    if taken.report is None:
        return ()
    return tuple(_said(taken.report, _unit(taken), year))


def online_words(taken: TakenRow, year: int) -> tuple[str, ...]:
    """Who filed what on the line since the sheet went out."""
    filing = taken.online
    if filing is None:
        return ()
    who = f"{filing.filed_by or '他人'}，{wording.moment(filing.received_at, year)}收到"
    return who, *_said(filing, _unit(taken), year)


def last_words(taken: TakenRow) -> str:
    """The figure that stood before, and for what adds up how the new sum comes about."""
    ask, report = taken.ask, taken.report
    if ask is None or ask.standing is None:
        return "尚无填报"
    was = wording.number(ask.standing.value, ask.unit_word)
    new = taken.row.entered.get("new")
    if new is not None and report is not None:
        base = wording.number(taken.row.mark.base or 0.0)
        return f"{base}＋{wording.number(new)}＝{wording.number(report.value, ask.unit_word)}"
    return was


def notes_of(taken: TakenRow) -> tuple[str, ...]:
    """How cells were understood, and what looks like the wrong figure in the right cell."""
    return (*taken.row.notes, *_suspicions(taken))


def in_a_line(parts: Iterable[str]) -> str:
    """Several statements one after the other; what people ended with a full stop does not stop."""
    return "；".join(part.rstrip("。；;") for part in parts)


def _suspicions(taken: TakenRow) -> Iterator[str]:
    new, base = taken.row.entered.get("new"), taken.row.mark.base
    if new and base and new >= base:
        yield "本期新增不小于上次完成值，请核对是否误填成累计数"


def _unit(taken: TakenRow) -> str:
    return taken.ask.unit_word if taken.ask else ""


def _said(of: Report | r.Filing, unit: str, year: int) -> Iterator[str]:
    if of.no_change:
        yield UNCHANGED
    if of.value is not None:
        yield f"完成值{wording.number(of.value, unit)}"
    if of.is_done:
        yield "申请销号"
    if of.no_event:
        yield "本期无事件"
    texts = {
        "进展": of.text,
        "下步计划": of.next_step,
        "滞后原因": of.reason,
        "解决措施": of.remedy,
        "预计完成时间": wording.day(of.expected_on, year) if of.expected_on else None,
    }
    yield from (f"{label}：{text}" for label, text in texts.items() if text)
    if isinstance(of, Report) and of.problem is not None:
        yield f"提出问题：{of.problem.description}"
