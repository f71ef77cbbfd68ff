"""Targets of a clause: counts, shares, shared and distributed values, what each speaks of.

What is counted already, conditions in brackets, numbers of documents and names made of numbers
are none. Where several things share a value each is a target of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.policy.cleaning import Line
from dashboard.policy.dates import PLAN_ENDS
from dashboard.policy.findings import Problem, Target
from dashboard.policy.meaning import AFTER_MORE, comparator_of, default_of, is_baseline, is_meant
from dashboard.policy.quantities import Found, Segment, quantities, row_from, segment_of
from dashboard.policy.subjects import per_of, scope_of, subjects_of, what_of
from dashboard.policy.target_forms import AT_LEAST, AT_MOST, REACHING


@dataclass(frozen=True)
class Past:
    """What of a clause tells how it was: all of it, or what is said of years before `until`."""

    until: int | None = None
    is_all: bool = False

    def holds(self, sentence: str) -> bool:
        """Whether a sentence tells the past: 2022年，全县…, “十三五”期间，…"""
        told = re.match(r"(?:截至|到)?(20\d\d)年(?:底|末)?，", sentence)
        plan = re.match(r"“(十[二三四五])五”(?:期间|时期)，", sentence)
        ended = int(told[1]) if told else PLAN_ENDS[plan[1]] if plan else None
        return self.is_all or (None not in (ended, self.until) and (ended or 0) < (self.until or 0))


def targets_in(clause: str, line: Line, past: Past = Past()) -> Iterator[Target]:
    """The targets and baselines of one paragraph, in the order of the text."""
    found = sorted(quantities(line.text), key=lambda each: each.start)
    used: set[int] = set()
    for place in range(len(found)):
        if place in used:
            continue
        row = row_from(line.text, found, place)
        used.update(range(place, place + len(row)))
        after = found[place - 1].end if place else 0
        yield from _of_row(clause, line, row, after, past)


def _of_row(
    clause: str, line: Line, row: Sequence[Found], after: int, past: Past
) -> Iterator[Target]:
    segment = segment_of(line, row[0], after)
    made = [_target(clause, segment, each, row) for each in row]
    kept = [each for each in made if each is not None]
    if not kept:
        return
    was = past.holds(segment.so_far(row[0].start)) or is_baseline(segment, row[0])
    kind = "baseline" if was else "target"
    kept = [replace(each, kind=kind) for each in kept]
    whats = subjects_of(segment, row[0])
    years = _years_of(segment) if len(row) > 1 and "分别" in segment.before(row[0].start) else []
    if len(years) == len(row) == len(kept):
        yield from (replace(each, per=year) for each, year in zip(kept, years, strict=True))
    elif len(row) > 1 and len(whats) == len(row):
        yield from (replace(each, what=what) for each, what in zip(kept, whats, strict=False))
    elif len(row) == 1 and len(whats) > 1:
        yield from (replace(kept[0], what=what) for what in whats)
    else:
        yield from kept


_YEARS = re.compile(
    r"20\d\d年(?:\d{1,2}月)?(?:底前?|末)?(?:[、和]20\d\d年(?:\d{1,2}月)?(?:底前?|末)?)+"
)


def _years_of(segment: Segment) -> list[str]:
    """The years of which a row of values is told: 到2023年、2024年、2025年，…分别达到…"""
    told = _YEARS.findall(segment.so_far(segment.end))
    return re.split("[、和]", told[-1]) if told else []


def _target(clause: str, segment: Segment, found: Found, row: Sequence[Found]) -> Target | None:
    comparator = comparator_of(segment, found)
    if not is_meant(segment, found, comparator):
        return None
    printed_end = found.end + _more(segment.after(found.end))
    start = _printed_start(segment, found)
    return Target(
        clause=clause,
        what=what_of(segment, found, printed_end, row),
        comparator=comparator or default_of(found),
        value=found.value,
        unit=found.unit,
        span=segment.line.span(start, printed_end),
        as_printed=segment.line.text[start:printed_end],
        scope=scope_of(segment, found),
        per=per_of(segment, found),
        value_high=found.high,
    )


def _more(after: str) -> int:
    found = AFTER_MORE.match(after)
    return found.end() if found else 0


def _printed_start(segment: Segment, found: Found) -> int:
    """Where the printed quantity begins: with its comparator, where that stands right before."""
    before = segment.before(found.start)
    right_before = re.search(rf"(?:{AT_LEAST}|{AT_MOST}|{REACHING})$", before)
    return found.start - (len(right_before.group()) if right_before else 0)


def row_problems(line: Line) -> Iterator[Problem]:
    """Where 分别 names so many things and so many values, and the numbers do not agree."""
    found = sorted(quantities(line.text), key=lambda each: each.start)
    place = 0
    while place < len(found):
        row = row_from(line.text, found, place)
        segment = segment_of(line, row[0])
        whats = subjects_of(segment, row[0])
        is_apart = "分别" in segment.before(row[0].start)[-8:]
        if is_apart and len(row) > 1 and whats and len(whats) != len(row):
            told = f"“分别”之前列了{len(whats)}项，之后列了{len(row)}个数值"
            message = f"{told}，无法一一对应，请核对原文。"
            yield Problem("values-unequal", message, line.span(segment.start, row[-1].end))
        place += len(row)
