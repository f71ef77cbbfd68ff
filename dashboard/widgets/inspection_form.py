"""登记检查: what a visit found, item by item; a measured value gives its verdict by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.store import StoredFile
from dashboard.ledgers.terms import CheckVerdict
from dashboard.posting.inspecting import Finding, Visit, inspect, unit_of
from dashboard.rules.standards import ItemCheck, check_list, has_threshold, in_areas
from dashboard.widgets.desk import Desk
from dashboard.widgets.evidence_parts import choose_files, forget_files
from dashboard.widgets.heading import section
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.present import may_write
from dashboard.widgets.station_parts import INSPECT, may_inspect

_FORM = "inspection"
_WORDS = {verdict.value: verdict.label for verdict in CheckVerdict}
_OPEN, _EVERY = "未达到和待检查的", "全部"


@dataclass(frozen=True)
class _Sheet:
    """The form of one station at one turn."""

    desk: Desk
    station: r.Station
    turn: int
    files: Mapping[str, tuple[StoredFile, ...]] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """A key of an input; another turn makes it new, and so empty."""
        return f"inspect_{self.station.code}_{self.turn}_{name}"


def inspection_form(desk: Desk, station: r.Station) -> None:
    """The form for whoever may inspect, while the station is built or being built."""
    if not may_inspect(desk, station):
        return
    found = check_list(desk.books, station)
    note = "只填这次检查到的要求；有数值要求的按实测值判定，是否达标由系统推出"
    section("登记检查", note, anchor=INSPECT)
    if not may_write(desk, "登记检查"):
        return
    sheet = _Sheet(desk, station, outbox().turn(_FORM))
    asked = _asked(sheet, found)
    sheet = replace(sheet, files=_choose_evidence(sheet, asked))
    with st.form(sheet.key("form"), enter_to_submit=False):
        left, right = st.columns(2)
        day = left.date_input("检查日期（必填）", value=desk.today, key=sheet.key("day"))
        by_post = right.text_input(
            "检查岗位（必填）",
            value=desk.viewer.post,
            key=sheet.key("post"),
            help="写岗位或检查组名称，如“县卫生健康局督导组”，不写姓名。",
        )
        findings = _ask_all(sheet, asked)
        sent = st.form_submit_button("登记检查", type="primary")
    if sent:
        given = {code: found for code, found in findings.items() if found != Finding()}
        visit = Visit(
            station=station.code,
            inspected_on=day or desk.today,
            by_post=by_post,
            findings=given,
        )
        post(_FORM, sheet.turn, lambda: _inspected(sheet, visit))


def _asked(sheet: _Sheet, found: tuple[ItemCheck, ...]) -> tuple[ItemCheck, ...]:
    """After the first visit only what is still open, unless all is to be looked at again."""
    open_ = tuple(each for each in found if each.verdict in (None, CheckVerdict.NOT_MET))
    if not open_ or len(open_) == len(found):
        return found
    words = {_OPEN: f"{_OPEN}（{len(open_)}项）", _EVERY: f"{_EVERY}（{len(found)}项）"}
    chosen = st.segmented_control(
        "列出哪些要求",
        list(words),
        default=_OPEN,
        key=sheet.key("which"),
        format_func=words.__getitem__,
    )
    return found if chosen == _EVERY else open_


def _choose_evidence(
    sheet: _Sheet, asked: tuple[ItemCheck, ...]
) -> Mapping[str, tuple[StoredFile, ...]]:
    """Files to the items that are chosen for it; nobody must add any."""
    unit = unit_of(sheet.station)
    if unit is None or not sheet.desk.may(Right.FILE, {unit}):
        return {}
    words = {each.item.code: each.item.requirement for each in asked}
    with st.expander("佐证材料（可不传）"):
        chosen = st.multiselect(
            "给哪几项要求附材料",
            list(words),
            format_func=words.__getitem__,
            key=sheet.key("evidence"),
            placeholder="请选择",
        )
        return {code: _files_of(sheet, unit, code, words[code]) for code in chosen}


def _files_of(sheet: _Sheet, unit: str, code: str, words: str) -> tuple[StoredFile, ...]:
    st.html(f'<p class="g-quiet">{escape(words)}</p>')
    return choose_files(sheet.desk, unit, sheet.key(f"files_{code}"))


def _ask_all(sheet: _Sheet, asked: tuple[ItemCheck, ...]) -> dict[str, Finding]:
    """The requirements by area; what was found on each, by its code."""
    findings = {}
    for area, found in in_areas(asked).items():
        st.markdown(f"**{area}**")
        for each in found:
            findings[each.item.code] = _ask(sheet, each)
    return findings


def _ask(sheet: _Sheet, each: ItemCheck) -> Finding:
    """One line of the form: the requirement, what was found, a note."""
    item, key = each.item, sheet.key(each.item.code)
    says, asks, notes = st.columns([5, 5, 4], vertical_alignment="center")
    says.html(f'<p style="margin:0">{escape(item.requirement)}</p>')
    measured = None
    if has_threshold(item):
        number, tick = asks.columns([3, 2], vertical_alignment="center")
        measured = number.number_input(
            f"实测值（{item.unit}）：{item.requirement}",
            value=None,
            min_value=0.0,
            step=None,
            format="%.10g",
            key=f"{key}_measured",
            placeholder=f"实测值，{item.unit}",
            label_visibility="collapsed",
        )
        is_exempt = tick.checkbox("不适用", key=f"{key}_exempt")
        verdict = CheckVerdict.EXEMPT if is_exempt else None
    else:
        chosen = asks.segmented_control(
            f"检查结果：{item.requirement}",
            list(_WORDS),
            format_func=_WORDS.__getitem__,
            key=f"{key}_verdict",
            label_visibility="collapsed",
        )
        verdict = CheckVerdict.parse(chosen) if chosen else None
    note = notes.text_input(
        f"备注：{item.requirement}",
        key=f"{key}_note",
        placeholder="备注（可不填）",
        label_visibility="collapsed",
    )
    files = sheet.files.get(item.code, ())
    return Finding(verdict=verdict, measured=measured, note=note.strip() or None, evidence=files)


def _inspected(sheet: _Sheet, visit: Visit) -> str:
    desk = sheet.desk
    made = inspect(desk.engine, desk.viewer, desk.plan.code, visit)
    for code in sheet.files:
        forget_files(sheet.key(f"files_{code}"))
    day = wording.day(visit.inspected_on, desk.day.year)
    return f"已登记{day}对“{sheet.station.name}”的检查，共{len(made)}项。"
