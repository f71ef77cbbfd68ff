"""The clauses that oblige somebody to something, each with the stretch of text that says so."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.policy.brackets import Bracket, Share, brackets_in, labelled
from dashboard.policy.clauses import Node, Tree, title_of
from dashboard.policy.cleaning import Line
from dashboard.policy.findings import Span, Task
from dashboard.policy.numbering import Rank
from dashboard.policy.patterns import Pattern
from dashboard.policy.roles import LABEL
from dashboard.policy.sections import GOAL, Section, section_of
from dashboard.policy.table_duties import SharedRow, shared_rows
from dashboard.policy.units import looks_like_a_unit

_ENOUGH = 80
_SHORTEST = 16
"""An unnumbered paragraph of fewer characters is a heading or a caption, and no task."""


@dataclass(frozen=True)
class Stated:
    """Who is responsible as one bracket or one row of labels says it, with its place."""

    line: Line
    start: int
    end: int
    shares: tuple[Share, ...]

    @property
    def span(self) -> Span:
        return self.line.span(self.start, self.end)


@dataclass(frozen=True)
class Obliging:
    """A task with the clause and the paragraphs that it is read from, and who is responsible."""

    task: Task
    node: Node
    lines: tuple[Line, ...]
    stated: tuple[Stated, ...]


def stated_in(line: Line) -> tuple[Stated, ...]:
    """What brackets, and labels outside of them, say in a paragraph."""
    found = brackets_in(line)
    stated = [Stated(line, each.start, each.end, each.shares) for each in found]
    return tuple(sorted((*stated, *_labels(line, found)), key=lambda each: each.start))


def _labels(line: Line, brackets: tuple[Bracket, ...]) -> Iterator[Stated]:
    inside = {place for one in brackets for place in range(one.start, one.end)}
    first = next((each for each in LABEL.finditer(line.text) if each.start() not in inside), None)
    if first is None or "\t" in line.text:
        return
    shares = tuple(labelled(line.text, first.start(), len(line.text)))
    named = [each for each in shares if looks_like_a_unit(each.unit.name)]
    if named:
        yield Stated(line, first.start(), max(each.unit.end for each in shares), tuple(shares))


def obliging(tree: Tree) -> tuple[Obliging, ...]:
    """Every task, in the order of the text."""
    return tuple(each for node in tree.walk() for each in _of(node))


def _of(node: Node) -> Iterator[Obliging]:
    rows = list(shared_rows(node.rows))
    stated = [each for line in node.own for each in stated_in(line)]
    if rows:
        yield from (_of_row(node, number, row) for number, row in enumerate(rows, start=1))
    elif len(stated) > 1 and all(_is_bracket(each) for each in stated):
        yield from _one_each(node, stated)
    elif stated:
        yield _whole(node, tuple(stated))
    else:
        yield from _unstated(node)


FORMAL = Pattern(
    "what a document says of itself",
    r"制定本(?:细则|办法|方案|规定|制度)|自(?:印发|发布|公布)之日起(?:施行|实施|执行|生效)|有效期(?:至|为|[\d一二三四五]年)|负责解释",
    ("制定本细则", "自印发之日起施行", "有效期3年", "负责解释"),
    ("自2024年起实施", "制定方案"),
)


def _unstated(node: Node) -> Iterator[Obliging]:
    """What a clause obliges to where nothing says who is responsible."""
    section = section_of(node)
    if FORMAL.regex.search(node.head.text) and len(node.own) == 1:
        return
    if section in (Section.BACKGROUND, Section.ANNEX):
        return
    if node.children:
        is_told = len(node.own) > 1 or "。" in node.body.text.rstrip("。")
        has_box = any(child.rank is Rank.BOX for child in node.children)
        if has_box and is_told and section is Section.WORK:
            yield _whole(node, ())
    elif _is_list_of_paragraphs(node):
        yield from _by_paragraph(node)
    elif section is Section.WORK or _is_numbered_goal(node):
        yield _whole(node, ())


def _of_row(node: Node, number: int, row: SharedRow) -> Obliging:
    """A row of a table that shares work out is a task."""
    first, last = row.shares[0].unit, row.shares[-1].unit
    stated = Stated(row.line, first.start, last.end, row.shares)
    title = title_of(row.work.text)
    task = Task(f"{node.id}-{number}", node.id, title, row.line.whole)
    return Obliging(task, node, (row.line,), (stated,))


def _is_bracket(stated: Stated) -> bool:
    text, start = stated.line.text, stated.start
    return text[start] in "（〔【" and LABEL.match(text, start) is None


def _is_numbered_goal(node: Node) -> bool:
    """Whether a clause is one goal of several, and no heading over goals."""
    is_heading = GOAL.regex.fullmatch(node.title) is not None
    return node.parent is not None and len(node.parent.children) > 1 and not is_heading


def _whole(node: Node, stated: tuple[Stated, ...]) -> Obliging:
    lines = node.own or (node.head,)
    span = Span(node.head.whole.start, lines[-1].whole.end)
    return Obliging(Task(node.id, node.id, node.title, span), node, lines, stated)


def _one_each(node: Node, stated: list[Stated]) -> Iterator[Obliging]:
    """A clause with several brackets holds a task before each of them."""
    lines, start = list(node.own), node.head.whole.start
    places = [place for line in lines for place in line.at]
    for number, each in enumerate(stated, start=1):
        end = max(start, each.span.end)
        mine = tuple(line for line in lines if line.whole.end > start and line.whole.start < end)
        title = node.title if number == 1 else title_of(_after(mine, start))
        yield Obliging(
            Task(f"{node.id}-{number}", node.id, title, Span(start, end)), node, mine, (each,)
        )
        start = next(iter(places[bisect_left(places, end) :][:1]), end)


def _after(lines: tuple[Line, ...], start: int) -> str:
    """What the paragraphs say from a place on, as far as a title may need it."""
    said = ""
    for line in lines:
        first = bisect_left(line.at, start)
        said += line.text[first : first + _ENOUGH]
        if len(said) >= _ENOUGH:
            break
    return said


def _is_list_of_paragraphs(node: Node) -> bool:
    """Whether a main clause goes on in paragraphs without numbers, each a matter of its own."""
    is_main = node.rank <= Rank.FIRST or (
        node.rank is Rank.SECOND and not node.body.text.count("。")
    )
    return is_main and section_of(node) is Section.WORK and len(_long(node)) > 1


def _long(node: Node) -> list[Line]:
    return [line for line in node.paragraphs if len(line.text) >= _SHORTEST and "。" in line.text]


def _by_paragraph(node: Node) -> Iterator[Obliging]:
    for number, line in enumerate(_long(node), start=1):
        task = Task(f"{node.id}-{number}", node.id, title_of(line.text), line.whole)
        yield Obliging(task, node, (line,), ())
