"""One filled cell as a value: generous about how it is written, exact about what it means.

Each reader takes a cell and gives the value with a note of what was understood where that is not
plain, or raises CellError with the cure. An empty cell is None.
"""

import math
import re
import unicodedata
from datetime import date, datetime, time
from typing import Any, TypeAlias

from openpyxl.cell.cell import Cell

from dashboard import wording
from dashboard.posting.faults import LONGEST_TEXT


class CellError(ValueError):
    """The cell cannot be read; the message says in Chinese what to write instead."""


Read: TypeAlias = tuple[Any, str | None]
"""The value, and a note of how it was read."""


def plain(cell: Cell) -> Any:
    """A cell's value without blanks around it; None where it is empty. Raises CellError.

    A formula is refused: its last result may be that of other figures.
    """
    if cell.data_type == "f":
        raise CellError("是公式，请改填计算后的数字或文字（复制后“选择性粘贴—数值”）")
    if cell.data_type == "e":
        raise CellError(f"是错误值{cell.value}，请重新填写")
    value = cell.value
    if isinstance(value, str):
        return _stripped(value) or None
    return value


def _stripped(text: str) -> str:
    return text.replace("\u3000", " ").replace("\xa0", " ").strip()


def _normal(text: str) -> str:
    """Half-width signs and no blanks: １２０ 人 becomes 120人."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


# Figures

_FIGURE = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?")


def figure_in(cell: Cell, unit: str) -> Read:
    """A number in `unit`, such as 120, １２０, 120人 or 1,200; of percentages see `_percent`."""
    value = plain(cell)
    if value is None:
        return None, None
    if isinstance(value, bool | datetime | date | time):
        raise CellError("应为数字，现为日期或是非值，请删去后直接填数字")
    if unit == "%":
        return _percent(cell, value)
    if isinstance(value, str):
        return _figure_of(value, unit)
    if "%" in cell.number_format:
        raise CellError(f"计量单位是“{unit}”，不能填百分比，请填数字")
    return _finite(value), None


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise CellError("不是有限的数字，请重新填写")
    if value < 0:
        raise CellError("不能为负数")
    return float(value)


def _figure_of(text: str, unit: str) -> Read:
    bare = _normal(text)
    number = bare
    for sign in dict.fromkeys((_normal(unit), *_normal(unit).split("/"))):
        if sign and bare != sign:
            number = number.removesuffix(sign).removeprefix(sign)
    if not _FIGURE.fullmatch(number):
        raise CellError(f"“{text[:20]}”不是数字，请只填数字，计量单位是“{unit}”")
    value = _finite(float(number.replace(",", "")))
    return value, _note(text, wording.number(value, unit))


def _percent(cell: Cell, value: Any) -> Read:
    """85, 85% as text, or 0.85 in a cell shown as a percentage: each is 85 percent.

    A bare number between 0 and 1 may be a share or less than one percent: nobody guesses.
    """
    if isinstance(value, str):
        return _percent_of(value)
    if "%" in cell.number_format:
        shown = float(wording.rounded(_finite(value) * 100, 6))
        return _within(shown), f"按{wording.number(shown)}%录入"
    return _within(_unambiguous(_finite(value))), None


def _percent_of(text: str) -> Read:
    bare = _normal(text)
    number = bare.removesuffix("%").removeprefix("百分之")
    if not _FIGURE.fullmatch(number):
        raise CellError(f"“{text[:20]}”不是百分比，请写作85%")
    value = _finite(float(number.replace(",", "")))
    if number == bare:
        value = _unambiguous(value)
    return _within(value), _note(text, f"{wording.number(value)}%")


def _note(text: str, read: str) -> str | None:
    """How a text was read, where that is not just what it says."""
    return None if text == read else f"“{text[:20]}”按{read}录入"


def _unambiguous(value: float) -> float:
    if 0 < value < 1:
        share, small = wording.number(value * 100), wording.number(value)
        raise CellError(f"“{small}”不知是{share}%还是{small}%，请连同%一起写，如{share}%")
    return value


def _within(value: float) -> float:
    if value > 100:
        raise CellError(f"为{wording.number(value)}%，百分比应在0%至100%之间")
    return value


# Days

_WITH_YEAR = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?)")
_BARE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WITHOUT_YEAR = re.compile(r"(\d{1,2})(?:[-/](\d{1,2})|月(\d{1,2})[日号]?)")
_WRITE_SO = "请写作2023-9-30"


def day_in(cell: Cell, since: date) -> Read:
    """A day: a real date, or text as people write it; without a year the next one from `since`."""
    value = plain(cell)
    if value is None:
        return None, None
    if isinstance(value, datetime):
        return value.date(), None
    if isinstance(value, date):
        return value, None
    if not isinstance(value, str):
        raise CellError(f"“{value}”不是日期，{_WRITE_SO}")
    return _day_of(value, since)


def _day_of(text: str, since: date) -> Read:
    bare = _normal(text)
    found = _WITH_YEAR.fullmatch(bare) or _BARE.fullmatch(bare)
    if found:
        year, month, day = (int(part) for part in found.groups() if part)
        read = _real(year, month, day, text)
    elif found := _WITHOUT_YEAR.fullmatch(bare):
        month, day = (int(part) for part in found.groups() if part)
        # The 29th of February is tried in a year that has one only where that year is near.
        read = _real(since.year, month, day, text)
        if read < since:
            read = _real(since.year + 1, month, day, text)
    else:
        raise CellError(f"“{text[:20]}”不是日期，{_WRITE_SO}")
    return read, f"“{text[:20]}”按{wording.full_day(read)}录入"


def _real(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError(f"“{text[:20]}”没有这一天，{_WRITE_SO}") from None


# Choices and text


def choice_in(cell: Cell, choices: tuple[str, ...]) -> Read:
    """One of the choices."""
    value = plain(cell)
    if value is None:
        return None, None
    if isinstance(value, str) and _normal(value) in choices:
        return _normal(value), None
    raise CellError(f"“{str(value)[:20]}”不在可选范围内，请选：{'、'.join(choices)}")


def text_in(cell: Cell) -> Read:
    """A text; a number or a day that a spreadsheet made of it is written out."""
    value = plain(cell)
    if value is None:
        return None, None
    if isinstance(value, datetime | date):
        return wording.full_day(value.date() if isinstance(value, datetime) else value), None
    if isinstance(value, bool | time):
        raise CellError("应为文字，请重新填写")
    text = value if isinstance(value, str) else _written(cell, float(value))
    if len(text) > LONGEST_TEXT:
        raise CellError(f"文字过长（{len(text)}字），请控制在{LONGEST_TEXT}字以内")
    return text, None


def _written(cell: Cell, value: float) -> str:
    """A number in a cell of text, as the cell shows it."""
    if "%" in cell.number_format:
        return f"{wording.number(value * 100)}%"
    return wording.number(value)
