"""Measures and duties in words: pages and papers say them alike."""

from collections.abc import Sequence

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Force
from dashboard.rules.targets import target_words


def measure_words(books: Books, measure: r.Measure) -> str:
    """A measure with its targets in words, and 鼓励 where it only encourages."""
    found = [each for each in books.by(r.Indicator, "measure")[measure.code] if not each.part_of]
    if len(found) == 1:
        amount = wording.number(found[0].value, found[0].unit)
        targets = "" if amount in measure.title else f"（{target_words(found[0])}）"
    else:
        named = [f"{each.name}{target_words(each)}" for each in found]
        targets = f"（{'、'.join(named)}）" if named else ""
    encouraged = "（鼓励）" if measure.force is Force.ENCOURAGED else ""
    return f"{measure.title}{targets}{encouraged}"


def names_of(books: Books, duties: Sequence[r.Responsibility]) -> str:
    """Units by name, in the order printed, with the 等 that is printed."""
    names = list(dict.fromkeys(books.get(r.Unit, each.unit).name for each in duties))
    open_ended = "等" if any(each.is_open_ended for each in duties) else ""
    return f"{wording.join_names(names)}{open_ended}"
