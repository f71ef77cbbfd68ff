"""A bulletin's places, groups and sections: each sentence with its facts and what was settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.papers.model import Fact, Words
from dashboard.papers.phrases import PhraseError, filled


class Asks(Enum):
    """Whether a place stands by itself, waits for a yes or no, or stands only where picked."""

    NOTHING = "nothing"
    WORD = "word"
    PICK = "pick"


@dataclass(frozen=True)
class Place:
    """One sentence or heading of the bulletin. `is_inline` places stand in another's sentence."""

    place: str
    template: str
    facts: Mapping[str, Fact]
    own: r.Passage | None = None
    asks: Asks = Asks.NOTHING
    is_inline: bool = False
    joins: bool = False
    """Whether it goes on in the paragraph of the place before it."""

    @cached_property
    def facts_by_key(self) -> Mapping[str, Fact]:
        """The facts as the runs name them."""
        return {fact.key: fact for fact in self.facts.values()}

    @property
    def wording(self) -> str:
        """The text in force, with its {names}."""
        return (self.own.text if self.own else None) or self.template

    @cached_property
    def runs(self) -> tuple[Words, ...]:
        """As it reads; wording that names what is no longer there gives way to the template."""
        try:
            return filled(self.wording, self.facts)
        except PhraseError:
            return filled(self.template, self.facts)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def is_undecided(self) -> bool:
        """Whether it names somebody and nobody has said yet whether it shall."""
        return self.asks is Asks.WORD and self.own is None

    @property
    def is_in(self) -> bool:
        """Whether it stands in the bulletin as far as is settled."""
        if self.own is None:
            return self.asks is not Asks.PICK
        return not self.own.is_left_out

    @property
    def moved_from(self) -> str | None:
        """How it read when the office settled it, where figures have moved since."""
        seen = self.own.seen if self.own else None
        return seen if seen is not None and seen != self.text else None


@dataclass(frozen=True)
class Group:
    """Places under one heading of the second level, or under none; `items` are numbered 1. 2. 3."""

    places: tuple[Place, ...]
    heading: Place | None = None
    items: tuple[Place, ...] = ()

    @property
    def is_in(self) -> bool:
        """Whether anything of it is to be read; inline places need the sentence they stand in."""
        standing = (each for each in self.places if not each.is_inline)
        return any(each.is_in for each in (*standing, *self.items))


@dataclass(frozen=True)
class Section:
    """A part of the bulletin under a heading of the first level; the opening has none."""

    key: str
    groups: tuple[Group, ...]
    heading: Place | None = None

    @property
    def is_in(self) -> bool:
        return any(group.is_in for group in self.groups)

    @property
    def places(self) -> tuple[Place, ...]:
        """Everything in it, headings too, in order of reading."""
        found = [self.heading] if self.heading else []
        for group in self.groups:
            found += [group.heading] if group.heading else []
            found += [*group.places, *group.items]
        return tuple(found)


@dataclass(frozen=True)
class Outline:
    """All sections of a month's bulletin with every fact they may state."""

    title: Place
    sections: tuple[Section, ...]
    facts: Mapping[str, Fact]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return (self.title, *(each for section in self.sections for each in section.places))

    @property
    def undecided(self) -> tuple[Place, ...]:
        """The namings that wait for a word."""
        return tuple(each for each in self.places if each.is_undecided)

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The numbers 一、（一） and 1. of headings and items that stand, by their place."""
        found = {}
        sections = [each for each in self.sections if each.heading and each.is_in]
        for first, section in enumerate(sections, 1):
            found[_name(section.heading)] = f"{wording.numeral(first)}、"
            headed = [each for each in section.groups if each.is_in and _stands(each.heading)]
            for second, group in enumerate(headed, 1):
                found[_name(group.heading)] = f"（{wording.numeral(second)}）"
            for group in section.groups:
                items = [each.place for each in group.items if each.is_in]
                found |= {place: f"{third}." for third, place in enumerate(items, 1)}
        return found

    def find(self, place: str) -> Place | None:
        """The place of this name, if the month has it."""
        return next((each for each in self.places if each.place == place), None)


def _stands(heading: Place | None) -> bool:
    return heading is not None and heading.is_in


def _name(heading: Place | None) -> str:
    return heading.place if heading else ""
