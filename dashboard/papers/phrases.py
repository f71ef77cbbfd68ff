"""Wording templates (文书用语): sentences with {names} that are filled from figures.

Shipped phrases stand in `data/phrases.toml`; the office's own take their place, key by key. A
name in braces stands for one fact: a number is written by the rules and never typed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.papers.model import Fact, Words

_NAME = re.compile(r"\{([^{}]*)\}")
_TYPED = re.compile(r"\d+(?:\.\d+)?")


class PhraseError(ValueError):
    """A phrase that cannot be filled; the message says in Chinese what is wrong and the cure."""


@dataclass(frozen=True)
class Shipped:
    """A phrase as shipped: what it is for and which names it may use."""

    key: str
    title: str
    text: str
    names: tuple[str, ...] = ()


def phrases_in_force(books: Books, shipped: Mapping[str, Shipped]) -> dict[str, str]:
    """The text of every phrase: the office's own, else the shipped one."""
    own = {each.key: each.text for each in books.all(r.Phrase)}
    return {key: own.get(key, each.text) for key, each in shipped.items()}


def names_in(text: str) -> tuple[str, ...]:
    """The names that a phrase uses, in order, each once."""
    return tuple(dict.fromkeys(_NAME.findall(text)))


def refuse_unknown(text: str, known: Iterable[str]) -> None:
    """Raise PhraseError where a phrase uses a name that is not known, or an open brace."""
    allowed = tuple(known)
    if unknown := [name for name in names_in(text) if name not in allowed]:
        have = "、".join(f"{{{name}}}" for name in allowed) or "无"
        raise PhraseError(f"没有“{{{unknown[0]}}}”这个数据项，可用的有：{have}")
    if set("{}") & set(_NAME.sub("", text)):
        raise PhraseError("大括号应成对使用，只用来写数据项，如“{滞后项数}”")


def filled(text: str, facts: Mapping[str, Fact]) -> tuple[Words, ...]:
    """A phrase with its names filled, run by run. Raises PhraseError for an unknown name."""
    refuse_unknown(text, facts)
    runs: list[Words] = []
    for place, part in enumerate(_NAME.split(text)):
        if place % 2:
            runs.append(Words(facts[part].text, facts[part].key))
        elif part:
            runs.append(Words(part))
    return tuple(runs)


def typed_numbers(text: str) -> tuple[str, ...]:
    """Numbers typed into a phrase, which no figure keeps true."""
    return tuple(dict.fromkeys(_TYPED.findall(_NAME.sub("", text))))
