"""What the office says to a filing: accepted, returned with a reason, or closed (销号).

What is accepted is observed from then on. Nobody says anything to what the own account filed.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, func, select

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, filing_of, load, load_plan, select_filings
from dashboard.ledgers.tables import POSTINGS, TABLES
from dashboard.ledgers.terms import AuditKind, ReviewVerdict
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.plans import now_of
from dashboard.posting.signature import Signature
from dashboard.rules.figures import observation_of


def accept_filing(
    opened: Entry, books: Books, filing: r.Filing, *, by_post: str, opinion: str | None = None
) -> None:
    """Record that the office accepted a filing; its figure is an observation from now on."""
    _say(opened, filing, ReviewVerdict.ACCEPTED, by_post, opinion)
    line, code = books.get(r.ReportingLine, filing.line), opened.next_code("observation", "O")
    if seen := observation_of(line, filing, code=code):
        opened.add(seen)


def _say(
    opened: Entry, filing: r.Filing, verdict: ReviewVerdict, by_post: str, opinion: str | None
) -> None:
    code = opened.next_code("review", "R")
    opened.add(
        r.Review(code=code, filing=filing.code, verdict=verdict, by_post=by_post, opinion=opinion)
    )


def review_filing(
    engine: Engine,
    viewer: Viewer,
    plan: str,
    code: str,
    verdict: ReviewVerdict,
    opinion: str | None = None,
) -> None:
    """Accept a filing that waits for review, or return it with a reason. Raises RefusedError.

    Nobody reviews what the own account filed. Of several that wait on one line, one that is older
    than what was accepted can only be returned: its figure would take the newer one's place.
    """
    if verdict is ReviewVerdict.CLOSED:
        raise ValueError("close_line closes")
    opinion = (opinion or "").strip() or None
    if verdict is ReviewVerdict.RETURNED and opinion is None:
        raise RefusedError(Fault("review", code, "opinion", "退回时请写明原因"))
    books = load(engine, plan, now_of(load_plan(engine, plan)))
    signature = Signature(viewer, Right.REVIEW, "审核填报", kind=AuditKind.REVIEW)
    with entry(engine, plan, signature) as opened:
        row = _filed(opened, code)
        if message := _why_not(opened, viewer, row, verdict):
            raise RefusedError(Fault("filing", code, None, message))
        filing = filing_of(row, {row["line_id"]: row["line_code"]})
        if verdict is ReviewVerdict.ACCEPTED:
            accept_filing(opened, books, filing, by_post=viewer.post, opinion=opinion)
        else:
            _say(opened, filing, verdict, viewer.post, opinion)


def _filed(opened: Entry, code: str) -> Mapping[str, Any]:
    """A filing's row with the code of its line and the account that entered it."""
    filing, line = TABLES["filing"].c, TABLES["reporting_line"]
    entered = (POSTINGS.c.plan_id == filing.plan_id) & (
        POSTINGS.c.recorded_at == filing.recorded_at  # writers queue: no two share a moment
    )
    query = (
        select_filings(line.c.code.label("line_code"), POSTINGS.c.by_account)
        .join(line, line.c.id == filing.line_id)
        .outerjoin(POSTINGS, entered)
        .where(filing.plan_id == opened.plan_id, filing.code == code)
    )
    row = opened.connection.execute(query).mappings().first()
    if row is None:
        raise RefusedError(Fault("filing", code, None, "没有这次填报，请刷新后再试"))
    return dict(row)


def _why_not(
    opened: Entry, viewer: Viewer, row: Mapping[str, Any], verdict: ReviewVerdict
) -> str | None:
    filing, review = TABLES["filing"], TABLES["review"]
    if _is_own(viewer, row):
        return "不能审核本人填报的事项，请由他人审核"
    said = select(review.c.id).where(review.c.filing_id == row["id"])
    if opened.connection.scalar(said) is not None:
        return "该填报已经审核，请刷新后再看"
    last = (
        select(func.max(filing.c.id))
        .join(review, review.c.filing_id == filing.c.id)
        .where(filing.c.line_id == row["line_id"], review.c.verdict != ReviewVerdict.RETURNED)
    )
    is_older = (opened.connection.scalar(last) or 0) > row["id"]
    return (
        "已有更晚的填报通过审核，只能退回"
        if is_older and verdict is ReviewVerdict.ACCEPTED
        else None
    )


def _is_own(viewer: Viewer, row: Mapping[str, Any]) -> bool:
    return viewer.account is not None and row["by_account"] == viewer.account


def close_line(
    engine: Engine, viewer: Viewer, plan: str, line: str, *, by_post: str, opinion: str
) -> None:
    """销号: record that another post checked what was reported done. Raises RefusedError."""
    books = load(engine, plan, now_of(load_plan(engine, plan)))
    by_post, filing = by_post.strip(), books.last_accepted.get(line)
    signature = Signature(viewer, Right.CLOSE, "核查销号", post=by_post, kind=AuditKind.REVIEW)
    with entry(engine, plan, signature) as opened:
        if filing is None or not filing.is_done:
            message = "尚无“申请销号”的填报，不能销号"
            raise RefusedError(Fault("reporting_line", line, None, message))
        if by_post == filing.filed_by:
            raise RefusedError(Fault("filing", filing.code, None, "核查岗位应与填报岗位不同"))
        if _is_own(viewer, _filed(opened, filing.code)):
            raise RefusedError(Fault("filing", filing.code, None, "核查人应与填报人不同"))
        _say(opened, filing, ReviewVerdict.CLOSED, by_post, opinion)
