"""审核 on screen: one list of what waits, several accepted at once, one returned with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import groupby

import streamlit as st

from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.evidence import evidence_of
from dashboard.ledgers.history import pending_filings
from dashboard.ledgers.terms import ReviewVerdict
from dashboard.posting.reviews import accept_filings
from dashboard.rules.pending import Look, looks, why_not
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import empty
from dashboard.widgets.keeping import kept
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.present import may_write
from dashboard.widgets.review_return import return_button, return_form
from dashboard.widgets.review_rows import Files, review_row

MOST = 100
"""More rows than this are not drawn: the filters lead to the rest."""


@dataclass(frozen=True)
class Waiting:
    """All that waits for the office's word in a plan."""

    desk: Desk

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """What waits, by unit in protocol order; read once for a version of the books."""
        return kept("review_looks", self.desk.version, self._look)

    def _look(self) -> tuple[Look, ...]:
        desk = self.desk
        found = pending_filings(desk.engine, desk.plan.code, desk.as_of)
        return looks(desk.judgement, desk.settings, found)

    @cached_property
    def files(self) -> Files:
        """The files that came with what waits, and with what it takes the place of."""
        desk, before = self.desk, [each.filing.corrects for each in self.looks]
        codes = [*(each.code for each in self.looks), *(each for each in before if each)]
        return kept(
            "review_files",
            desk.version,
            lambda: evidence_of(desk.engine, desk.plan.code, desk.as_of, filings=codes),
        )

    @property
    def open(self) -> tuple[Look, ...]:
        """What the office has to say something to."""
        return tuple(each for each in self.looks if not each.is_corrected)


def answer_of(waiting: Waiting) -> str:
    """“8条填报待审核，涉及6个单位，其中2条需核对。”."""
    found = waiting.open
    if not found:
        return "没有待审核的填报。"
    units = len({each.unit.code for each in found})
    odd = sum(bool(each.oddities) for each in found)
    check = f"，其中{odd}条需核对" if odd else ""
    return f"{len(found)}条填报待审核，涉及{units}个单位{check}。"


def nothing_waits(desk: Desk) -> None:
    """What an empty list says."""
    what = "各单位填报后，在这里按单位列出，逐条审核或一次通过多条。"
    own = "单机模式下由办公室填报，保存后即为审核通过，一般没有待审核的填报。"
    empty(own if desk.is_local else what, "")


def chosen(waiting: Waiting) -> tuple[Look, ...]:
    """What the filters leave; beside them the buttons that tick."""
    held = waiting.looks
    rounds = {each.filing.round: _round(each) for each in held}
    units = {each.unit.code: each.unit.name for each in held}
    places = st.columns([2, 2, 3], vertical_alignment="bottom")
    with places[0]:
        codes = sorted(rounds, reverse=True)
        found = choice("调度", codes, "round", rounds.__getitem__, everything="全部调度")
    with places[1]:
        unit = choice("单位", list(units), "unit", units.__getitem__, everything="全部单位")
    shown = tuple(
        each
        for each in held
        if found in (None, each.filing.round) and unit in (None, each.unit.code)
    )
    if may_review(waiting.desk):
        with places[2]:
            _ticking(waiting.desk, shown[:MOST])
    return shown


def _round(look: Look) -> str:
    return look.round.name if look.round else look.filing.round


def may_review(desk: Desk) -> bool:
    """Whether the viewer may say anything to what waits today."""
    return desk.may(Right.REVIEW) and desk.day == desk.today


def review_list(waiting: Waiting, found: Sequence[Look]) -> None:
    """The rows by unit, each with its box, and the bar that accepts what is ticked."""
    desk = waiting.desk
    acts, shown = may_review(desk), found[:MOST]
    may_write(desk, "审核")
    with st.container(key="review_rows"):
        for _, rows in groupby(shown, key=lambda each: each.unit.code):
            _unit(waiting, list(rows), acts=acts)
        if len(found) > len(shown):
            empty(f"先列出{len(shown)}条，其余{len(found) - len(shown)}条审核后再列。", "")
        if acts:
            _bar(waiting, shown)


def _ticking(desk: Desk, found: Sequence[Look]) -> None:
    free = [each for each in found if is_free(desk, each)]
    plain = [each.code for each in free if not each.oddities]
    every = [each.code for each in free]
    with st.container(horizontal=True):
        st.button(
            f"全选无异常的（{len(plain)}条）",
            key="tick_plain",
            on_click=_tick,
            args=(plain, every),
            disabled=not plain,
        )
        st.button("全不选", key="tick_none", on_click=_tick, args=((), every))


def _tick(wanted: Sequence[str], among: Sequence[str]) -> None:
    for code in among:
        st.session_state[_box(code)] = code in wanted


def _box(code: str) -> str:
    return f"review_{code}"


def is_free(desk: Desk, look: Look) -> bool:
    """Whether the viewer may accept this filing."""
    return why_not(look.pending, desk.viewer.account, ReviewVerdict.ACCEPTED) is None


def _unit(waiting: Waiting, rows: Sequence[Look], *, acts: bool) -> None:
    unit: r.Unit = rows[0].unit
    number = sum(not each.is_corrected for each in rows)
    st.html(f'<h3 class="g-unit">{escape(unit.name)}<small>{number}条</small></h3>')
    for each in rows:
        _row(waiting, each, acts=acts)


def _row(waiting: Waiting, look: Look, *, acts: bool) -> None:
    desk = waiting.desk
    named, told, act = st.columns([20, 72, 8])
    with named:
        _name(desk, look, acts=acts)
    with told:
        review_row(desk, look, waiting.files)
    is_own = why_not(look.pending, desk.viewer.account, ReviewVerdict.RETURNED) is not None
    if acts and not is_own and not look.is_corrected:
        with act:
            return_button(look)
        return_form(desk, look)


def _name(desk: Desk, look: Look, *, acts: bool) -> None:
    """The item, with a box where it may be accepted, else with the reason why not."""
    reason = why_not(look.pending, desk.viewer.account, ReviewVerdict.ACCEPTED)
    if acts and reason is None:
        st.checkbox(look.title, key=_box(look.code))
        return
    mark = "<b>已被更正</b>　" if look.is_corrected else ""
    said = f'<br><span class="g-quiet">{mark}{escape(reason)}</span>' if reason else ""
    st.html(f'<p class="g-named">{escape(look.title)}{said}</p>')


def _bar(waiting: Waiting, shown: Sequence[Look]) -> None:
    desk = waiting.desk
    titles = {each.code: f"{each.unit.name}“{each.title}”" for each in shown}
    ticked = [
        each.code for each in shown if is_free(desk, each) and st.session_state.get(_box(each.code))
    ]
    turn = outbox().turn("review")
    gone = _gone(waiting, turn, {code: titles[code] for code in ticked})
    with st.container(key="review_bar"):
        pressed = st.button(
            f"审核通过（{len(ticked)}条）",
            type="primary",
            key=f"accept_{turn}",
            disabled=not ticked,
        )
    if pressed:
        post("review", turn, lambda: _accepted(desk, ticked, titles) + gone)
    elif gone:
        st.warning(gone)


def _gone(waiting: Waiting, turn: int, ticked: dict[str, str]) -> str:
    """What was ticked when the bar was last drawn and waits no longer, in words; "" for nothing."""
    drawn, before = st.session_state.get(_TICKED, (turn, {}))
    st.session_state[_TICKED] = (turn, ticked)
    still = {each.code for each in waiting.open}
    lost = [title for code, title in before.items() if drawn == turn and code not in still]
    return f"{'、'.join(lost)}已经审核或已被更正，不再列出。" if lost else ""


_TICKED = "review_ticked"


def _accepted(desk: Desk, codes: Sequence[str], titles: dict[str, str]) -> str:
    done, faults = accept_filings(desk.engine, desk.viewer, desk.plan.code, codes)
    failed = "；".join(f"{titles[each.code]}：{each.message}" for each in faults)
    rest = f"另有{len(faults)}条没有通过：{failed}。" if faults else ""
    return f"已审核通过{len(done)}条。{rest}"
