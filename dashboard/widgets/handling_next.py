"""The next act on a 交办事项 or 督办: one form of what this viewer may do now."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.ledgers.shape import ledger_of
from dashboard.ledgers.terms import AccountRole, HandlingAct
from dashboard.posting import handling as posting
from dashboard.posting.handling import HANDS, Step, right_of, speaks_for_others
from dashboard.rules.handling import (
    OF_THE_UNIT,
    TEXTS,
    WITHDRAWN,
    Matter,
    last_step,
    must_speak,
    next_acts,
)
from dashboard.rules.ladder import register_name
from dashboard.widgets.desk import Desk
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.present import may_write
from dashboard.widgets.step_form import as_opened, one_of


@dataclass(frozen=True)
class Opened:
    """A matter as it stood when its form was opened, and the last act that was seen."""

    matter: Matter
    seen: str | None
    turn: int

    @property
    def key(self) -> str:
        return f"{form_of(self.matter)}_{self.turn}"

    @property
    def button(self) -> str:
        return f"{self.key}_send"


def form_of(matter: Matter) -> str:
    """The form's name in the outbox: each matter has its own."""
    return f"handling_{matter.code}"


def choices(desk: Desk, matter: Matter) -> tuple[HandlingAct, ...]:
    """What the viewer may do with a matter now."""
    return tuple(
        act
        for act in next_acts(desk.books, matter)
        if desk.may(right_of(matter, act), {matter.unit})
    )


def next_form(
    desk: Desk, matter: Matter, only: Collection[HandlingAct] = tuple(HandlingAct)
) -> None:
    """The form of the next act; nothing for whoever has to wait for others."""
    opened = _opened(desk, matter)
    offered = [act for act in choices(desk, opened.matter) if act in only]
    if not offered or not may_write(desk, "办理"):
        return
    act = _choose(opened, offered)
    key = f"{opened.key}_{act.value}"
    with st.form(key, enter_to_submit=False):
        must = "（必填）" if must_speak(opened.matter, act) else ""
        text = st.text_area(f"{TEXTS[act]}{must}", key=f"{key}_text", height=100)
        by_post, day, expected_on = _ask_hand(desk, opened.matter, act, key)
        sent = st.form_submit_button(act.label, type="primary", key=opened.button)
    if sent:
        step = Step(
            ledger=ledger_of(opened.matter),
            code=opened.matter.code,
            text=text,
            expected_on=expected_on,
            by_post=by_post,
            done_on=day,
            seen=opened.seen,
        )
        _send(desk, opened, act, step)


def _opened(desk: Desk, matter: Matter) -> Opened:
    last = last_step(desk.books, matter)
    turn = outbox().turn(form_of(matter))
    made = Opened(matter, last.code if last else None, turn)
    return as_opened(f"opened_{matter.code}", made)


def _choose(opened: Opened, offered: Sequence[HandlingAct]) -> HandlingAct:
    return HandlingAct.parse(one_of({each.value: each.label for each in offered}, opened.key))


def _ask_hand(
    desk: Desk, matter: Matter, act: HandlingAct, key: str
) -> tuple[str | None, date | None, date | None]:
    """Whose post signs where the viewer speaks for others, the day, and 预计完成时间."""
    by_post = day = expected_on = None
    signs, dates = speaks_for_others(desk.viewer, act), desk.viewer.role in _DATING
    places = iter(st.columns(signs + dates + (act in OF_THE_UNIT) or 1))
    if signs:
        unit = desk.books.get(r.Unit, matter.unit).name
        by_post = next(places).text_input(
            f"{HANDS[act]}岗位（必填）",
            value=f"{unit}联络员" if act in OF_THE_UNIT else "",
            key=f"{key}_post",
            help="只写岗位，不写姓名。办结岗位应与反馈岗位不同。",
        )
    if dates:
        day = next(places).date_input(f"{HANDS[act]}日期", value=desk.today, key=f"{key}_on")
    if act in OF_THE_UNIT:
        expected_on = next(places).date_input(
            "预计完成时间",
            value=None,
            key=f"{key}_expected",
            help="不能按期办结的填写，并在办理情况中说明原因。",
        )
    return by_post, day, expected_on


_DATING = frozenset({AccountRole.LOCAL, AccountRole.OFFICE, AccountRole.LEADER})

_ACTS: dict[HandlingAct, Callable[..., str]] = {
    HandlingAct.ANSWERED: posting.answer,
    HandlingAct.SENT_BACK: posting.send_back,
    HandlingAct.CLOSED: posting.close_matter,
    HandlingAct.REOPENED: posting.reopen,
    HandlingAct.WITHDRAWN: posting.withdraw,
}
_DONE = {
    HandlingAct.ANSWERED: "已反馈，待办公室审定",
    HandlingAct.SENT_BACK: "已退回承办单位续办",
    HandlingAct.CLOSED: "已办结",
    HandlingAct.REOPENED: "已交承办单位重新办理",
    HandlingAct.WITHDRAWN: WITHDRAWN,
}


def _send(desk: Desk, opened: Opened, act: HandlingAct, step: Step) -> None:
    def send() -> str:
        _ACTS[act](desk.engine, desk.viewer, desk.plan.code, step)
        return f"{title_of(opened.matter)}：{_DONE[act]}。"

    post(form_of(opened.matter), opened.turn, send)


def title_of(matter: Matter) -> str:
    """What a matter is called in a line: its matter, or its place in the register."""
    return f"“{matter.matter}”" if isinstance(matter, r.Directive) else register_name(matter)
