"""What every record has, and how its fields are marked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated


@dataclass(frozen=True)
class Ref:
    """The field holds the code of a row of this ledger."""

    ledger: str


@dataclass(frozen=True)
class Kept:
    """The field is kept by posting; sheets and plan folders do not carry it."""


@dataclass(frozen=True)
class Private:
    """The field names or reaches a person: for the office's eyes only, and in no export."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """`known_at` is what as-of uses; practice rows are removed with one click."""

    code: Annotated[str, "编号"]
    known_at: Annotated[datetime | None, "知悉时间", Kept()] = None
    is_practice: Annotated[bool, "演示数据", Kept()] = False
