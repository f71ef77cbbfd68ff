"""入账: what keeps the draft out, by row; then all of it, or nothing."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from dashboard.drafting.draft import ASKED, missing_of
from dashboard.drafting.records import Wrong, records_of
from dashboard.drafting.row_words import KIND_WORDS, kind_word, said
from dashboard.ledgers.importing import DocumentState, RowState
from dashboard.ledgers.shape import LEDGERS, fields_of
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.import_posting import post_draft
from dashboard.rules.calendar import Clock, shanghai_day
from dashboard.widgets.heading import section
from dashboard.widgets.import_about import plan_code
from dashboard.widgets.import_course import Course
from dashboard.widgets.import_groups import NOTED, UNITS
from dashboard.widgets.import_parts import ABOUT, ROWS
from dashboard.widgets.table import Cell, Column, lines, link, quiet, table

_REFUSED = "import_refused"
_COLUMNS = (Column("位置", "40%", is_title=True), Column("问题和改法"))


def posting(at: Course) -> None:
    """The whole draft enters the books here."""
    if at.document.state is DocumentState.POSTED:
        _posted(at)
        return
    if at.document.state is DocumentState.DROPPED:
        st.html('<p class="g-empty">这份草稿已放弃。要重新开始，请再次上传方案文件。</p>')
        return
    code = plan_code(at)
    found = _to_do(at) or _faulty(at, code)
    refused = [] if found else [_fault(at, each) for each in _refused(at)]
    if found or refused:
        table_of = [*found, *refused]
        title = "没有入账，先要处理的" if refused else "还要处理的"
        section(title, f"{len(table_of)}处；全部处理好后一次入账")
        table(_COLUMNS, table_of, caption="还要处理的")
    if not found:
        _summary(at, code)
        _button(at, code)


def _faulty(at: Course, code: str) -> list[Sequence[Cell]]:
    """What can be seen to be wrong before anything is tried."""
    accepted = [each.row for each in at.rows if each.state is RowState.ACCEPTED]
    plan, _, wrong = records_of(code, at.document.about, accepted)
    return [] if plan else [_fault(at, each) for each in wrong]


def _refused(at: Course) -> Sequence[Fault]:
    """Why the books did not take the draft, until something was changed here."""
    turn, faults = st.session_state.get(_REFUSED, {}).get(at.document.id, (None, ()))
    return faults if turn == at.turn else ()


def _to_do(at: Course) -> list[Sequence[Cell]]:
    """What is still to be said, before anything can be checked."""
    found: list[Sequence[Cell]] = []
    missing = missing_of(at.document.about)
    if missing:
        told = "、".join(ASKED[name] for name in missing)
        found.append([link("方案信息", at.address(part=ABOUT)), f"还没有填写：{told}"])
    noted = sum(each.row.note is not None for each in at.waiting)
    if noted:
        found.append([link("问题和说明", at.address(part=ROWS, clause=NOTED)), f"{noted}条待核"])
    if len(at.waiting) > noted:
        left = len(at.waiting) - noted
        first = next(each for each in at.waiting if not each.row.note)
        to = at.address(part=ROWS, clause=first.row.clause or UNITS)
        found.append([link("没有说明的", to), f"{left}条待核，可在“逐条核对”一并采用"])
    return found


def _fault(at: Course, each: Wrong | Fault) -> Sequence[Cell]:
    held = at.by_key.get((each.ledger, each.code))
    if held is None:
        where = link("方案信息", at.address(part=ABOUT)) if each.ledger == "plan" else each.code
    else:
        to = at.address(part=ROWS, clause=held.row.clause or UNITS, row=held.id)
        where = link(f"{kind_word(each.ledger)}　{said(held.row, at.plain)[0]}", to)
    fields = fields_of(LEDGERS[each.ledger])
    label = next((field.label for field in fields if field.name == each.field), "")
    is_named = not label or each.message.startswith(label)
    message = each.message if is_named else f"“{label}”{each.message}"
    place = held.row.clause if held else None
    return [lines(where, quiet(place)), message]


def _summary(at: Course, code: str) -> None:
    told = "，".join(f"{word}{number}" for word, number in _counts(at))
    section("入账内容", f"方案编号{code}")
    st.html(f'<p class="g-answer">{told}。</p>')
    dropped = sum(each.state is RowState.DROPPED for each in at.rows)
    quiet_ = "入账后条款、任务、责任、时限、指标按原文不能改写，报送安排可以调整。"
    left = f"不采用的{dropped}条不入账。" if dropped else ""
    st.html(f'<p class="g-quiet" style="margin:0">{left}{quiet_}</p>')


def _counts(at: Course) -> list[tuple[str, int]]:
    ledgers = [each.row.ledger for each in at.rows if each.state is RowState.ACCEPTED]
    return [(word, ledgers.count(name)) for name, word in KIND_WORDS.items() if name in ledgers]


def _button(at: Course, code: str) -> None:
    if st.button("全部入账", type="primary", key=f"import_post_{at.document.id}_{at.turn}"):
        refused: dict[int, tuple[int, Sequence[Fault]]] = st.session_state.setdefault(_REFUSED, {})
        turn = at.turn

        def act() -> None:
            today = shanghai_day(Clock().now())
            found = post_draft(at.engine, at.viewer, at.document.id, code, today=today)
            refused[at.document.id] = (turn, found)
            if found:
                raise RefusedError(*found)

        with st.spinner("正在入账……"):
            at.post(act, "方案已入账。")
        st.rerun()  # what was refused is listed with its places


def _posted(at: Course) -> None:
    plan = at.document.plan
    section("已入账", f"方案编号{plan}")
    query = urlencode({"plan": plan})
    ways = [
        link("总览", f"/?{query}"),
        link("任务清单", f"/tasks?{query}"),
        link("责任清单", f"/responsibilities?{query}"),
        link("指标", f"/indicators?{query}"),
    ]
    told = "，".join(f"{word}{number}" for word, number in _counts(at))
    st.html(f'<p class="g-answer">{told}。</p>')
    st.html(f'<p class="g-links">{"　".join(way.html for way in ways)}</p>')
    st.html('<p class="g-quiet">每条任务、责任、时限和指标在其记录中都有“原文对照”。</p>')
