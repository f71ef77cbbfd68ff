"""Numbers as plans write them: 16, 十六, 1.5万, 百分之八十, 万分之零点五."""

import re
from functools import lru_cache

import cn2an

_SCALES = {"万": 10_000.0, "亿": 100_000_000.0}


@lru_cache(maxsize=4096)
def number_of(text: str) -> float | None:
    """The value of a number; None where it is none."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([万亿]?)", text)
    if found:
        return float(found[1]) * _SCALES.get(found[2], 1.0)
    try:
        return float(cn2an.cn2an(text.replace("〇", "零"), "smart"))
    except ValueError:
        return None


def count_of(text: str) -> int | None:
    """The value of a whole number; None where it is none."""
    value = number_of(text)
    return int(value) if value is not None and value == int(value) else None
