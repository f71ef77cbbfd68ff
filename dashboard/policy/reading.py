"""A plan's text to all that is found in it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from dashboard.policy.actors import actors_in, heading_units, sharers_in
from dashboard.policy.brackets import Share
from dashboard.policy.checks import problems_of
from dashboard.policy.clauses import Node, Tree, tree_of
from dashboard.policy.cleaning import Line, paragraphs
from dashboard.policy.conventions import with_conventions
from dashboard.policy.dates import Years, cell_deadlines, deadlines_in
from dashboard.policy.findings import Clause, Deadline, Duty, Head, Reading, Role, Target
from dashboard.policy.head import head_of
from dashboard.policy.naming import bodies_of
from dashboard.policy.numbering import BEGINS
from dashboard.policy.sections import Section, section_of
from dashboard.policy.table_duties import shared_rows
from dashboard.policy.tables import table_targets, time_cells
from dashboard.policy.targets import Past, targets_in
from dashboard.policy.tasks import Obliging, obliging


def read(text: str) -> Reading:
    """All findings in a plan's text. Every text can be read; what is unsure becomes a problem."""
    tree = tree_of(paragraphs(text, BEGINS))
    head = head_of(tree)
    tasks = obliging(tree)
    duties = tuple(with_conventions(tree, tuple(_duties(tasks))))
    deadlines = tuple(_deadlines(tree, head))
    targets = tuple(_targets(tree, head))
    found = Reading(
        text=text,
        head=head,
        clauses=tuple(_clause(node) for node in tree.walk()),
        tasks=tuple(each.task for each in tasks),
        duties=duties,
        deadlines=deadlines,
        targets=targets,
    )
    found = replace(found, units=bodies_of(found))
    return replace(found, problems=tuple(problems_of(tree, found)))


def _clause(node: Node) -> Clause:
    return Clause(node.id, node.path, node.title, node.span, section_of(node).value)


def _duties(tasks: tuple[Obliging, ...]) -> Iterator[Duty]:
    """What brackets, labels and tables state; where none does, whom sentences name."""
    number = sum(bool(each.stated) for each in tasks)
    is_stated = number > 0 and _FEW * number >= len(tasks)
    for each in tasks:
        for stated in each.stated:
            for share in stated.shares:
                yield _duty(each, stated.line, share, is_stated=True)
        if not each.stated:
            yield from _read_off(each, is_whole=not is_stated)


_FEW = 5
"""Where fewer tasks than one in so many state who is responsible, sentences are read too."""


def _read_off(each: Obliging, *, is_whole: bool) -> Iterator[Duty]:
    """Whom sentences name; only those that say nothing else, where `is_whole` is False."""
    plain = [(line, share) for line in each.lines for share in sharers_in(line)]
    yield from (_duty(each, line, share, is_stated=False) for line, share in plain)
    if is_whole and not plain:
        yield from _subjects(each)


def _subjects(each: Obliging) -> Iterator[Duty]:
    headed = heading_units(each.node)
    for unit in headed:
        yield _duty(each, each.node.head, Share(unit, Role.SHARED, ""), is_stated=False)
    if headed:
        return
    if section_of(each.node) is Section.ANNEX:
        return
    seen: set[str] = set()
    for line in each.lines:
        for share, _, _ in actors_in(line):
            if share.unit.name not in seen:
                seen.add(share.unit.name)
                yield _duty(each, line, share, is_stated=False)


def _duty(each: Obliging, line: Line, share: Share, *, is_stated: bool) -> Duty:
    return Duty(
        task=each.task.id,
        clause=each.task.clause,
        unit=share.unit.name,
        role=share.role,
        span=line.span(share.unit.start, share.unit.end),
        words=share.words,
        is_generic=share.unit.is_generic,
        is_stated=is_stated,
        is_open_ended=share.unit.is_open_ended,
    )


def _deadlines(tree: Tree, head: Head) -> Iterator[Deadline]:
    years = Years(head.issued_on, _year_in(head.title))
    begins = _first_year(head)
    for each in _printed_deadlines(tree, years):
        # A bare year before the plan's own tells what was; a month may be a slip, for a person.
        is_bare = each.due_on is not None and "月" not in each.as_printed
        if not (is_bare and each.due_on and begins and each.due_on.year < begins):
            yield each


def _first_year(head: Head) -> int | None:
    """The year in which a plan begins or was issued, whichever is the earlier."""
    known = [day.year for day in (head.period.start, head.issued_on) if day]
    return min(known, default=None)


def _printed_deadlines(tree: Tree, years: Years) -> Iterator[Deadline]:
    for node in tree.walk():
        if section_of(node) is Section.BACKGROUND:
            continue
        for line in node.own:
            yield from deadlines_in(node.id, line, years)
        for cell in time_cells(node.rows):
            part = cell.as_line
            if part.text and not any(deadlines_in(node.id, part, years)):
                yield from cell_deadlines(node.id, part, years)


def _year_in(title: str | None) -> int | None:
    """The year that a title names alone: 2025年重点民生实事."""
    years = re.findall(r"(20\d\d)年", title or "")
    return (
        int(years[0]) if len(years) == 1 and not re.search(r"[-—至]20\d\d", title or "") else None
    )


def _targets(tree: Tree, head: Head) -> Iterator[Target]:
    begins = _first_year(head)
    for node in tree.walk():
        is_background = section_of(node) is Section.BACKGROUND
        found: list[Target] = []
        for line in node.own:
            if "\t" not in line.text:
                found.extend(targets_in(node.id, line, Past(begins, is_all=is_background)))
        yield from _once(node, found)
        rows = list(shared_rows(node.rows))
        for row in rows:
            for cell in (row.work, *row.others):
                yield from targets_in(node.id, cell.as_line)
        if not rows:
            yield from table_targets(node, begins)


def _once(node: Node, found: list[Target]) -> Iterator[Target]:
    """A count that a title tells ahead of its clause is told once."""
    title = node.number.length + len(node.title)
    is_apart = node.head.text[title : title + 1] == "。"
    for place, each in enumerate(found):
        in_title = is_apart and each.span.end <= node.head.at[title] and each.unit != "%"
        if not in_title or (each.value, each.unit) not in [
            (o.value, o.unit) for o in found[place + 1 :]
        ]:
            yield each
