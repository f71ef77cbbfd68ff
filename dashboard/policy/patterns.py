"""Patterns as data: each carries what it must and must not find, and is tested both ways."""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Pattern:
    """A form of words. `examples` are found in it whole, `others` are not found at all."""

    name: str
    form: str
    examples: tuple[str, ...]
    others: tuple[str, ...] = ()

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The form, compiled."""
        return re.compile(self.form)


NUMERAL = "[〇零一二两三四五六七八九十百千]"
"""A Chinese numeral's signs."""
NUMBER = rf"(?:\d+(?:\.\d+)?|{NUMERAL}+)"
"""A number in either way of writing."""
