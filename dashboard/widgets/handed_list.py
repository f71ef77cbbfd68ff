"""交办、督办事项 on 我的填报: what waits for an answer of the own units, each with its form."""

from html import escape

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DirectiveSource, HandlingAct
from dashboard.rules.directives import is_instruction
from dashboard.rules.handling import Matter, is_past_due, last_step, waits_for, was_sent_back
from dashboard.rules.ladder import register_name
from dashboard.rules.verdicts import Light
from dashboard.widgets.desk import Desk
from dashboard.widgets.handling_next import next_form
from dashboard.widgets.heading import section
from dashboard.widgets.links import address
from dashboard.widgets.record_choice import record_address
from dashboard.widgets.table import light_mark, link

_SHOWN = 5
"""So many stand above what is to be filed; the rest are on their own pages."""


def handed_here(desk: Desk) -> None:
    """What was handed to a liaison's own units and waits for them; nothing where nothing does."""
    found = waits_for(desk.books, frozenset(each.code for each in desk.own_units))
    if not found:
        return
    late = sum(is_past_due(each, desk.day) for each in found)
    note = f"{len(found)}件待反馈{f'，其中逾期{late}件' if late else ''}"
    section("交办、督办事项", note)
    for each in found[:_SHOWN]:
        _matter(desk, each)
    if rest := found[_SHOWN:]:
        ways = (("交办事项", "directives"), ("督办", "supervision"))
        to = "、".join(link(name, address(desk, page)).html for name, page in ways)
        st.html(f'<p class="g-links" style="margin:0">其余{len(rest)}件见{to}。</p>')


def _matter(desk: Desk, matter: Matter) -> None:
    is_directive = isinstance(matter, r.Directive)
    title = matter.matter if isinstance(matter, r.Directive) else register_name(matter)
    facts = [*_task(desk, matter), _source(matter), *_due(desk, matter), *_unit(desk, matter)]
    told = "".join(f"<span>{each}</span>" for each in facts)
    wanted = matter.closing_standard if isinstance(matter, r.Directive) else matter.demand
    if wanted:
        told += f"<span>{'办结标准' if is_directive else '办理要求'}：{escape(wanted)}</span>"
    head = link(title, record_address(desk, matter)).html
    st.html(
        f'<div class="g-ask g-links"><h3>{head}</h3><p>{told}</p>{_asked_again(desk, matter)}</div>'
    )
    if desk.day == desk.today:
        with st.expander("反馈办理情况"):
            next_form(desk, matter, {HandlingAct.ANSWERED})


def _task(desk: Desk, matter: Matter) -> list[str]:
    """What a slip is about: its number says nothing of that."""
    task = desk.books.find(r.Task, matter.task)
    if task is None or isinstance(matter, r.Directive):
        return []
    return [escape(f"{task.clause}　{task.title}")]


def _source(matter: Matter) -> str:
    if isinstance(matter, r.Supervision):
        return "督办"
    if is_instruction(matter):
        return "批示办理"
    return "周调度议定" if matter.source is DirectiveSource.DISPATCH else matter.source.label


def _due(desk: Desk, matter: Matter) -> list[str]:
    if matter.due_on is None:
        return []
    left = wording.days_left(matter.due_on, desk.day)
    said = f"{wording.day(matter.due_on, desk.day.year)}前办结"
    if is_past_due(matter, desk.day):
        return [said, light_mark(desk.settings, Light.RED, left or "逾期").html]
    return [said, left] if left else [said]


def _unit(desk: Desk, matter: Matter) -> list[str]:
    if len(desk.own_units) <= 1:
        return []
    return [escape(desk.books.get(r.Unit, matter.unit).name)]


def _asked_again(desk: Desk, matter: Matter) -> str:
    last = last_step(desk.books, matter)
    if last is None or not was_sent_back(desk.books, matter):
        return ""
    return f"<p><span><b>{last.act.label}</b>：{escape(last.text or '')}</span></p>"
