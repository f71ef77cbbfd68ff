"""The form of one place of a draft: its wording with {数据项}, and how it will read."""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from dashboard.papers.phrases import PhraseError, filled, names_in, typed_numbers
from dashboard.papers.places import Asks, Place
from dashboard.posting.passages import Wish
from dashboard.widgets.desk import Desk
from dashboard.widgets.notice import outbox
from dashboard.widgets.paper_words import paragraph, told

OPEN = "bulletin_open"
_SHORT = 12
_HINT = "大括号里是数据项，由系统按账填写，如“{滞后项数}”；数字有变动时文字自动跟着变。"


def place_form(desk: Desk, place: Place, settle: Callable[[Wish], None]) -> None:
    """The wording to edit, its reading below, the names it may use, and what may be done."""
    with st.container(border=True):
        text = _wording(place)
        _reading(desk, place, text)
        _names(place)
        with st.container(horizontal=True):
            if st.button("保存文字", type="primary", key="passage_save"):
                settle(Wish(place=place, text=text))
            if place.own and place.own.text and st.button("恢复系统用语", key="passage_back"):
                settle(Wish(place=place))
            _in_or_out(place, settle)
            st.button("取消", key="passage_close", on_click=_close)


def _close() -> None:
    st.session_state.pop(OPEN, None)


def _key(place: Place) -> str:
    return f"passage_{place.place}_{outbox().turn('passage')}"


def _wording(place: Place) -> str:
    entered: str = st.text_area("文字", place.wording, key=_key(place), height=120, help=_HINT)
    return entered


def _reading(desk: Desk, place: Place, text: str) -> None:
    try:
        runs = filled(text.strip(), place.facts)
    except PhraseError as error:
        st.error(f"{error}。")
        return
    st.html(f'<p class="g-quiet">将读作：</p>{paragraph(told(desk, runs, place.facts_by_key))}')
    # Numbers of the phrase itself, such as those of a law, are not the editor's.
    if typed := [each for each in typed_numbers(text) if each not in typed_numbers(place.template)]:
        said = f"“{'、'.join(typed)}”是手工写的数字，不会随账更新，请尽量改用数据项"
        st.html(f'<p class="g-odd">{escape(said)}。</p>')
    if place.own and place.own.text:
        now = "".join(run.text for run in filled(place.template, place.facts))
        st.html(f'<p class="g-quiet">系统用语现在的写法：{escape(now)}</p>')


def _names(place: Place) -> None:
    """The facts to put into the wording: those of this place first, then all others."""
    own = [name for name, fact in place.facts.items() if fact.key != name]
    near = list(dict.fromkeys((*names_in(place.wording), *names_in(place.template), *own)))
    near = [name for name in near if name in place.facts]
    if near:
        _chips("点选数据项，加在文字末尾", place, near)
    with st.expander("其他可用的数据项"):
        _chips("其他数据项", place, [name for name in place.facts if name not in near])


def _chips(label: str, place: Place, names: Sequence[str]) -> None:
    key = f"{_key(place)}_{label}"
    st.pills(
        label,
        names,
        format_func=lambda name: _chip(place, name),
        key=key,
        on_change=_put_in,
        args=(_key(place), key),
    )


def _chip(place: Place, name: str) -> str:
    text = place.facts[name].text
    return f"{{{name}}}　{text if len(text) <= _SHORT else text[:_SHORT] + '……'}"


def _put_in(text: str, chips: str) -> None:
    """Add the chosen name to the end of the wording; the chip may be chosen again."""
    if chosen := st.session_state.get(chips):
        st.session_state[text] = f"{st.session_state[text]}{{{chosen}}}"
        st.session_state[chips] = None


def _in_or_out(place: Place, settle: Callable[[Wish], None]) -> None:
    text = place.own.text if place.own else None
    if place.is_in and st.button("不写入通报", key="passage_out"):
        settle(Wish(place=place, text=text, is_left_out=True))
    is_waiting = place.is_undecided or not place.is_in
    word = "选用" if place.asks is Asks.PICK else "写入通报"
    if is_waiting and st.button(word, key="passage_in"):
        settle(Wish(place=place, text=text))
