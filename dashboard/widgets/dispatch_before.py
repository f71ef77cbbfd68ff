"""会前: which points come before the meeting and in what order, and where the meeting is held."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.posting.dispatching import add_point, order_points, settle_head, settle_point
from dashboard.rules.agenda import AgendaPart, Point
from dashboard.widgets.heading import section
from dashboard.widgets.links import address
from dashboard.widgets.meeting_course import Course, form_of, seen_at, send
from dashboard.widgets.meeting_point import PART_NAMES, outcome_mark, unmarked
from dashboard.widgets.notice import outbox
from dashboard.widgets.table import Cell, Column, link, quiet, table

_CHOSEN = "agenda_point"


def agenda_part(at: Course, anchor: str) -> None:
    """The agenda, to be settled by who runs the meeting, else to be read."""
    if not at.takes_acts:
        section("议程", "按会上的顺序", anchor=anchor)
        _read(at)
        return
    section("议程", "打勾的上会，按此顺序；未打勾的不上会，材料中也不列", anchor=anchor)
    _choices(at)
    left, right = st.columns(2)
    with left, st.expander("调整顺序、改写议题"):
        _change(at)
    with right, st.expander("增加议题"):
        _add(at)


_COLUMNS = (
    Column("序号", "4rem", is_figure=True),
    Column("议题", is_title=True),
    Column("所属部分", "22%"),
    Column("审议情况", "8rem"),
)


def _read(at: Course) -> None:
    rows: list[Sequence[Cell]] = [
        [place, _title(at, each), PART_NAMES[each.part], each.outcome.label]
        for place, each in enumerate(at.points, 1)
    ]
    table(_COLUMNS, rows, caption="议程", empty="本次调度没有议题。")
    if at.hidden:
        st.html(f'<p class="g-quiet">另有{at.hidden}项不上会。</p>')


def _title(at: Course, point: Point) -> Cell:
    to = address(at.desk, "meeting", week=at.meeting.code, point=point.key)
    return link(point.title, to)


def _choices(at: Course) -> None:
    """A tick a point; the ticks follow what others settle, for their names tell how it stands."""
    place, turn = 0, outbox().turn(form_of("shown"))
    with st.container(key="agenda_points", gap="xsmall"):
        for each in at.agenda:
            place += not each.is_hidden
            number = "　—" if each.is_hidden else f"{place:>2}"
            said = f"{number}　{unmarked(_line(each))}"
            key = f"shown_{each.key}_{each.is_hidden}_{turn}"
            if st.checkbox(said, value=not each.is_hidden, key=key) is each.is_hidden:
                send("shown", partial(_showed, at, each, is_hidden=not each.is_hidden))


def _line(point: Point) -> str:
    name = PART_NAMES[point.part]
    carried = "（上次未议）" if point.carried else ""
    marks = f"{carried}{outcome_mark(point)}"
    named = point.title if name == point.title else f"{name}：{point.title}"
    return f"{named}{marks}"


def _showed(at: Course, point: Point, *, is_hidden: bool) -> str:
    desk = at.desk
    given = desk.engine, desk.viewer, desk.plan.code, at.meeting.code
    settle_point(*given, point.key, is_hidden=is_hidden, seen=desk.books.version)
    return f"“{point.title}”{'不上会' if is_hidden else '列入议程'}。"


def _change(at: Course) -> None:
    """One point chosen: moved up or down, or with other words."""
    points = {each.key: each for each in at.points}
    keys = list(points)
    if not keys:
        return
    before = st.session_state.get(_CHOSEN)
    # The browser holds the words chosen, which change with the order: hence the version.
    chosen = st.selectbox(
        "选择议题",
        keys,
        index=keys.index(before) if before in points else 0,
        format_func=lambda key: f"{keys.index(key) + 1}　{_line(points[key])}",
        key=f"agenda_chosen_{at.desk.books.version}",
    )
    if chosen not in points:
        return
    st.session_state[_CHOSEN] = chosen
    place = keys.index(chosen)
    with st.container(horizontal=True):
        for words, to in (("上移", place - 1), ("下移", place + 1), ("移到最前", 0)):
            is_idle = to == place or not 0 <= to < len(keys)
            if st.button(words, key=f"agenda_{words}", disabled=is_idle):
                send("order", partial(_moved, at, points[chosen], to))
    _words(at, points[chosen])


def _moved(at: Course, point: Point, to: int) -> str:
    """Hidden points keep their neighbours: only those shown change places."""
    keys = [each.key for each in at.points if each.key != point.key]
    keys.insert(to, point.key)
    desk = at.desk
    order_points(desk.engine, desk.viewer, desk.plan.code, at.meeting.code, keys)
    return f"“{point.title}”现为第{to + 1}项。"


def _words(at: Course, point: Point) -> None:
    turn = outbox().turn(form_of("words"))
    key = f"words_{point.key}_{turn}"
    seen = seen_at(at, key)
    with st.form(key, enter_to_submit=False, border=False):
        title = st.text_input("议题名称", value=point.title, key=f"{key}_title")
        text = st.text_area("说明", value=point.text or "", key=f"{key}_text", height=80)
        sent = st.form_submit_button("保存改写")
    if sent:
        send("words", partial(_worded, at, point, title, text, seen), key)


def _worded(at: Course, point: Point, title: str, text: str, seen: int) -> str:
    desk = at.desk
    given = desk.engine, desk.viewer, desk.plan.code, at.meeting.code
    is_own = point.part is AgendaPart.OWN
    named = title if is_own or title.strip() != point.title else (point.row and point.row.title)
    settle_point(*given, point.key, title=named or None, text=text or None, seen=seen)
    return f"“{title.strip() or point.title}”已保存。"


def _add(at: Course) -> None:
    turn = outbox().turn(form_of("add"))
    with st.form(f"add_{turn}", enter_to_submit=False, border=False):
        title = st.text_input("议题名称（必填）", key=f"add_title_{turn}")
        text = st.text_area("说明", key=f"add_text_{turn}", height=80)
        sent = st.form_submit_button("增加议题")
    if sent:
        send("add", partial(_added, at, title, text))


def _added(at: Course, title: str, text: str) -> str:
    desk = at.desk
    add_point(desk.engine, desk.viewer, desk.plan.code, at.meeting.code, title, text)
    return f"已增加议题“{title.strip()}”。"


def head_form(at: Course) -> None:
    """Day, place, who chairs, who attends: what the minutes say at their head."""
    held = at.dispatch
    if held is None or not at.may_meet:
        _head_words(held)
        return
    turn = outbox().turn(form_of("head"))
    key = f"head_{turn}"
    seen = seen_at(at, key)
    with st.expander("会议时间、地点和参会单位"), st.form(key, enter_to_submit=False, border=False):
        left, middle, right = st.columns(3)
        held_on = left.date_input("会议日期", value=held.held_on, key=f"{key}_on")
        place = middle.text_input("会议地点", value=held.place or "", key=f"{key}_place")
        chaired_by = right.text_input(
            "主持岗位",
            value=held.chaired_by or "",
            key=f"{key}_by",
            help="写岗位，不写姓名，如“县政府分管副县长”。",
        )
        attended = st.text_area("参会单位", value=held.attended or "", key=f"{key}_who", height=80)
        sent = st.form_submit_button("保存会议情况")
    if sent:

        def act() -> str:
            desk = at.desk
            settle_head(
                desk.engine,
                desk.viewer,
                desk.plan.code,
                at.meeting.code,
                held_on=held_on,
                place=place,
                chaired_by=chaired_by,
                attended=attended,
                seen=seen,
            )
            return "会议情况已保存，纪要将照此写明。"

        send("head", act, key)


def _head_words(held: r.Dispatch | None) -> None:
    if held is None:
        return
    pairs = (("会议地点", held.place), ("主持", held.chaired_by), ("参会单位", held.attended))
    told = "　".join(f"{name}：{said}" for name, said in pairs if said)
    if told:
        st.html(quiet(told).html)
