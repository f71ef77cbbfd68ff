"""What is wrong with a row before it is written: found, listed and never half-written."""

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboard.ledgers.records import Record
from dashboard.ledgers.shape import TITLES, Field, fields_of, is_required, label_of, ledger_of
from dashboard.posting.persons import CURES, UNSEEN, personal_data

LONGEST_TEXT = 2000
NEW = "新"
"""Stands for the code of a row until posting gives one."""
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


@dataclass(frozen=True)
class Fault:
    """One thing that keeps a row out of the books; `message` names the cure in Chinese.

    A message that `is_whole` needs no field's name before it: the field only tells the place.
    """

    ledger: str
    code: str
    field: str | None
    message: str
    is_whole: bool = False

    def __str__(self) -> str:
        where = f"“{label_of(self.ledger, self.field)}”" if self.field else ""
        return f"{TITLES[self.ledger]} {self.code}{where}：{self.message}"


class RefusedError(Exception):
    """A write was refused as a whole; `faults` says why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def faults_of(record: Record) -> Iterator[Fault]:
    """What is wrong with one record by itself: types, ranges, empty or personal text."""
    ledger = ledger_of(record)
    for field in fields_of(type(record)):
        message = _fault(field, getattr(record, field.name))
        if message:
            yield Fault(ledger, record.code, field.name, message)


def _fault(field: Field, value: Any) -> str | None:
    if value is None:
        return "不能为空，请填写" if is_required(field) or not field.optional else None
    if field.kind is datetime and value.tzinfo is None:
        return "时间缺少时区"
    if isinstance(value, float) and not math.isfinite(value):
        return "应为有限的数字"
    return _text_fault(field, value) if isinstance(value, str) else None


def _text_fault(field: Field, value: str) -> str | None:
    if field.name == "hotline" and (found := personal_data(value)):
        return f"{found}，{_HOTLINE_CURE}"
    # What the program itself writes, such as a hash, holds runs of figures by chance.
    return fault_in_words(value, of_contact=field.private, is_own=field.kept)


_HOTLINE_CURE = "请改填对外公布的固定电话或短号，如0537-6821234、12355"


def fault_in_words(value: str, *, of_contact: bool = False, is_own: bool = False) -> str | None:
    """What keeps a text out of the books, or None; a text that `is_own` the program writes."""
    if not UNSEEN.sub("", value).strip():
        return "不能只有空格，请填写或留空"
    if any(_is_unfit(sign) for sign in value):
        return "含有不能显示的字符，请删去后重新填写"
    if is_own:
        return None
    if len(value) > LONGEST_TEXT:
        return f"文字过长（{len(value)}字），请控制在{LONGEST_TEXT}字以内"
    found = personal_data(value, of_contact=of_contact)
    return f"{found}，{CURES[found]}" if found else None


def _is_unfit(sign: str) -> bool:
    """Signs that no database, file or screen takes, or that turn the text around them."""
    if unicodedata.category(sign) in ("Cc", "Cs"):
        return sign not in "\n\r\t"
    return unicodedata.bidirectional(sign) in _TURNING
