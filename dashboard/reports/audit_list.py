"""Audit events in words, for the auditor's page and for the files that the auditor takes away."""

import csv
from collections.abc import Sequence
from io import StringIO

from dashboard import wording
from dashboard.access.audit import Recorded, signed
from dashboard.ledgers.terms import AuditKind
from dashboard.reports.sheet import Stamp, add_sheet, cell_of, new_book, saved

HEAD = ("序号", "时间", "操作人", "来源", "类别", "操作", "方案", "对象或原因", "结果", "校验值")
AT_THE_COMPUTER = "本机"
"""Where whoever works without an account (单机模式) sits."""


def moment_of(event: Recorded) -> str:
    """2023年9月22日9:00:05 in Shanghai: an auditor asks for the second."""
    return f"{wording.moment(event.at)}:{event.at.second:02d}"


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
        signed(event.post, event.account),
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
