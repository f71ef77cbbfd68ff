"""What the ladder of 督办 proposes: each with its reason, and the way to its form."""

from collections.abc import Sequence

import streamlit as st

from dashboard.access.rights import Right
from dashboard.rules.escalation import Proposal, cuts_wanted, proposals
from dashboard.rules.handling import state_word
from dashboard.rules.ladder import register_name
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.links import address, task_address
from dashboard.widgets.table import (
    Cell,
    Column,
    light_mark,
    lines,
    link,
    page_of,
    quiet,
    table,
)

DRAFT = "draft"
"""The address's name for the proposal whose form is open; `OTHER` opens an empty one."""
OTHER = "other"


def due_now(desk: Desk) -> tuple[Proposal, ...]:
    """What the ladder asks for as of the chosen day; nothing for who does not issue."""
    if not may_issue(desk):
        return ()
    weeks, months = cuts_wanted(desk.judgement, desk.settings)
    return proposals(
        desk.judgement,
        desk.settings,
        [desk.judgement_at(each) for each in weeks],
        [desk.judgement_at(each) for each in months],
    )


def may_issue(desk: Desk) -> bool:
    """Whether the viewer takes steps of the ladder."""
    return desk.may(Right.SUPERVISE)


def code_of(proposal: Proposal) -> str:
    """What tells a proposal from the others in the address."""
    return f"{proposal.kind.value}.{proposal.task.code}.{proposal.unit.code}"


def picked(found: Sequence[Proposal]) -> Proposal | None:
    """The proposal that the address names."""
    wanted = st.query_params.get(DRAFT)
    return next((each for each in found if code_of(each) == wanted), None)


_COLUMNS = (
    Column("建议", "6rem", is_title=True),
    Column("承办单位", "9%"),
    Column("任务", "22%"),
    Column("进展情况"),
    Column("建议理由", "15%"),
    Column("操作", "6rem"),
)


def proposal_table(desk: Desk, found: Sequence[Proposal]) -> None:
    """The proposals, the furthest up the ladder first; whether to issue is for a person."""
    section("督办建议", _note(found))
    rows = [_row(desk, each) for each in page_of(found, "proposals_page", 20)]
    table(_COLUMNS, rows, caption="督办建议", empty="按督办阶梯，目前没有建议发出的督办。")


def _note(found: Sequence[Proposal]) -> str:
    kinds = [each.kind for each in found]
    told = "、".join(f"{kind.label}{kinds.count(kind)}件" for kind in dict.fromkeys(kinds))
    return f"{told}；系统只提建议，发不发由办公室决定" if found else ""


def _row(desk: Desk, each: Proposal) -> list[Cell]:
    verdict = each.verdict.verdict
    item = each.verdict.item
    more = quiet(item.title) if item.title != each.task.title else None
    before = each.before
    told = f"{register_name(before)}：{state_word(desk.books, before)}" if before else None
    is_now = desk.day == desk.today
    return [
        each.kind.label,
        each.unit.name,
        lines(
            link(f"{each.task.clause}　{each.task.title}", task_address(desk, each.task.code)), more
        ),
        lines(light_mark(desk.settings, verdict.light, verdict.word), verdict.reason),
        lines(each.because, quiet(told)),
        link("拟稿", draft_address(desk, code_of(each))) if is_now else None,
    ]


def draft_address(desk: Desk, code: str) -> str:
    """Where the form of a proposal is open."""
    return f"{address(desk, 'supervision', **{DRAFT: code})}#draft"
