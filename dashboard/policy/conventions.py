"""Conventions that hold from where they are printed on: 列第一位者为牵头单位，下同."""

import re
from collections.abc import Iterator
from dataclasses import replace

from dashboard.policy.clauses import Tree
from dashboard.policy.findings import Duty, Role
from dashboard.policy.patterns import Pattern

FIRST_LEADS = Pattern(
    "who stands first leads",
    r"(?:排(?:名|序|列)?|列|居|位于|位列|处于)(?:在)?(?:第一位|首位|第一名|第一|最前面?)(?:的|者)?(?:责任)?(?:单位|部门)?(?:的)?(?:均)?(?:为|是|系)(?:总)?(?:牵头|主办|主责|第一责任)(?:责任)?(?:单位|部门)"
    r"|第一个?(?:责任)?(?:单位|部门)(?:均)?(?:为|是)(?:牵头|主办|主责)(?:单位|部门)"
    r"|牵头(?:单位|部门)(?:均)?(?:列|排)(?:在)?(?:第一位|首位|第一|最前)",
    (
        "列第一位者为牵头单位",
        "排在第一位的为牵头单位",
        "排第一的单位为牵头单位",
        "列首位的为牵头部门",
        "列第一位的责任单位为牵头单位",
        "第一个单位为牵头单位",
        "牵头单位列首位",
    ),
    ("首位责任", "牵头单位为市教育局"),
)


def with_conventions(tree: Tree, duties: tuple[Duty, ...]) -> Iterator[Duty]:
    """The duties as the document's own conventions have them."""
    holds_from = _place_of(tree)
    before: Duty | None = None
    led = {duty.task for duty in duties if duty.role is Role.LEAD}
    for duty in duties:
        is_first = before is None or (before.task, before.words) != (duty.task, duty.words)
        holds = holds_from is not None and duty.span.end >= holds_from
        may_lead = duty.role is Role.SHARED and not duty.is_generic and duty.task not in led
        if holds and is_first and may_lead:
            led.add(duty.task)
            duty = replace(duty, role=Role.LEAD)  # noqa: PLW2901
        yield duty
        before = duty


def _place_of(tree: Tree) -> int | None:
    """Where the convention is first printed; a bracket that ends in it is held by it too."""
    for line in tree.head:
        if FIRST_LEADS.regex.search(line.text):
            return line.whole.start
    for node in tree.walk():
        for line in node.own:
            if FIRST_LEADS.regex.search(line.text):
                is_note = _NOTE.match(line.text) is not None
                return (node.annex or node).head.whole.start if is_note else line.whole.start
    return None


_NOTE = re.compile(r"[（*※]?(?:备?注|说明)[：:\d]")
"""A note under a table speaks of what stands above it."""
