"""Paragraphs to the tree of clauses, with what is no clause (head, annex list, tail) set apart."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dashboard.policy.cleaning import Line
from dashboard.policy.findings import Problem, Span
from dashboard.policy.numbering import BEGINS, Number, Rank, number_at, written

_LONGEST_TITLE = 40
SIGNED_ON = re.compile(
    r"20\d\d年\d{1,2}月\d{1,2}日|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
"""A line that is a date and nothing else."""
SIGNER = re.compile(r"[^，。：；、\d]{2,40}[府室会委局厅部组处会院心班]")
"""A line that may name who signs."""
_ANNEX_LIST = re.compile(r"附(?:件|表|录)[：:]\s*\S")
_TAIL = re.compile(
    r"(?:主送|抄送|抄报|报送|分送|印送|发送)[：:]|联系(?:人|电话|单位|方式)[：:]|.{0,40}\d{4}年\d{1,2}月\d{1,2}日印发$|（此件.{0,8}）$"
)


@dataclass
class Node:
    """A numbered place while the tree grows: its own paragraphs, and the places below it.

    `head` is the line with the number, `title_end` where its title ends in it.
    """

    number: Number
    head: Line
    parent: "Node | None"
    is_guessed: bool = False
    paragraphs: list[Line] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    id: str = ""

    @property
    def rank(self) -> Rank:
        return self.number.rank

    @property
    def body(self) -> Line:
        """The line of the number without the number."""
        return self.head.part(self.number.length)

    @property
    def title(self) -> str:
        if self.rank is Rank.ANNEX and not self.body.text:
            return _annex_title(self.paragraphs)
        return title_of(self.body.text)

    @property
    def own(self) -> tuple[Line, ...]:
        """The paragraphs that are its own: the rest of its line, and what follows unnumbered."""
        first = (self.body,) if self.body.text else ()
        return (*first, *self.paragraphs)

    @property
    def rows(self) -> tuple[Line, ...]:
        """Its own paragraphs, under the head of a table that its titles cut into groups."""
        above = self.parent
        while above is not None and above.rank is not Rank.ANNEX and above.parent is not None:
            above = above.parent
        has_rows = any("\t" in line.text for line in self.own)
        heads = [line for line in above.own if "\t" in line.text] if above and has_rows else []
        first = next((n for n, line in enumerate(self.own) if "\t" in line.text), 0)
        return (*self.own[:first], *heads[:1], *self.own[first:])

    @property
    def path(self) -> tuple[str, ...]:
        above = self.parent.path if self.parent else ()
        return (*above, self.number.label)

    @property
    def span(self) -> Span:
        """From its number to the end of what stands below it."""
        ends = [line.whole.end for line in (self.head, *self.paragraphs)]
        ends += [child.span.end for child in self.children]
        return Span(self.head.whole.start, max(ends))

    @property
    def annex(self) -> "Node | None":
        """The annex that it stands in."""
        if self.rank is Rank.ANNEX:
            return self
        return self.parent.annex if self.parent else None

    def walk(self) -> Iterator["Node"]:
        """Itself and all below, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Tree:
    """A document's parts: `head` before the first number, `roots`, `tail` after the last word."""

    head: tuple[Line, ...]
    roots: tuple[Node, ...]
    tail: tuple[Line, ...]
    annex_list: tuple[Line, ...]
    problems: tuple[Problem, ...]

    def walk(self) -> Iterator[Node]:
        """Every numbered place, in the order of the text."""
        for root in self.roots:
            yield from root.walk()


def title_of(text: str) -> str:
    """The title at the head of a clause: its first sentence where that is short."""
    headed = re.match(
        r"[^：。，；（〔【]{2,40}(?=[（〔【][^：]{0,12}(?:单位|部门|领导|时限|时间)：)", text
    )
    if headed:
        return headed.group()
    label = re.match(r"[^：。，；]{2,30}(?=：)", text)
    if label:
        return label.group()
    sentence = re.match(r"[^。；]{1,40}(?=。)", text)
    if sentence:
        return sentence.group()
    if len(text) <= _LONGEST_TITLE:
        return text.rstrip("；。")
    return re.split(r"[。；，：]", text, maxsplit=1)[0][:_LONGEST_TITLE]


def _annex_title(paragraphs: Sequence[Line]) -> str:
    """The first line of an annex, where it is no sentence and no row."""
    first = paragraphs[0].text if paragraphs else ""
    return first if len(first) <= _LONGEST_TITLE and not re.search(r"[\t。；：]", first) else ""


def tree_of(lines: Sequence[Line]) -> Tree:
    """The clauses of a document's paragraphs."""
    grown = _Growth()
    for line in lines:
        grown.take(line)
    grown.sign_off()
    for node in (each for root in grown.roots for each in root.walk()):
        node.id = written_path(node.path)
    _tell_apart(grown.roots)
    problems = [*grown.problems, *_gaps(grown.roots)]
    return Tree(
        tuple(grown.head),
        tuple(grown.roots),
        tuple(grown.tail),
        tuple(grown.listed),
        tuple(problems),
    )


def written_path(path: Sequence[str]) -> str:
    """A place as officials cite it: 四（二）1, 附件2·一（一）, 第五章·三·专栏3·2."""
    made = ""
    for label in path:
        parted = made and (
            label.startswith("专栏") or made.endswith(("章", "节", "篇", "编", "分"))
        )
        annexed = re.search(r"附(?:件|表|录)\d*$", made) or re.search(r"专栏[^·]*$", made)
        made += f"·{label}" if parted or annexed else label
    return made


@dataclass
class _Growth:
    """The tree while it grows: the open places, from the widest to the narrowest."""

    head: list[Line] = field(default_factory=list)
    roots: list[Node] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    listed: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    open_: list[Node] = field(default_factory=list)

    def take(self, line: Line) -> None:
        """One paragraph more."""
        if _TAIL.match(line.text):
            self.tail.append(line)
            return
        if self._is_listed(line):
            self.listed.append(line)
            return
        number = number_at(line.text)
        if number is None and line.is_marked:
            number = self._guessed(line)
        if number is not None and self._may_open(number, line):
            self._open(number, line)
        elif self.open_:
            self.open_[-1].paragraphs.append(line)
        else:
            self.head.append(line)

    def _is_listed(self, line: Line) -> bool:
        """Whether a line belongs to the list of annexes under the text."""
        if _ANNEX_LIST.match(line.text) and number_at(line.text) is None:
            return True
        is_next = re.match(r"\d{1,2}[.、]", line.text) is not None and "。" not in line.text
        in_annex = bool(self.open_) and self.open_[0].rank is Rank.ANNEX
        return bool(self.listed) and is_next and not in_annex

    def _may_open(self, number: Number, line: Line) -> bool:
        """Numbers before the first heading belong to the head; a list of years is no clause."""
        if self.open_ or number.rank <= Rank.FIRST:
            return True
        # A text without 一、 may begin with （一） or 1.
        return number.value == 1 and len(line.text) > number.length

    def _open(self, number: Number, line: Line, *, is_guessed: bool = False) -> None:
        if number.rank is Rank.ANNEX:
            self.sign_off()
            self.open_.clear()
        while self.open_ and self.open_[-1].rank >= number.rank:
            self.open_.pop()
        parent = self.open_[-1] if self.open_ else None
        node = Node(number, line, parent, is_guessed)
        (parent.children if parent else self.roots).append(node)
        self.open_.append(node)

    def sign_off(self) -> None:
        """Who signs, and the date, under the text are no part of its last clause."""
        last = self.open_[-1].paragraphs if self.open_ else []
        if not last or not SIGNED_ON.fullmatch(last[-1].text.replace(" ", "")):
            return
        start = len(last) - 1
        while start and SIGNER.fullmatch(last[start - 1].text):
            start -= 1
        self.tail.extend(last[start:])
        del last[start:]

    def _guessed(self, line: Line) -> Number | None:
        """A bookmark stands where a number was lost: the next one of its row."""
        if not self.open_ or BEGINS.match(line.text):
            return None
        last = self.open_[-1].number
        if last.value is None or last.rank is Rank.ANNEX:
            return None
        value = last.value + 1
        label = written(last.rank, value)
        message = f"“{line.text[:15]}…”前的编号缺失，按前后顺序暂记为“{label}”，请核对。"
        self.problems.append(
            Problem("number-missing", message, line.span(0, min(15, len(line.text))))
        )
        return Number(last.rank, value, label, 0)


def _tell_apart(roots: Sequence[Node]) -> None:
    """Places cited alike are told apart by a running number: 附件·二#2."""
    seen: Counter[str] = Counter()
    for node in (each for root in roots for each in root.walk()):
        seen[node.id] += 1
        if seen[node.id] > 1:
            node.id = f"{node.id}#{seen[node.id]}"


def _gaps(roots: Sequence[Node]) -> Iterator[Problem]:
    """Where a row of numbers leaves one out."""
    rows = [list(roots), *(node.children for root in roots for node in root.walk())]
    for row in rows:
        for rank in Rank:
            yield from _gaps_in([node for node in row if node.rank is rank])


def _gaps_in(row: Sequence[Node]) -> Iterator[Problem]:
    for before, after in pairwise(row):
        was, now = before.number.value, after.number.value
        if was is None or now is None or now in (was + 1, 1):
            continue
        span = after.head.span(0, max(1, after.number.length))
        both = f"“{before.number.label}”之后是“{after.number.label}”"
        if now > was + 1:
            told = f"{both}，中间的编号没有找到，请核对原文。"
            yield Problem("number-gap", told, span)
        else:
            yield Problem("number-order", f"{both}，编号重复或倒序，请核对原文。", span)
