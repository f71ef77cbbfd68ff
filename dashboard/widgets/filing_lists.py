"""What was submitted in this round, and what comes next."""

from collections.abc import Sequence

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.rules.asking import Ask, Stage, to_file
from dashboard.rules.rounds import Round
from dashboard.widgets.desk import Desk
from dashboard.widgets.filing_came import filing_address
from dashboard.widgets.filing_words import coming, value_words
from dashboard.widgets.heading import empty, section
from dashboard.widgets.table import Cell, Column, Markup, lines, link, quiet, table

SUBMITTED = (Column("事项", "60%", is_title=True), Column("审核", "9rem"), Column("", "6rem"))
COMING = (Column("事项", "60%", is_title=True), Column("填报截止"))
_SHOWN = 8


def nothing_due(desk: Desk, asks: Sequence[Ask]) -> None:
    """The empty state: nothing is due, and when something will be."""
    if not asks:
        empty("目前没有需要填报的事项。", "承担的任务见“任务清单”和“责任清单”。")
        return
    ahead = coming(desk, asks)
    if not ahead:
        empty("本期没有要填报的事项。", "需要更正的，请在下面点“更正”。")
        return
    cut = wording.moment(ahead[0][0].filing_cut, desk.day.year)
    number = sum(due.code == ahead[0][0].code for due, _ in ahead)
    empty("本期没有要填报的事项。", f"下次填报：{cut}前，{number}项。")


def submitted(desk: Desk, asks: Sequence[Ask]) -> None:
    """What was filed in this round or still waits; each can be put right."""
    found = [each for each in asks if _is_recent(desk, each)]
    if not found:
        return
    waiting = sum(each.stage is Stage.WAITING for each in found)
    section("已提交", f"{waiting}项待审核；填错的可以更正" if waiting else "填错的可以更正")
    _shown(SUBMITTED, [_row(desk, each) for each in found], "已提交的填报")


def _shown(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], caption: str) -> None:
    """A short list; the rest of a long one is folded away."""
    table(columns, rows[:_SHOWN], caption=caption)
    if rest := rows[_SHOWN:]:
        with st.expander(f"其余{len(rest)}项"):
            table(columns, rest, caption=f"{caption}（续）")


def _is_recent(desk: Desk, ask: Ask) -> bool:
    now = desk.judgement.round
    if ask.last is None or ask in to_file([ask]):
        return False
    return ask.stage is Stage.WAITING or (now is not None and ask.last.round == now.code)


def _row(desk: Desk, ask: Ask) -> list[Cell]:
    last = ask.last
    assert last is not None
    said = Stage.WAITING.label if ask.reply is None else ask.reply.verdict.label
    received = f"{wording.moment(last.received_at, desk.day.year)}收到"
    told = [received, value_words(ask, last), *(["无变化"] if last.no_change else [])]
    to = link("更正", filing_address(desk, ask.line)) if desk.day == desk.today else Markup("")
    return [lines(ask.title, quiet("，".join(told)), quiet(_unit(desk, ask))), said, to]


def comes_next(desk: Desk, asks: Sequence[Ask]) -> None:
    """What will be asked for, by its date; a link leads to each, for who wants to file earlier."""
    due = {each.line.code for each in to_file(asks)}
    found = [pair for pair in coming(desk, asks) if pair[1].line.code not in due]
    if not found:
        return
    section("下次填报", "有进展也可以提前填报，点事项名称")
    _shown(COMING, [_next_row(desk, when, each) for when, each in found], "下次填报的事项")


def _next_row(desk: Desk, when: Round, ask: Ask) -> list[Cell]:
    told = f"{ask.cadence.label}报送，上次{value_words(ask, ask.standing)}"
    told = told if ask.standing else f"{ask.cadence.label}报送，尚无填报"
    return [
        lines(
            link(ask.title, filing_address(desk, ask.line)), quiet(told), quiet(_unit(desk, ask))
        ),
        f"{wording.moment(when.filing_cut, desk.day.year)}前",
    ]


def _unit(desk: Desk, ask: Ask) -> str | None:
    if len(desk.own_units) <= 1:
        return None
    return desk.books.get(r.Unit, ask.line.unit).name
