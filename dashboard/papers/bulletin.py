"""The 月通报 as a paper: from a month in hand, the phrases and what the office settled.

总体进展 → 主要做法 → 存在问题 → 下步要求 → annexes (structure: 月通报 of counties as published).
Nothing is praised: 主要做法 stands only where the office picked what a unit had filed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dashboard.ledgers.books import Books
from dashboard.papers.facts import facts_of
from dashboard.papers.model import (
    TO_BE_NUMBERED,
    Annex,
    Block,
    Fact,
    Heading,
    Paper,
    Paragraph,
    Shape,
    Words,
)
from dashboard.papers.month import MonthInHand
from dashboard.papers.month_tables import (
    behind_annex,
    in_time_annex,
    problems_annex,
    tasks_annex,
    towns_annex,
)
from dashboard.papers.outline import KIND, Correction, outline
from dashboard.papers.phrases import phrases_in_force
from dashboard.papers.places import Group, Outline, Place
from dashboard.papers.shipped import shipped_phrases
from dashboard.rules.calendar import shanghai_day, working_days_on
from dashboard.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Head:
    """Whose name the bulletin bears, whom it addresses and of which day it is.

    `with_pace` adds the lists 慢序时 and 按序时.
    """

    issuer: str
    to: str
    copied: str | None = None
    issued_on: date | None = None
    with_pace: bool = False


def usual_head(settings: Settings, issued_on: date | None = None) -> Head:
    """What the settings say."""
    given = settings.papers
    return Head(
        issuer=given.issuers[0],
        to=given.addressee,
        copied=given.copied_to or None,
        issued_on=issued_on,
    )


def outline_of(
    month: MonthInHand,
    present: Books,
    settings: Settings,
    issued_on: date | None = None,
    correction: Correction | None = None,
) -> Outline:
    """The places of a month's bulletin as the editor shows them."""
    shipped = shipped_phrases(settings.phrases_folder)
    day = issued_on or shanghai_day(present.as_of)
    answer_on = working_days_on(day, settings.supervision.answer_working_days)
    facts = facts_of(month, present, settings, answer_on)
    return outline(month, present, phrases_in_force(present, shipped), facts, correction)


def draft(
    month: MonthInHand,
    present: Books,
    settings: Settings,
    head: Head | None = None,
    correction: Correction | None = None,
) -> Paper:
    """The month's bulletin as it stands: `present` are the books with the office's passages.

    What names somebody and was not left out stands in it, confirmed or not: issuing asks.
    """
    head = head or usual_head(settings)
    plan = outline_of(month, present, settings, head.issued_on, correction)
    blocks = tuple(_blocks(plan))
    return Paper(
        shape=Shape.OFFICIAL,
        title=plan.title.text,
        blocks=blocks,
        issuer=head.issuer,
        number=TO_BE_NUMBERED,
        to=head.to,
        annexes=_annexes(month, present, settings, head),
        signed=head.issuer,
        dated=head.issued_on,
        copied=head.copied,
        printed_by=settings.papers.printed_by,
        is_draft=head.issuer not in (settings.office.name, month.now.books.plan.office),
        is_practice=present.has_practice,
        facts=tuple(_stated(plan, blocks)),
    )


def _blocks(plan: Outline) -> Iterator[Block]:
    for section in plan.sections:
        if section.is_in:
            yield from _heading(plan, section.heading, 1)
            for group in section.groups:
                yield from _group(plan, group)


def _group(plan: Outline, group: Group) -> Iterator[Block]:
    if group.is_in:
        yield from _heading(plan, group.heading, 2)
        yield from _paragraphs(plan, group)


def _heading(plan: Outline, place: Place | None, level: int) -> Iterator[Heading]:
    if place is not None and place.is_in:
        yield Heading(f"{plan.numbers[place.place]}{place.text}", level, place.place)


def _paragraphs(plan: Outline, group: Group) -> Iterator[Paragraph]:
    items = [each for each in group.items if each.is_in]
    found: list[Paragraph] = []
    for place in group.places:
        if place.is_inline or not place.is_in:
            continue
        if found and place.joins:
            found[-1] = replace(found[-1], runs=(*found[-1].runs, *place.runs))
        else:
            found.append(Paragraph(place.runs, place.place))
    yield from found if items else (_ended(each) for each in found)
    for place in items:
        yield Paragraph((Words(plan.numbers[place.place]), *place.runs), place.place)


def _ended(paragraph: Paragraph) -> Paragraph:
    """With a full stop for the colon, where nothing follows that it would announce."""
    *runs, last = paragraph.runs
    if not last.text.endswith("："):
        return paragraph
    return replace(paragraph, runs=(*runs, replace(last, text=f"{last.text[:-1]}。")))


def _stated(plan: Outline, blocks: tuple[Block, ...]) -> Iterator[Fact]:
    """The facts that the text states, each once, in order."""
    known = {fact.key: fact for place in plan.places for fact in place.facts.values()}
    runs = (run for block in blocks if isinstance(block, Paragraph) for run in block.runs)
    for key in dict.fromkeys(run.fact for run in runs if run.fact):
        yield known[key]


def _annexes(
    month: MonthInHand, present: Books, settings: Settings, head: Head
) -> tuple[Annex, ...]:
    phrases = phrases_in_force(present, shipped_phrases(settings.phrases_folder))
    found = [
        tasks_annex(month, settings, _title(phrases, "annex_tasks")),
        towns_annex(month, _title(phrases, "annex_towns")),
        problems_annex(month, _title(phrases, "annex_problems")),
    ]
    if head.with_pace:
        found.append(behind_annex(month, settings, _title(phrases, "annex_behind")))
        found.append(in_time_annex(month, settings, _title(phrases, "annex_in_time")))
    return tuple(found)


def _title(phrases: Mapping[str, str], name: str) -> str:
    return phrases[f"{KIND}.{name}"]
