"""What a 填报表 prints of each line that is asked for, and which of its cells are to be filled."""

from dataclasses import dataclass
from typing import Any

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.rules.asking import DELAY, Ask, Stage, added_up, needs_reason
from dashboard.rules.prefill import sum_so_far, why_not_unchanged
from dashboard.settings import Settings
from dashboard.sheets.filing_layout import (
    CHANGED,
    CHECKED,
    FIRST_ROW,
    NOT_ASKED,
    UNCHANGED,
    RowMark,
)
from dashboard.sheets.filing_wishes import SheetWish


@dataclass(frozen=True)
class PrintedRow:
    """One row: its mark, the printed cells by the columns' names, and what it may choose."""

    mark: RowMark
    printed: dict[str, Any]
    changes: tuple[str, ...]
    is_percent: bool
    is_whole: bool


def printed_rows(wish: SheetWish, settings: Settings) -> tuple[PrintedRow, ...]:
    """The rows of a unit's sheet, what was returned first, then what is missing, then due."""
    return tuple(_row(wish, ask, number, settings) for number, ask in enumerate(wish.asks, start=1))


def _row(wish: SheetWish, ask: Ask, number: int, settings: Settings) -> PrintedRow:
    judgement = wish.judgement
    base = sum_so_far(judgement, ask)
    printed = {
        "number": number,
        "title": ask.title,
        "clause": ask.whole.item.clause,
        "last": wording.number(base, ask.unit_word),
        "expected": wording.number(ask.expected, ask.unit_word),
        "target": ask.target_words or NOT_ASKED,
        "unit": ask.unit_word or NOT_ASKED,
        "told": "\n".join(_told(wish, ask, settings)),
    }
    mark = RowMark(
        row=FIRST_ROW + number - 1,
        line=ask.line.code,
        seen=ask.last.code if ask.last else None,
        base=base,
        printed=tuple(str(printed[name]) for name in CHECKED),
        open=tuple(_open(ask)),
    )
    changes = (CHANGED,) if why_not_unchanged(judgement, ask) else (CHANGED, UNCHANGED)
    return PrintedRow(mark, printed, changes, ask.is_percent, ask.adds_up)


def _open(ask: Ask) -> list[str]:
    """The cells to fill: new work where it adds up, else the figure; a share has no light."""
    measure = ask.whole.item.measure
    found = ["new" if ask.adds_up else "value", "change", "text", "next_step", "is_done"]
    if measure is not None and measure.on_event:
        found.append("no_event")
    return [*found, *DELAY] if ask.is_total else found


def _told(wish: SheetWish, ask: Ask, settings: Settings) -> list[str]:
    """What the unit should know before it fills the row."""
    judgement, said = wish.judgement, []
    if ask.stage is Stage.RETURNED and ask.reply is not None:
        said.append(f"被退回：{ask.reply.opinion or '请核实后重报'}")
    elif ask.stage is Stage.MISSING and ask.due is not None:
        cut = wording.moment(ask.due.filing_cut, judgement.today.year)
        said.append(f"{settings.lights.freshness.missing}，应于{cut}前报")
    if ask.is_total and needs_reason(ask.whole.verdict):
        light = getattr(settings.lights.scheme, ask.whole.light.value)
        said.append(f"{light.symbol}{ask.whole.verdict.word}，须填滞后原因等三项")
    shares = added_up(judgement, ask.whole.item.indicator) if ask.is_total else None
    if shares is not None:
        total = wording.number(shares.value, ask.unit_word)
        said.append(f"分报合计{total}（{shares.asked}家中{shares.filed}家已报）")
    return said


def title_of(wish: SheetWish) -> str:
    """What the sheet is called, with the mark of practice data."""
    practice = "【演示数据】" if wish.judgement.books.has_practice else ""
    return f"{practice}{wish.unit.name}填报表"


def whose(wish: SheetWish, office: str) -> str:
    """Plan, round, when to file, and to whom."""
    plan: r.Plan = wish.judgement.books.plan
    cut = wording.moment(wish.round.filing_cut, wish.round.week.sunday.year)
    number = f"（{plan.number}）" if plan.number else ""
    return (
        f"{plan.short_title}{number}　{wording.week_name(wish.round.week.monday)}　"
        f"填报截止：{cut}　报送：{office}"
    )
