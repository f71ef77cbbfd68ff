"""Audit events in words, for the auditor's page and for the files that the auditor takes away."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO

from dashboard import wording
from dashboard.access.audit import NOBODY, Filter, Recorded
from dashboard.ledgers.terms import AuditKind
from dashboard.reports.release import WrongWishError
from dashboard.reports.sheet import Stamp, add_sheet, cell_of, new_book, saved

HEAD = ("序号", "时间", "操作人", "来源", "类别", "操作", "方案", "对象或原因", "结果", "校验值")
AT_THE_COMPUTER = "本机"
"""Where whoever works without an account (单机模式) sits."""


def moment_of(event: Recorded, year: int | None = None) -> str:
    """2023年9月22日9:00:05 in Shanghai: an auditor asks for the second."""
    return f"{wording.moment(event.at, year)}:{event.at.second:02d}"


def place_of(event: Recorded) -> str:
    """From where it was done."""
    return event.address or (wording.BLANK if event.account else AT_THE_COMPUTER)


def outcome_of(event: Recorded) -> str:
    """The outcome as symbol and word."""
    if event.is_ok:
        return "✔ 成功"
    return "■ 被拒绝" if event.kind is AuditKind.REFUSED else "■ 未成功"


def _row(event: Recorded) -> list[str | int | None]:
    return [
        event.id,
        moment_of(event),
        wording.signed(event.post, event.account),
        place_of(event),
        event.kind.label,
        event.action,
        event.plan,
        event.detail,
        outcome_of(event),
        event.seal,
    ]


def audit_workbook(events: Sequence[Recorded], asked: str, stamp: Stamp) -> bytes:
    """An xlsx of events; `asked` says in words which ones were asked for."""
    book = new_book()
    note = f"审计记录（{asked}），共{len(events)}条　{stamp}"
    add_sheet(book, "审计记录", note, HEAD, [_row(each) for each in events])
    return saved(book)


def audit_csv(events: Sequence[Recorded]) -> bytes:
    """A CSV of events that opens in WPS; text is defused."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows([cell_of(cell) for cell in _row(each)] for each in events)
    return out.getvalue().encode("utf-8-sig")


# What is asked for, as an address says it and in words

OUTCOMES = {"ok": "成功", "failed": "被拒绝或未成功"}
NOBODY_WORDS = "未登录（单机模式或命令行）"
_LONGEST = 60


def filter_of(given: Mapping[str, str]) -> Filter:
    """What an address asks for: kind, outcome, account, from, to, text. Raises WrongWishError."""
    held = {name: given[name].strip() for name in PARAMETERS if given.get(name, "").strip()}
    for name, text in held.items():
        if len(text) > _LONGEST or not text.isprintable():
            raise WrongWishError(f"参数 {name} 过长或含有不能用的字符。")
    outcome = held.get("outcome")
    if outcome not in (None, *OUTCOMES):
        raise WrongWishError(f"参数 outcome：“{outcome}”应为 ok 或 failed。")
    return Filter(
        kinds=_kinds(held.get("kind")),
        account=held.get("account"),
        is_ok=None if outcome is None else outcome == "ok",
        first_day=day_of(held, "from"),
        last_day=day_of(held, "to"),
        words=held.get("text"),
    )


def _kinds(text: str | None) -> tuple[AuditKind, ...]:
    try:
        return tuple(AuditKind.parse(each) for each in text.split(",")) if text else ()
    except ValueError as error:
        raise WrongWishError(f"参数 kind：{error}") from None


PARAMETERS = ("kind", "outcome", "account", "from", "to", "text")


def day_of(given: Mapping[str, str], name: str) -> date | None:
    """The day that a parameter of an address names. Raises WrongWishError."""
    text = given.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongWishError(f"参数 {name}：“{text[:20]}”不是 2023-09-22 这样的日期。") from None


def address_of(wanted: Filter) -> dict[str, str]:
    """The parameters of an address that asks for the same: `filter_of` turns them back."""
    outcomes = {None: None, True: "ok", False: "failed"}
    found = {
        "kind": ",".join(wanted.kinds),
        "outcome": outcomes[wanted.is_ok],
        "account": wanted.account,
        "from": wanted.first_day and wanted.first_day.isoformat(),
        "to": wanted.last_day and wanted.last_day.isoformat(),
        "text": wanted.words,
    }
    return {name: value for name, value in found.items() if value}


def asked_in_words(wanted: Filter) -> str:
    """What is asked for, for the head of a list: 2023年9月1日—9月22日，类别：拒绝."""
    said = [period_words(wanted)]
    if wanted.kinds:
        said.append(f"类别：{'、'.join(each.label for each in wanted.kinds)}")
    if wanted.is_ok is not None:
        said.append(f"结果：{OUTCOMES['ok' if wanted.is_ok else 'failed']}")
    if wanted.account:
        said.append(f"账号：{account_words(wanted.account)}")
    if wanted.words:
        said.append(f"文字：{wanted.words}")
    return "，".join(said)


def period_words(wanted: Filter) -> str:
    """The days asked for, in words."""
    first, last = wanted.first_day, wanted.last_day
    if first and last:
        return wording.full_day(first) if first == last else _range(first, last)
    if first or last:
        return (
            f"{wording.full_day(first)}以来"
            if first
            else f"截至{wording.full_day(last or date.max)}"
        )
    return "全部日期"


def _range(first: date, last: date) -> str:
    return f"{wording.full_day(first)}—{wording.day(last, first.year)}"


def account_words(account: str) -> str:
    """An account as a list of choices names it."""
    return NOBODY_WORDS if account == NOBODY else account
