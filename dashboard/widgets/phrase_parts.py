"""The phrases of documents: the list, and the form that changes one."""

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape

import streamlit as st

from dashboard.papers.phrases import PhraseError, Shipped, refuse_unknown, typed_numbers
from dashboard.posting.phrases import Rewording, change_phrase, restore_phrase
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import address
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.present import may_write
from dashboard.widgets.table import Cell, Column, lines, link, quiet, table

KINDS: Mapping[str, str] = {
    "bulletin": "月通报",
    "supervision": "督办",
    "week": "周调度",
    "dispatch": "周调度",
    "minutes": "会议纪要",
}
"""What a kind of paper is called; the file of its phrases is named by the code."""
FORM = "phrase"
_COLUMNS = (
    Column("用语", "24%", is_title=True),
    Column("文字"),
    Column("情况", "8rem"),
)


def kind_of(key: str) -> str:
    """The kind of paper that a phrase belongs to."""
    return key.partition(".")[0]


def phrase_table(desk: Desk, shipped: Sequence[Shipped], in_force: Mapping[str, str]) -> None:
    """Every phrase with its words, and which of them are the office's own."""
    rows = [_row(desk, each, in_force[each.key]) for each in shipped]
    table(_COLUMNS, rows, caption="文书用语")


def _row(desk: Desk, each: Shipped, text: str) -> list[Cell]:
    to = address(desk, "phrases", kind=kind_of(each.key), phrase=each.key)
    is_own = text != each.text
    words = lines(text, quiet(f"原有文字：{each.text}")) if is_own else text
    return [link(each.title, to), words, "已修改" if is_own else "原有"]


def phrase_form(desk: Desk, shipped: Shipped, text: str) -> None:
    """The words of one phrase to edit, what may stand in them, and the way back."""
    if not may_write(desk, "修改文书用语"):
        return
    turn = outbox().turn(FORM)
    with st.container(border=True):
        entered: str = st.text_area("文字", text, key=f"phrase_{shipped.key}_{turn}", height=120)
        _check(shipped, entered)
        names = "　".join(f"{{{name}}}" for name in shipped.names) or "无"
        st.html(f'<p class="g-quiet">可用的数据项：{escape(names)}</p>')
        if text != shipped.text:
            st.html(f'<p class="g-quiet">原有文字：{escape(shipped.text)}</p>')
        with st.container(horizontal=True):
            if st.button("保存", type="primary", key="phrase_save"):
                wish = Rewording(shipped.key, entered, text)
                post(FORM, turn, partial(_changed, desk, wish, shipped))
            if text != shipped.text and st.button("恢复原有文字", key="phrase_back"):
                post(FORM, turn, partial(_restored, desk, shipped))


def _check(shipped: Shipped, text: str) -> None:
    """What posting would refuse, and numbers that no figure would keep true."""
    try:
        refuse_unknown(text, shipped.names)
    except PhraseError as error:
        st.error(f"{error}。")
    if typed := [each for each in typed_numbers(text) if each not in typed_numbers(shipped.text)]:
        said = f"“{'、'.join(typed)}”是手工写的数字，不会随账更新，请尽量改用数据项"
        st.html(f'<p class="g-odd">{escape(said)}。</p>')


def _changed(desk: Desk, wish: Rewording, shipped: Shipped) -> str:
    change_phrase(desk.engine, desk.viewer, desk.plan.code, wish, desk.settings)
    return f"“{shipped.title}”已保存，以后生成的文书用新的文字；已印发的不受影响。"


def _restored(desk: Desk, shipped: Shipped) -> str:
    restore_phrase(desk.engine, desk.viewer, desk.plan.code, shipped.key, desk.settings)
    return f"“{shipped.title}”已恢复原有文字。"
