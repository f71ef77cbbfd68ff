"""Every pattern finds its examples whole and nothing in its counter-examples."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

from dashboard import policy
from dashboard.policy import roles
from dashboard.policy.numbering import FORMS
from dashboard.policy.patterns import Pattern

WHOLE = (
    *("a body's name", "a collective", "a document's number", "a plan's title"),
    *("a title over what obliges nobody", "a title over goals"),
)
"""Patterns that speak of a whole name, not of a place in a text."""
GOES_ON = ("annex with its title", "a member's post", *(form.name for _, form in FORMS))
"""Patterns whose examples go on behind what they find."""


def _patterns() -> Iterator[Pattern]:
    for found in pkgutil.iter_modules(policy.__path__):
        module = importlib.import_module(f"dashboard.policy.{found.name}")
        for value in vars(module).values():
            if isinstance(value, Pattern):
                yield value
            elif isinstance(value, tuple):
                yield from (each for each in value if isinstance(each, Pattern))
                yield from (
                    each[1]
                    for each in value
                    if isinstance(each, tuple) and len(each) == 2 and isinstance(each[1], Pattern)
                )
    for words in roles.ROLES:
        yield words.after
        if words.label:
            yield words.label


PATTERNS = list(dict.fromkeys(_patterns()))


def test_there_are_patterns_of_every_kind() -> None:
    names = {each.name for each in PATTERNS}
    assert {"a count", "a year's end", "（一）", "lead", "monthly", "a plan's title"} <= names


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda each: each.name)
def test_a_pattern_finds_its_examples_whole(pattern: Pattern) -> None:
    assert pattern.examples
    for example in pattern.examples:
        find = pattern.regex.fullmatch if pattern.name in WHOLE else pattern.regex.search
        found = find(example)
        assert found, f"{pattern.name}: {example}"
        assert found.group() == example or pattern.name in GOES_ON


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda each: each.name)
def test_a_pattern_finds_nothing_in_its_counter_examples(pattern: Pattern) -> None:
    for other in pattern.others:
        whole = pattern.name in WHOLE
        found = pattern.regex.fullmatch(other) if whole else pattern.regex.match(other)
        assert found is None, f"{pattern.name}: {other}"
