"""方案信息: the plan's own fields, what the document did not say first."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard.drafting.draft import ASKED, missing_of
from dashboard.ledgers.books import plan_codes
from dashboard.ledgers.importing import DocumentState, RowState
from dashboard.posting.importing import save_about
from dashboard.widgets.heading import section
from dashboard.widgets.import_course import Course

CODE, _CODE_WORD = "code", "方案编号"
LEVELS = ("省", "市", "县", "镇")
_HINTS = {
    "short_title": "如：某市健康心理行动方案",
    "number": "没有文号的填“无”",
    "issuer": "如：某县人民政府办公室",
    "place": "如：某县",
    "office": "如：某县社会心理服务体系建设专班办公室",
    "office_unit": "选已读出的单位，或直接输入",
}
_HELP = {
    "office": "方案由哪个办公室日常调度，总览和文书上都用这个名称。",
    "office_unit": "办公室设在哪个单位；没有写明由谁汇总的事项，先由它汇总。",
    "short_title": "总览和各页面左侧用的名称，24字以内。",
    CODE: "用在网址和命令里，一份方案一个，入账后不能改。",
}
_FIRST, _LAST = date(1990, 1, 1), date(2099, 12, 31)


def plan_code(at: Course) -> str:
    """The code that was typed, or one that is free."""
    typed = (at.document.about.get(CODE) or "").strip()
    if typed:
        return typed
    year = (at.document.about.get("issued_on") or at.document.received_at.isoformat())[:4]
    taken = plan_codes(at.engine)
    stems = (f"plan-{year}", *(f"plan-{year}-{number}" for number in range(2, 100)))
    return next(code for code in stems if code not in taken)


def about_form(at: Course) -> None:
    """Ask what is missing, then show the rest to be checked."""
    if at.document.state is not DocumentState.OPEN:
        st.html('<p class="g-empty">草稿已结束，方案信息不再修改。</p>')
        return
    missing = missing_of(at.document.about)
    read = [name for name in ASKED if name not in missing]
    key = f"import_about_{at.document.id}_{at.turn}"
    seen, first = at.seen(key)
    with st.form(key, border=False):
        given: dict[str, str | None] = {}
        if missing:
            section("文件中没有写明的", "请填写")
            given |= _fields(at, missing, key)
        section("从文件读出的", "请核对，可以修改")
        given |= _fields(at, [*read, CODE], key)
        is_sent = st.form_submit_button("保存方案信息", type="primary")
    _meanwhile(at, given)
    if is_sent:
        changes = {name: text for name, text in given.items() if text != (first.get(name) or None)}

        def act() -> None:
            save_about(at.engine, at.viewer, at.document.id, changes, seen=seen)

        at.post(act, "方案信息已保存。")


def _meanwhile(at: Course, given: Mapping[str, str | None]) -> None:
    """Where somebody was faster: what stands now beside what was typed here."""
    moved = at.moved()
    if not moved:
        return
    now = at.document.about
    told = [
        f"“{ASKED.get(name, _CODE_WORD)}”现为“{now.get(name) or '空'}”"
        for name, text in given.items()
        if text != (now.get(name) or None)
    ]
    st.warning(f"{moved}{'；'.join(told)}。再次保存，以您改动的为准。" if told else moved)


def _fields(at: Course, names: Sequence[str], key: str) -> dict[str, str | None]:
    """In pairs, in this order also on a phone."""
    found: dict[str, str | None] = {}
    for first in range(0, len(names), 2):
        for column, name in zip(st.columns(2), names[first : first + 2], strict=False):
            with column:
                found[name] = _ask(at, name, f"{key}_{name}")
    return found


def _ask(at: Course, name: str, key: str) -> str | None:
    text = at.document.about.get(name) or None
    label = f"{ASKED[name]}（必填）" if name in ASKED else _CODE_WORD
    if name in ("issued_on", "period_end"):
        return _date(label, text, key)
    if name in ("level", "office_unit"):
        return _chosen(at, name, text, key)
    typed: str = st.text_input(
        label,
        text or (plan_code(at) if name == CODE else ""),
        key=key,
        placeholder=_HINTS.get(name, ""),
        help=_HELP.get(name),
        max_chars=40 if name == CODE else 24 if name == "short_title" else 200,
    )
    return typed.strip() or None


def _chosen(at: Course, name: str, text: str | None, key: str) -> str | None:
    offered = list(LEVELS) if name == "level" else _units(at)
    if text and text not in offered:
        offered.append(text)
    chosen: str | None = st.selectbox(
        f"{ASKED[name]}（必填）",
        offered,
        index=offered.index(text) if text else None,
        key=key,
        placeholder=_HINTS.get(name, "请选择"),
        help=_HELP.get(name),
        accept_new_options=name == "office_unit",
    )
    return (chosen or "").strip() or None


def _units(at: Course) -> list[str]:
    """The single bodies of the draft by their names."""
    names = [
        each.row.fields.get("name") or ""
        for each in at.rows
        if each.row.ledger == "unit"
        and each.row.fields.get("is_collective") != "是"
        and each.state is not RowState.DROPPED
    ]
    return [name for name in dict.fromkeys(names) if name]


def _date(label: str, text: str | None, key: str) -> str | None:
    try:
        value = date.fromisoformat(text) if text else None
    except ValueError:
        value = None
    if value is not None and key not in st.session_state:
        st.session_state[key] = value
    chosen = st.date_input(label, value=None, min_value=_FIRST, max_value=_LAST, key=key)
    return chosen.isoformat() if isinstance(chosen, date) else None
