"""A closed list of the books: what its terms have in common."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A stored value with the label that officials read, in order of display."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def parse(cls, text: str) -> Self:
        """The term with this value or label. Raises ValueError, saying what is allowed."""
        for member in cls:
            if text in (member.value, member.label):
                return member
        allowed = "、".join(member.label for member in cls)
        raise ValueError(f"“{text}”不在可填范围内，可填：{allowed}")
