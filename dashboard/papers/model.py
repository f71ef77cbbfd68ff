"""What a document says, whatever file it becomes; frozen papers are kept as JSON of it.

A paper holds no date of making, no account and no file format: the same books and the same words
give the same paper, and the same paper gives the same bytes.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter


class Shape(StrEnum):
    """The layout of a paper (GB/T 9704 and what offices use beside it)."""

    OFFICIAL = "official"
    """公文: issuer's name on top, number, title, addressee, body, signature, 版记."""
    LETTER = "letter"
    """信函格式: 提醒函 and the like."""
    MINUTES = "minutes"
    """纪要: of a meeting."""
    FORM = "form"
    """A table or a form of the office's own, without the elements of an official document."""


@dataclass(frozen=True)
class Words:
    """A run of text; `fact` names the figure that it states, so that it can be traced."""

    text: str
    fact: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; `place` is its name in the wording, under which it is edited."""

    runs: tuple[Words, ...]
    place: str | None = None
    kind: Literal["paragraph"] = "paragraph"

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Heading:
    """A heading with its number already in the text; `level` 1 is 一、, 2 （一）, 3 1., 4 （1）."""

    text: str
    level: int = 1
    place: str | None = None
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Column:
    """A column of a table; `share` is its part of the width among all columns'."""

    head: str
    share: float = 1.0
    is_figure: bool = False


@dataclass(frozen=True)
class Grid:
    """A table of words; cells may hold line breaks. Its heads are repeated on each page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str | None = None
    empty: str = "无"
    kind: Literal["grid"] = "grid"


Block = Annotated[Paragraph | Heading | Grid, Field(discriminator="kind")]


@dataclass(frozen=True)
class Annex:
    """附件: begins on a page of its own; wide tables lie across (`is_wide`)."""

    title: str
    blocks: tuple[Block, ...]
    is_wide: bool = False


@dataclass(frozen=True)
class Fact:
    """A figure that the paper states: its name, its value as written, and where its rows are."""

    key: str
    label: str
    text: str
    address: str | None = None


@dataclass(frozen=True)
class Paper:
    """A document. What does not apply is None; a 文号 is never made up (【待编号】).

    `register` is the 登记序号 in words (“第9期”), `issuer` 制发名义, `to` 主送机关, `signed` the
    signature under the body, `copied` 抄送机关 and `printed_by` 印发机关 of the 版记, `note` a line
    under the signature. `is_draft` marks a 代拟稿, `is_practice` practice data.
    """

    shape: Shape
    title: str
    blocks: tuple[Block, ...]
    issuer: str | None = None
    number: str | None = None
    register: str | None = None
    to: str | None = None
    annexes: tuple[Annex, ...] = ()
    signed: str | None = None
    dated: date | None = None
    copied: str | None = None
    printed_by: str | None = None
    note: str | None = None
    is_wide: bool = False
    is_draft: bool = False
    is_practice: bool = False
    facts: tuple[Fact, ...] = ()


TO_BE_NUMBERED = "【待编号】"
"""What stands where the office that issues puts its 文号."""
_PAPER = TypeAdapter(Paper)


def frozen(paper: Paper) -> str:
    """The paper as JSON, the same for the same paper."""
    return _PAPER.dump_json(paper).decode()


def thawed(content: str) -> Paper:
    """A frozen paper. Raises ValueError where the text is none."""
    return _PAPER.validate_json(content)


def seal_of(content: str) -> str:
    """The SHA-256 of frozen content, as the books keep it."""
    return hashlib.sha256(content.encode()).hexdigest()
