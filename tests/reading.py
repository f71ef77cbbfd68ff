"""How well plans are read: recall and precision on the five, by what is found.

`python -m tests.reading` prints them; tests/policy/test_five_plans.py holds them.
The truth holds places, numbers, dates and units, each checked by eye against the text and the
counts of its grammar, and no sentence.
"""

import os
import sys
import tomllib
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click

from dashboard.policy.findings import Reading
from dashboard.policy.reading import read
from dashboard.policy.source import decoded

_CHECKOUT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("GUATU_PLANS") or _CHECKOUT.parent / "shared" / "plans")
TRUTHS = Path(__file__).parent / "policy" / "truth"
PLANS = tuple(sorted(path.stem for path in TRUTHS.glob("*.toml")))


@dataclass(frozen=True)
class Measure:
    """Of one plan and kind: how many there are, how many were found, how many of those rightly."""

    plan: str
    kind: str
    wanted: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0


@cache
def truth(plan: str) -> dict[str, Any]:
    """What stands in a plan, as a person checked it."""
    return tomllib.loads((TRUTHS / f"{plan}.toml").read_text(encoding="utf-8"))


@cache
def reading(plan: str) -> Reading:
    """What the reader finds in a plan."""
    return read(decoded((FOLDER / f"{plan}.txt").read_bytes()))


def found_in(found: Reading) -> dict[str, list[Hashable]]:
    """What was found, in the terms of the truth."""
    return {
        "tasks": [each.id for each in found.tasks],
        "duties": [(e.clause, e.role.value, e.unit, e.span.start) for e in found.duties],
        "deadlines": [
            (e.clause, e.recurrence.value, str(e.due_on or ""), e.span.start)
            for e in found.deadlines
        ],
        "targets": [
            (e.clause, e.comparator, e.value, e.unit, e.per or "", e.span.end)
            for e in found.targets
            if e.kind == "target"
        ],
    }


def measures(plan: str) -> Iterator[Measure]:
    """Recall and precision of a plan, kind by kind."""
    for kind, rows in found_in(reading(plan)).items():
        wanted = Counter(_as_keys(truth(plan)[kind]))
        found = Counter(rows)
        right = sum((wanted & found).values())
        yield Measure(plan, kind, wanted.total(), found.total(), right)


def _as_keys(rows: Iterable[Any]) -> Iterator[Hashable]:
    for row in rows:
        yield tuple(row) if isinstance(row, list) else row


def main() -> None:
    """Print the measures of all plans."""
    if not FOLDER.is_dir():
        sys.exit(f"{FOLDER} is missing: set GUATU_PLANS to the folder of the five plans")
    click.echo(f"{'plan':<16}{'kind':<12}{'there':>6}{'found':>6}{'recall':>8}{'precision':>11}")
    for plan in PLANS:
        for each in measures(plan):
            counts = f"{each.wanted:>6}{each.found:>6}"
            click.echo(
                f"{plan:<16}{each.kind:<12}{counts}{each.recall:>8.0%}{each.precision:>11.0%}"
            )


if __name__ == "__main__":
    main()
