"""我的填报: the items to file as cards, for a liaison's own units or for the one that is served."""

from collections.abc import Collection, Sequence

import streamlit as st

from dashboard.access.rights import Right
from dashboard.ledgers.terms import FilingWay
from dashboard.rules.asking import Ask, asks_of, to_file
from dashboard.widgets.desk import Desk
from dashboard.widgets.filing_came import LINE, choose_unit, how_it_came
from dashboard.widgets.filing_card import card, open_card
from dashboard.widgets.filing_lists import comes_next, nothing_due, submitted
from dashboard.widgets.filing_paper import MET, Came, form_of, paper_of, read_drafts
from dashboard.widgets.filing_unchanged import unchanged
from dashboard.widgets.filing_units import unit_list, units_that_file
from dashboard.widgets.filing_words import problem_words
from dashboard.widgets.heading import section
from dashboard.widgets.links import address
from dashboard.widgets.notice import outbox
from dashboard.widgets.present import may_write
from dashboard.widgets.problem_parts import WITH_UNIT
from dashboard.widgets.table import link, page_of

_CARDS = 20
"""So many cards are drawn at once; the rest are on further pages."""


def is_for_others(desk: Desk) -> bool:
    """Whether whoever sits here files for the units (代录), and has none of the own."""
    return desk.may(Right.REVIEW)


def own_asks(desk: Desk) -> tuple[Ask, ...]:
    """What a liaison's own units report."""
    return asks_of(desk.judgement, [each.code for each in desk.own_units])


def asks_of_others(desk: Desk) -> tuple[tuple[Ask, ...], Came | None]:
    """What the unit that the office chooses reports, and how its reports came.

    In a large plan, until a unit is chosen: what all of them report, and None.
    """
    units = units_that_file(desk)
    first, *others = st.columns([3, 2, 3, 2], vertical_alignment="bottom")
    chosen = choose_unit(desk, first, units)
    if chosen is None and units:
        return tuple(ask for each in units for ask in each.asks), None
    is_now = chosen is not None and desk.day == desk.today
    came = how_it_came(desk, chosen.unit, others) if chosen and is_now else own(desk)
    return chosen.asks if chosen else (), came


def own(desk: Desk) -> Came:
    """A report that comes from who signs it."""
    return Came(FilingWay.SELF, desk.viewer.post)


def lead_to_problems(desk: Desk) -> None:
    """Which problems wait for a liaison's units besides what they file; nothing where none does."""
    if said := problem_words(desk):
        to = link(said, address(desk, "problems", state=WITH_UNIT))
        st.html(f'<p class="g-links" style="margin:0">{to.html}</p>')


def file_here(desk: Desk, asks: Sequence[Ask], came: Came | None) -> None:
    """What is to be filed now, what was submitted, and what comes next; the units without one."""
    _say_where_one_looks()
    if came is None:
        unit_list(desk, units_that_file(desk))
        return
    is_now = may_write(desk, "填报")
    drafted = read_drafts(desk) if is_now else {}
    named = _named(asks) if is_now else None
    others = [each for each in asks if each is not named]
    if named is not None:
        section("所选事项")
        open_card(desk, named, came)
        card(desk, named, came)
    if named is None or to_file(others):
        _due(desk, others, came, drafted, is_now=is_now)
    submitted(desk, asks)
    comes_next(desk, asks)


def _say_where_one_looks() -> None:
    """On a phone what was done is said above the screen: say it on the screen too, once."""
    box = outbox()
    if box.message and st.session_state.get("filing_said_at") != box.said_at:
        st.session_state["filing_said_at"] = box.said_at
        st.toast(box.message)
    if title := st.session_state.pop(MET, None):
        st.toast(f"“{title}”已有他人填报，您的还没有提交，请在“本期填报”第一项核对。")


def _named(asks: Sequence[Ask]) -> Ask | None:
    """The item to which a link led; once it was filed it is one among the others again."""
    code = st.query_params.get(LINE)
    found = next((each for each in asks if each.line.code == code), None)
    is_done = found is not None and form_of(found.line.code) in outbox().turns
    return None if is_done else found


def _due(
    desk: Desk, asks: Sequence[Ask], came: Came, drafted: Collection[str], *, is_now: bool
) -> None:
    wanted = to_file(asks)
    begun = tuple(each for each in asks if each.line.code in drafted and each not in wanted)
    if not wanted and not begun:
        nothing_due(desk, asks)
        return
    how = "先报有变化的，" if len(wanted) > 1 else ""
    section("本期填报", f"{len(wanted)}项；{how}填写时自动保存草稿")
    if is_now:
        unchanged(desk, asks, came, drafted)
    first = [each for each in begun if paper_of(desk, each, came).theirs]
    rest = [each for each in begun if each not in first]
    listed = page_of((*wanted, *rest), f"cards_{asks[0].line.unit}", _CARDS)
    for each in (*first, *listed):
        card(desk, each, came, is_writable=is_now)
