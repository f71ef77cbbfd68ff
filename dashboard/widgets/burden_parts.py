"""填报负担 on screen: the month's asking in a sentence, a picture, and the rows behind both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.charts.asked import asked_by_unit
from dashboard.ledgers import records as r
from dashboard.ledgers.history import receptions
from dashboard.posting.plans import now_of
from dashboard.rules.burden import Asking, Burden, Outcome, Waits, burden, rounds_of
from dashboard.rules.calendar import Month
from dashboard.rules.weekly import line_title
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.keeping import kept
from dashboard.widgets.links import address, task_address
from dashboard.widgets.picture import picture
from dashboard.widgets.strips import figures
from dashboard.widgets.table import Cell, Column, lines, link, page_of, quiet, table

ROWS = "rows"
"""The place on the page of the rows behind the numbers."""


@dataclass(frozen=True)
class Account:
    """A month's burden as a desk sees it."""

    desk: Desk
    month: Month
    found: Burden

    def to(self, label: Cell, **filters: str) -> Cell:
        """A number that leads to its rows."""
        there = address(self.desk, "burden", month=self.month.code, **filters)
        return link(label, f"{there}#{ROWS}")


def account_of(desk: Desk, month: Month) -> Account:
    """What a month's rounds asked, made once for a version of the books."""
    key = (desk.version, month.code)
    return Account(desk, month, kept("month_asked", key, lambda: _burden(desk, month)))


def _burden(desk: Desk, month: Month) -> Burden:
    held = rounds_of(desk.judgement.rounds, month, desk.as_of)
    judged = [(each, desk.judgement_at(min(each.filing_cut, desk.as_of))) for each in held]
    codes = [each.code for each in held]
    came = receptions(desk.engine, desk.plan.code, desk.as_of, codes)
    at = min(desk.as_of, now_of(desk.plan))
    return burden(judged, came, desk.books.all(r.Unit), at)


# In words


def answer_of(account: Account) -> str:
    """“本周46个单位应报51项，本月……；半数在3小时内审核，最长2天。”."""
    found, this = account.found, _names(account)
    if not found.rounds:
        return "还没有开始的调度，尚未要求填报。"
    week, month = found.week, found.month
    said = (
        f"{this[0]}{week.units}个单位应报{week.asked}项，"
        f"{this[1]}{month.units}个单位累计应报{month.asked}项次，"
        f"已报{month.filed}项次"
    )
    same = f"，其中“无变化”{month.unchanged}项次" if month.unchanged else ""
    return f"{said}{same}；{waits_words(found.waits)}"


def _names(account: Account) -> tuple[str, str]:
    """本周 and 本月 while the month runs; else the month's last round and the month by name."""
    is_now = account.month.figures_from < account.desk.as_of <= account.month.figures_to
    if is_now or not account.found.rounds:
        return "本周", "本月"
    return f"{account.found.rounds[-1].name}", f"{account.month.month}月"


def waits_words(waits: Waits) -> str:
    """How long the office took: median and longest, in plain hours."""
    if waits.median is None or waits.longest is None:
        reviewed = "没有需要审核的填报"
    else:
        reviewed = f"半数在{span(waits.median)}内审核，最长等待{span(waits.longest)}"
    if waits.oldest is None:
        return f"{reviewed}。"
    return f"{reviewed}；还有{len(waits.waiting)}条待审核，最早的已等{span(waits.oldest)}。"


def span(length: timedelta) -> str:
    """40分钟, 4.5小时, 2天5小时: by the clock, not by working hours."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes}分钟"
    if minutes < 24 * 60:
        return wording.number(float(wording.rounded(minutes / 60, 1)), "小时")
    days, rest = divmod(round(minutes / 60), 24)
    return f"{days}天{rest}小时" if rest else f"{days}天"


# The picture and the numbers


def burden_picture(account: Account) -> None:
    """How many items each unit was asked in the month, in protocol order."""
    tolls = account.found.by_unit
    if tolls:
        named = f"{account.month.name}各单位应报的项次"
        picture(
            account.desk,
            "burden",
            lambda: asked_by_unit(tolls),
            says=named,
            key=account.month.code,
        )


def numbers(account: Account) -> None:
    """The month's rows by what came of them, each number leading to its rows."""
    month = account.found.month
    pairs: list[tuple[str, Cell]] = [("应报", account.to(f"{month.asked}项次"))]
    for outcome, word in OUTCOMES.items():
        if number := month.of(outcome):
            pairs.append((word, account.to(f"{number}项次", outcome=outcome.value)))
    if month.unchanged:
        pairs.append(("报“无变化”", account.to(f"{month.unchanged}项次", outcome=UNCHANGED)))
    if own := account.found.unasked:
        told = account.to(f"{len(own)}项次", outcome=Outcome.UNASKED.value)
        pairs.append(("未要求、单位主动报", told))
    figures(pairs)
    how = "审核等待自填报进入系统起、到首次审核止，按自然时间计算，含夜间和休息日；"
    st.html(f'<p class="g-asof">{how}办公室录入、即时通过的不计。</p>')


OUTCOMES = {
    Outcome.ON_TIME: "按时报",
    Outcome.LATE: "迟报",
    Outcome.DUE: "待报",
    Outcome.MISSING: "未报",
}
WORDS = {**OUTCOMES, Outcome.UNASKED: "未要求、主动报"}
UNCHANGED = "unchanged"
_TOLLS = (
    Column("已报", is_figure=True),
    Column("其中无变化", is_figure=True),
    Column("迟报", is_figure=True),
    Column("未报", is_figure=True),
)


def toll_table(account: Account) -> None:
    """What each unit was asked and filed, in protocol order; numbers lead to the rows."""
    week, month = _names(account)
    columns = (
        Column("单位", "24%", is_title=True),
        *(Column(f"{when}应报", is_figure=True) for when in (week, month)),
    )
    rows: list[list[Cell]] = []
    for each in account.found.by_unit:
        code, toll = each.unit.code, each.month
        late = {"unit": code, "outcome": Outcome.LATE.value}
        rows.append(
            [
                each.unit.name,
                each.week.asked or None,
                account.to(toll.asked, unit=code),
                toll.filed or None,
                toll.unchanged or None,
                account.to(toll.late, **late) if toll.late else None,
                account.to(toll.missing, unit=code, outcome=Outcome.MISSING.value)
                if toll.missing
                else None,
            ]
        )
    table((*columns, *_TOLLS), rows, caption="各单位应报和已报", empty="没有要求填报的事项。")


# The rows


_ROWS = (
    Column("单位", "20%", is_title=True),
    Column("事项", "34%"),
    Column("调度", "16%"),
    Column("情况"),
)


def chosen_rows(account: Account) -> tuple[Asking, ...]:
    """The rows that the filters leave, by unit in protocol order."""
    found = account.found
    came = {each.line.unit for each in (*found.rows, *found.unasked)}
    units = {unit.code: unit.name for unit in found.units if unit.code in came}
    words = {**{each.value: word for each, word in WORDS.items()}, UNCHANGED: "无变化"}
    places = st.columns(3)
    with places[0]:
        unit = choice("单位", list(units), "unit", units.__getitem__, everything="全部单位")
    with places[1]:
        outcome = choice("情况", list(words), "outcome", words.__getitem__, everything="全部情况")
    order = {code: place for place, code in enumerate(units)}
    among = found.unasked if outcome == Outcome.UNASKED else found.rows
    rows = (each for each in among if unit in (None, each.line.unit) and _is_in(each, outcome))
    return tuple(sorted(rows, key=lambda each: (order[each.line.unit], each.round.code)))


def _is_in(row: Asking, outcome: str | None) -> bool:
    if outcome == UNCHANGED:
        return row.is_unchanged
    return outcome in (None, row.outcome.value)


def rows_table(account: Account, rows: Sequence[Asking]) -> None:
    """Each line asked for in each round, and what came of it."""
    desk = account.desk
    shown = [_row(desk, each) for each in page_of(rows, "burden_page")]
    table(_ROWS, shown, caption="要求填报的事项", empty="没有符合条件的事项，请放宽筛选条件。")


def _row(desk: Desk, each: Asking) -> list[Cell]:
    came = each.filing
    when = wording.moment(came.received_at, desk.day.year) if came else ""
    mark = "，无变化" if each.is_unchanged else ""
    return [
        desk.books.get(r.Unit, each.line.unit).name,
        link(line_title(desk.books, each.line), task_address(desk, each.line.task)),
        each.round.name,
        lines(f"{WORDS[each.outcome]}{mark}", quiet(f"{when}收到" if when else "")),
    ]


_REPEATED = (
    Column("事项", "44%", is_title=True),
    Column("单位", "28%"),
    Column("应报", "7rem", is_figure=True),
    Column("其中无变化", "8rem", is_figure=True),
)


def repeated_table(account: Account) -> None:
    """What was asked several times in the month: the first place to ask for less."""
    desk = account.desk
    rows: list[list[Cell]] = [
        [
            link(line_title(desk.books, each.line), task_address(desk, each.line.task)),
            desk.books.get(r.Unit, each.line.unit).name,
            f"{each.rows.asked}次",
            f"{each.rows.unchanged}次" if each.rows.unchanged else None,
        ]
        for each in account.found.repeated
    ]
    table(_REPEATED, rows, caption="多次要求填报的事项", empty="没有多次要求填报的事项。")
    for unit, indicator, number in account.found.doubled:
        name = desk.books.get(r.Indicator, indicator).name
        said = f"{unit.name}：“{name}”同一次调度应报{number}项。"
        st.html(f'<p class="g-empty">{escape(said)}</p>')
