"""The same words or the same file brought twice to close two things: told to whoever checks."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from dashboard.ledgers.closings import ClosingAsked

_ALIKE = 0.9
"""Two texts of this share of common signs were copied and touched up."""
_SHORTEST = 12
"""Shorter texts are alike by chance; only the same ones are told."""


@dataclass(frozen=True)
class Reuse:
    """What another asking for closing has in common; `files` are names as brought here."""

    other: ClosingAsked
    is_same_text: bool
    is_alike: bool
    files: tuple[str, ...]


def reuses(own: ClosingAsked, every: Iterable[ClosingAsked]) -> tuple[Reuse, ...]:
    """Askings for other things that said the same, nearly the same, or brought the same file.

    What was asked before for the same problem or item is no reuse.
    """
    return tuple(_found(own, every))


def _found(own: ClosingAsked, every: Iterable[ClosingAsked]) -> Iterator[Reuse]:
    said = plain(own.text)
    for other in every:
        if (other.is_problem, other.subject) == (own.is_problem, own.subject):
            continue
        theirs = plain(other.text)
        is_same = bool(said) and said == theirs
        is_alike = not is_same and _is_alike(said, theirs)
        files = tuple(name for sha256, name in own.files.items() if sha256 in other.files)
        if is_same or is_alike or files:
            yield Reuse(other, is_same, is_alike, files)


def plain(text: str | None) -> str:
    """A text as it is compared: letters and figures alone, of one width and case."""
    signs = unicodedata.normalize("NFKC", text or "").casefold()
    return "".join(sign for sign in signs if unicodedata.category(sign)[0] in "LMN")


def _is_alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST:
        return False
    match = SequenceMatcher(None, one, other, autojunk=False)
    cheap = min(match.real_quick_ratio(), match.quick_ratio())
    return cheap >= _ALIKE and match.ratio() >= _ALIKE
