"""One field of a record as a person fills it in: the kind of input, its label, its choices.

What may be left empty can be emptied again: Streamlit lets a person clear only an input that
began empty, so the present value of such a field is put in by way of the session.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import LEDGERS, Field, fields_of, from_text, is_required
from dashboard.ledgers.terms import Term, UnitKind
from dashboard.posting.editable import is_printed
from dashboard.rules.names import name_of

LONG = frozenset(
    {"description", "note", "solution", "progress", "request", "matter", "closing_standard"}
)
"""Fields that take more than a line."""
WIDE = LONG | {"title", "address", "requirement", "services"}
"""Fields that take the form's whole width."""

HELP: Mapping[str, str] = {
    "post": "只写岗位，如“县教育和体育局联络员”。",
    "register_no": "只登记批示的登记号；批示原文属工作秘密，不得录入。",
    "total": "未核定的请留空，地图上显示为“待核定”。",
    "number": "未核定的请留空。",
    "lon": "十进制经度，如116.342。",
    "lat": "十进制纬度，如35.407。",
    "aliases": "多个别名用顿号隔开。",
    "note": "可写明依据和原因。",
    "cadence": "平时按此周期报送；黄灯、红灯、60天内到期或会议要求的，改为每周。",
    "is_in_force": "同一事项有几个现行时限的，按最早的执行。",
    "after": "前置措施完成以后，本事项才开始计算进度。",
    "recurrence": "一次性的填完成时限，其他的不填。",
    "on_event": "发生相关事件才启动的措施，平时可报“本期无事件”。",
    "force": "“鼓励”的不计入差距。",
    "words": "照抄方案或文件中的责任表述，如“分别负责”。",
    "host_list": "选定后计入该名录的建设进度。",
    "host": "站点设在哪个单位，如某小学、某卫生院。",
    "built_on": "填写后即计为建成；尚未建成的请留空。",
    "request": "没有可以不填；填了会列入总览和周调度。",
    "closing_standard": "写明做到什么程度可以办结，核查时逐条对照。",
    "unit_word": "如“个”“处”“所”。",
    "official_code": "单位填统计用区划代码，学校、医院填机构代码；没有可不填。",
    "listed_host": "名录列有单位名单的，选站点对应的应设单位；只列所选名录和镇街的单位。",
    "point_source": "如“地图点选”“现场采集”“地址查得”。",
    "is_withheld": "羁押、戒治等不宜公开位置的场所勾选：只计数，不标点，地址、坐标不导出。",
    "moved_on": "建成后搬到新址的填写；搬迁前的检查不再计入，须重新检查。",
    "ended_on": "停用后不再计入建设进度，历史仍保留。",
    "services": "几项服务用顿号隔开，如“心理咨询、科普宣教、转介”。",
    "hotline": "对外公布的固定电话或短号，如0537-6821234、12355；不填手机号。",
    "served": "今年以来的累计人次，只填合计；1至4人次对外显示为“少于5”。",
    "served_on": "服务人次统计到哪一天，与人次同时填写。",
    "counsellors": "专职、兼职人员中的心理咨询师，含治疗师、医师。",
    "standard": "自定标准的名称，如“嘉祥县医院心理门诊建设标准”；同一标准的各条要求写同一名称。",
    "area": "如场地、功能室、设备、人员、功能、制度公示。",
    "requirement": "一条写一项要求，如“候诊区不少于10平方米”。",
    "comparator": "有数值要求的选；要求值、计量单位一并填写，检查时按实测值判定。",
    "value_high": "比较选“介于”的填写。",
    "basis": "这条要求所依据的文件，如某某文件及文号。",
}
_HELP_OF_CHOICE = {"standard": "方案未规定的名录，可选办公室自定的建设标准；站点按所选标准检查。"}
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Asked:
    """What a form asks with: the books for its choices, and labels that say more here.

    `beside` are the row's other fields as they are known, which narrow a choice.
    """

    books: Books
    labels: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, Any] = field(default_factory=dict)
    is_printed: bool = False


def asked_of(books: Books, row: r.Record) -> Asked:
    """What the form of a standing row asks with."""
    beside = {each.name: getattr(row, each.name) for each in fields_of(type(row))}
    return Asked(books, beside=beside, is_printed=is_printed(books, row))


@dataclass(frozen=True)
class _Drawn:
    label: str
    key: str
    help: str | None
    must: bool


def ask_all(
    asked: Asked, fields: Sequence[Field], values: Mapping[str, Any], key: str
) -> dict[str, Any]:
    """Draw the inputs in pairs, long texts across; in this order also on a phone."""
    given: dict[str, Any] = {}
    free: list[DeltaGenerator] = []
    for each in fields:
        if each.name in WIDE:
            place, free = st.container(), []
        else:
            free = free or list(st.columns(2))
            place = free.pop(0)
        with place:
            given[each.name] = ask(asked, each, values.get(each.name), f"{key}_{each.name}")
    return given


def ask(asked: Asked, each: Field, value: Any, key: str) -> Any:
    """Draw a field's input with its present value; returns what the person entered, or None."""
    label = asked.labels.get(each.name, each.label)
    must = is_required(each)
    drawn = _Drawn(f"{label}（必填）" if must else label, key, _help(each), must)
    if each.kind is bool:
        return _yes_or_no(each, value, drawn)
    if each.name in _NAMED_ANEW and must:
        return _named(asked.books, each, value, drawn)
    if each.ref or each.name == "standard" or issubclass(each.kind, Term):
        return _chosen(asked, each, value, drawn)
    if value is not None and key not in st.session_state:
        st.session_state[key] = value
    if each.kind is date:
        return st.date_input(
            drawn.label, value=None, min_value=_FIRST, max_value=_LAST, key=key, help=drawn.help
        )
    return _number(each, drawn) if each.kind in (int, float) else _text(each, drawn)


def _help(each: Field) -> str | None:
    if each.private:
        return "仅办公室和本单位联络员可见，不写入任何导出文件。"
    if each.name in _HELP_OF_CHOICE and not is_required(each):
        return _HELP_OF_CHOICE[each.name]
    return HELP.get(each.name)


_NAMED_ANEW = ("standard", "area")
"""What is one of the names in use, or a new one."""


def _named(books: Books, each: Field, value: str | None, drawn: _Drawn) -> str | None:
    own = [item for item in books.all(r.StandardItem) if not is_printed(books, item)]
    among = own if each.name == "standard" else books.all(r.StandardItem)
    held = [value] if value else []
    names = list(dict.fromkeys([*(getattr(item, each.name) for item in among), *held]))
    if not names:
        return _text(each, drawn)
    chosen: str | None = st.selectbox(
        drawn.label,
        names,
        index=names.index(value) if value else None,
        key=drawn.key,
        help=drawn.help,
        placeholder="选已有的，或直接输入",
        accept_new_options=True,
    )
    return (chosen or "").strip() or None


def _yes_or_no(each: Field, value: bool | None, drawn: _Drawn) -> bool | None:
    """A tick, or where it may be unknown a choice that may stay open."""
    if not each.optional:
        return st.checkbox(drawn.label, value=bool(value), key=drawn.key, help=drawn.help)
    if value is not None and drawn.key not in st.session_state:
        st.session_state[drawn.key] = value
    chosen: bool | None = st.selectbox(
        drawn.label,
        [True, False],
        index=None,
        format_func={True: "是", False: "否"}.__getitem__,
        key=drawn.key,
        help=drawn.help,
        placeholder="可不选",
    )
    return chosen


def _text(each: Field, drawn: _Drawn) -> str | None:
    long = each.name in LONG
    draw = st.text_area if long else st.text_input
    more: dict[str, Any] = {"height": 80} if long else {}
    entered: str = draw(drawn.label, key=drawn.key, help=drawn.help, **more)
    return entered.strip() or None


def _number(each: Field, drawn: _Drawn) -> float | None:
    step, form = (1, "%d") if each.kind is int else (None, "%.10g")
    return st.number_input(
        drawn.label,
        value=None,
        step=step,
        format=form,
        key=drawn.key,
        help=drawn.help,
        placeholder="",
    )


def _chosen(asked: Asked, each: Field, value: Any, drawn: _Drawn) -> Any:
    """A choice by code or stored value; what may stay open is emptied by the box's cross."""
    words = _offered(asked, each, value)
    held = value.value if isinstance(value, Term) else value
    begun = list(words).index(held) if drawn.must and held is not None else None
    if held is not None and begun is None and drawn.key not in st.session_state:
        st.session_state[drawn.key] = held
    chosen = st.selectbox(
        drawn.label,
        list(words),
        index=begun,
        format_func=words.__getitem__,
        key=drawn.key,
        help=drawn.help,
        placeholder="请选择" if drawn.must else "可不选",
    )
    if chosen is None or not issubclass(each.kind, Term):
        return chosen
    return each.kind.parse(chosen)


def _offered(asked: Asked, each: Field, value: Any) -> dict[str, str]:
    """What may be chosen, with its words; the present value is always among it."""
    books = asked.books
    if each.name == "listed_host":
        return _bodies(asked, value)
    if each.ref:
        return _rows(books, each, value)
    if issubclass(each.kind, Term):
        return {
            member.value: member.label
            for member in each.kind
            if member is value or member is not UnitKind.COLLECTIVE
        }
    items = books.all(r.StandardItem)
    if asked.is_printed:  # what the plan leaves open, a standard of its text does not fill
        items = tuple(item for item in items if not is_printed(books, item))
    names = dict.fromkeys(item.standard for item in items)
    return {name: name for name in (*names, *([value] if value else []))}


def _bodies(asked: Asked, value: str | None) -> dict[str, str]:
    """The obliged bodies of the station's list and town, as far as these are known."""
    books, known = asked.books, asked.beside
    listed, town = known.get("host_list"), known.get("town")
    among = books.by(r.ListedHost, "host_list")[listed] if listed else books.all(r.ListedHost)
    fitting = [each for each in among if town is None or each.town in (None, town)]
    held = books.find(r.ListedHost, value)
    if held is not None and held not in fitting:
        fitting.append(held)
    towns = {each.code: each.name for each in books.all(r.Unit)}
    return {
        each.code: f"{each.name}（{towns[each.town]}）" if each.town in towns else each.name
        for each in fitting
    }


def _rows(books: Books, each: Field, value: str | None) -> dict[str, str]:
    kind = LEDGERS[each.ref or ""]
    rows = [row for row in books.all(kind) if _fits(each, row)]
    held = books.find(kind, value)
    if held is not None and held not in rows:
        rows.append(held)
    return {row.code: name_of(books, row) for row in rows}


def _fits(each: Field, row: r.Record) -> bool:
    if not isinstance(row, r.Unit):
        return True
    if each.name == "town":
        return row.is_local
    if each.name == "parent":
        return not row.is_collective and row.kind is not UnitKind.COLLECTIVE
    return row.can_answer


def named_in_address(field: Field) -> Any:
    """What the address proposes for a field; None where it names nothing that fits."""
    text = st.query_params.get(field.name)
    if text is None:
        return None
    with suppress(ValueError):
        return from_text(field, text)
    return None
