"""The draft of a month's bulletin: paragraphs as they will read, each to be edited or decided."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from html import escape

import streamlit as st

from dashboard.ledgers import records as r
from dashboard.ledgers.archive import issues
from dashboard.papers.bulletin import outline_of
from dashboard.papers.outline import Correction
from dashboard.papers.places import Asks, Outline, Place, Section
from dashboard.posting.bulletins import register_name
from dashboard.posting.month_reading import MonthRead, read_month
from dashboard.posting.passages import Wish, save_passage
from dashboard.rules.calendar import Month
from dashboard.widgets.bulletin_place import OPEN, place_form
from dashboard.widgets.desk import Desk
from dashboard.widgets.keeping import kept
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.paper_words import heading_html, paragraph, told

FORM = "passage"
_INLINE = '<span class="g-quiet">上句点名：</span>'


@dataclass(frozen=True)
class Drafting:
    """A month's draft before the eyes; `desk` stands at the month's cut for what numbers lead to.

    `issue` is the month's last issue: with one, the draft is that of its correction.
    """

    desk: Desk
    cut: Desk
    read: MonthRead
    outline: Outline
    issue: r.Bulletin | None

    @property
    def month(self) -> str:
        return self.read.month.month.code


def drafting_of(desk: Desk, month: Month) -> Drafting:
    """A month's draft as known on the day looked at."""
    read = kept("bulletin_month", (month.code, desk.version), lambda: _read(desk, month))
    held = issues(desk.engine, desk.plan.code, desk.as_of)
    issue = next((each for each in reversed(held) if each.month == month.code), None)
    correction = Correction(issue, "【印发时填写】") if issue else None
    outline = outline_of(read.month, read.present, desk.settings, desk.today, correction)
    cut = replace(desk, as_of=read.month.now.books.as_of)
    return Drafting(desk, cut, read, outline, issue)


def _read(desk: Desk, month: Month) -> MonthRead:
    return read_month(
        desk.engine,
        desk.plan.code,
        month.code,
        desk.settings,
        now=desk.as_of,
        judgement_at=desk.judgement_at,
    )


def draft_part(at: Drafting) -> None:
    """The whole text, section by section, as it will be printed."""
    _state(at)
    _row(at, at.outline.title, _title)
    for section in at.outline.sections:
        _section(at, section)


def _title(html: str) -> str:
    style = "text-align:center;font-size:1.25rem;font-weight:600;margin:.3rem 0"
    return f'<p style="{style}">{html}</p>'


def _state(at: Drafting) -> None:
    """What is to be settled before the issue, and what the figures did meanwhile."""
    asked = [each for each in at.outline.places if each.asks is Asks.WORD]
    moved = sum(each.moved_from is not None for each in at.outline.places)
    late, waiting = len(at.read.late), len(at.outline.undecided)
    parts = (
        f"本月通报已印发（{register_name(at.issue)}），以下为更正通报的文稿" if at.issue else "",
        f"点名的内容逐条确认，共{len(asked)}处，待确认{waiting}处" if asked else "没有点名的内容",
        f"{moved}段自上次修改后数字有变动" if moved else "",
        f"{late}条填报在截止后审核通过，已计入文稿，“月度数字”仍按截止时列出" if late else "",
        "文中数字点击可看明细",
    )
    st.html(f'<p class="g-empty">{escape("；".join(each for each in parts if each))}。</p>')


def _section(at: Drafting, section: Section) -> None:
    if section.heading:
        mark = "" if section.is_in else "（本部分暂无内容，不写入）"
        _row(at, section.heading, partial(_heading, level=1, mark=mark))
    for group in section.groups:
        if group.heading:
            _row(at, group.heading, partial(_heading, level=2))
        for place in (*group.places, *group.items):
            _row(at, place, paragraph)


def _heading(html: str, *, level: int, mark: str = "") -> str:
    return heading_html(f'{html}<span class="g-quiet">{escape(mark)}</span>', level)


def _row(at: Drafting, place: Place, as_html: Callable[[str], str]) -> None:
    """A place as it reads with its number, what may be done with it, and its form if opened."""
    number = escape(at.outline.numbers.get(place.place, ""))
    html = number + told(at.cut, place.runs, place.facts_by_key)
    left, right = st.columns([7, 3], vertical_alignment="center")
    with left:
        shown = as_html(f"{_INLINE}{html}" if place.is_inline else html)
        st.html(shown if place.is_in else f'<div style="opacity:.6">{shown}</div>')
        _moved(place)
    with right:
        _acts(at, place)
    if st.session_state.get(OPEN) == (place.place, outbox().turn(FORM)):
        place_form(at.cut, place, partial(settle, at))


def _moved(place: Place) -> None:
    if place.moved_from is not None:
        said = f"自上次修改后，此段由“{place.moved_from}”变为“{place.text}”"
        st.html(f'<p class="g-odd">{escape(said)}</p>')


def _acts(at: Drafting, place: Place) -> None:
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        st.html(f'<span class="g-quiet">{_word(place)}</span>')
        if place.asks is Asks.WORD and place.is_undecided:
            _button(at, place, "写入", Wish(place=place))
            _button(at, place, "不写入", Wish(place=place, is_left_out=True))
        elif place.asks is Asks.PICK and not place.is_in:
            text = place.own.text if place.own else None
            _button(at, place, "选用", Wish(place=place, text=text))
        key = f"edit_{place.place}"
        st.button("修改", key=key, on_click=_open, args=(place.place,), type="tertiary")


def _word(place: Place) -> str:
    if place.is_undecided:
        return "待确认"
    if place.own is not None and place.own.is_left_out:
        return "不写入"
    if place.asks is Asks.WORD:
        return "已确认"
    if place.asks is Asks.PICK:
        return "已选用" if place.is_in else "未选用"
    return "已修改" if place.own is not None and place.own.text else ""


def _open(place: str) -> None:
    st.session_state[OPEN] = (place, outbox().turn(FORM))


def _button(at: Drafting, place: Place, label: str, wish: Wish) -> None:
    if st.button(label, key=f"{label}_{place.place}"):
        settle(at, wish)


def settle(at: Drafting, wish: Wish) -> None:
    """Save what was decided about a place, and draw the page anew."""
    post(FORM, outbox().turn(FORM), partial(_save, at, wish))


def _save(at: Drafting, wish: Wish) -> str:
    desk = at.desk
    save_passage(desk.engine, desk.viewer, desk.plan.code, at.month, wish, desk.settings)
    return "已记下，这一段不写入通报。" if wish.is_left_out else "已保存。"
