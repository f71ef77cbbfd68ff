"""催报 on screen: how the filing of the running round stands, and the texts to paste."""

from collections.abc import Callable

import streamlit as st

from dashboard import wording
from dashboard.rules.asking import Ask, UnitAsks
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.chasing import Chase, chase, chasing_text, returned_text
from dashboard.widgets.desk import Desk
from dashboard.widgets.filing_units import address_of_unit
from dashboard.widgets.heading import empty, section
from dashboard.widgets.keeping import kept
from dashboard.widgets.links import task_address
from dashboard.widgets.table import Cell, Column, freshness_mark, lines, link, page_of, quiet, table

ANCHOR = "chasing"
_MOST_ITEMS = 8
"""So many items of a unit are listed; the text to paste names all of them."""


def chase_now(desk: Desk) -> Chase | None:
    """The running round's filing as it stands; None before the first round."""
    found = desk.judgement.round
    return kept("chase", desk.version, lambda: chase(desk.judgement, found)) if found else None


def chase_words(how: Chase | None) -> str:
    """“本次应报51项，已报40项，未报11项。”."""
    if how is None:
        return ""
    older = f"；此前应报至今未报{how.older}项" if how.older else ""
    left = f"，{'未报' if how.is_over else '待报'}{how.missing}项" if how.asked else ""
    return f"{how.round.name}应报{how.asked}项，已报{how.filed}项{left}{older}。"


_COLUMNS = (
    Column("单位", "22%", is_title=True),
    Column("项数", "5rem", is_figure=True),
    Column("事项"),
)


def chasing(desk: Desk, how: Chase) -> None:
    """Who has not filed, who has to file again, and for both the text to paste."""
    cut = wording.moment(how.round.filing_cut, desk.day.year)
    section(how.word, f"{chase_words(how)}填报截止{cut}", anchor=ANCHOR)
    if not how.debtors and not how.returned:
        empty("没有未报的单位，也没有退回后未重报的填报，不需催报。", "")
        return
    if how.debtors:
        word = "未报" if how.is_over or how.older else "待报"
        _debtors(
            desk, how.debtors, f"{word}单位（{len(how.debtors)}个，按单位顺序排列）", "debtors"
        )
        _text("chase_debtors", "复制催报名单", _told(desk, how, chasing_text))
    if how.returned:
        _debtors(desk, how.returned, f"退回后未重报（{len(how.returned)}个单位）", "returned")
        _text("chase_returned", "复制重报名单", _told(desk, how, returned_text))


def _told(desk: Desk, how: Chase, text: Callable[..., str]) -> str:
    """A text, written once for a version of the books."""
    given = (desk.judgement, how.round, desk.settings)
    key = (desk.version, desk.is_local)
    return kept(text.__name__, key, lambda: text(*given, is_local=desk.is_local))


def _debtors(desk: Desk, debtors: tuple[UnitAsks, ...], caption: str, key: str) -> None:
    st.html(f'<p class="g-quiet">{caption}</p>')
    rows: list[list[Cell]] = [
        [each.unit.name, len(each.asks), _items(desk, each)]
        for each in page_of(debtors, f"{key}_page")
    ]
    table(_COLUMNS, rows, caption=caption)


def _items(desk: Desk, each: UnitAsks) -> Cell:
    """The unit's items; of very many the first, and the way to the others."""
    shown = [_item(desk, ask) for ask in each.asks[:_MOST_ITEMS]]
    rest = len(each.asks) - len(shown)
    return lines(*shown, link(f"其余{rest}项", address_of_unit(desk, each)) if rest else None)


def _item(desk: Desk, ask: Ask) -> Cell:
    opinion = ask.reply.opinion if ask.reply else None
    mark = freshness_mark(desk.settings, ask.state.freshness).html
    named = link(ask.title, task_address(desk, ask.line.task))
    when = quiet(f"退回意见：{opinion}" if opinion else _due(desk, ask))
    said = "" if opinion else f"{mark}　"
    return type(named)(f"{said}{named.html}　{when.html}")


def _due(desk: Desk, ask: Ask) -> str:
    """By when it was due, where that is not the running round."""
    found = ask.state.round
    if found is None or found == desk.judgement.round:
        return ""
    return f"应于{wording.day(shanghai_day(found.filing_cut), desk.day.year)}报送"


def chasing_way(how: Chase) -> None:
    """The way down to it, past everything that waits for review."""
    if how.debtors or how.returned:
        st.html(f'<p class="g-links g-way"><a href="#{ANCHOR}">{how.word}名单</a></p>')


def _text(key: str, title: str, text: str) -> None:
    st.html(f'<p class="g-named">{title}<small>点右上角的复制图标，粘贴到工作群</small></p>')
    with st.container(key=key):
        st.code(text, language=None, wrap_lines=True)
