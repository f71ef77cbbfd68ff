"""Conventions that hold from where they are printed on: 列第一位者为牵头单位，下同."""

from collections.abc import Iterator
from dataclasses import replace

from dashboard.policy.clauses import Tree
from dashboard.policy.findings import Duty, Role
from dashboard.policy.patterns import Pattern

FIRST_LEADS = Pattern(
    "who stands first leads",
    r"(?:排|列)(?:在)?(?:第一位|首位|第一|最前)(?:的|者)?(?:单位|部门)?(?:的)?(?:为|是)(?:牵头|主办|第一责任)(?:责任)?(?:单位|部门)",
    (
        "列第一位者为牵头单位",
        "排在第一位的为牵头单位",
        "排第一的单位为牵头单位",
        "列首位的为牵头部门",
    ),
    ("首位责任", "牵头单位为市教育局"),
)


def with_conventions(tree: Tree, duties: tuple[Duty, ...]) -> Iterator[Duty]:
    """The duties as the document's own conventions have them."""
    holds_from = _place_of(tree)
    before: Duty | None = None
    for duty in duties:
        is_first = before is None or (before.task, before.words) != (duty.task, duty.words)
        holds = holds_from is not None and duty.span.end >= holds_from
        if holds and is_first and duty.role is Role.SHARED and not duty.is_generic:
            duty = replace(duty, role=Role.LEAD)  # noqa: PLW2901
        yield duty
        before = duty


def _place_of(tree: Tree) -> int | None:
    """Where the convention is first printed; a bracket that ends in it is held by it too."""
    for line in (*tree.head, *(line for node in tree.walk() for line in node.own)):
        found = FIRST_LEADS.regex.search(line.text)
        if found:
            return line.whole.start
    return None
