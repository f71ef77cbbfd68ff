"""What the office says to a filing: accepted, returned with a reason, or closed (销号).

What is accepted is observed from then on. Whether a filing is open to a word is a rule of its own
(`rules.pending.why_not`).
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load, load_in, load_plan
from dashboard.ledgers.history import Pending, pending_in
from dashboard.ledgers.terms import AuditKind, ReviewVerdict
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.plans import now_of
from dashboard.posting.signature import Signature
from dashboard.rules.figures import observation_of
from dashboard.rules.pending import why_not


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
    """Accept a filing that waits for review, or return it with a reason. Raises RefusedError."""
    if verdict is ReviewVerdict.CLOSED:
        raise ValueError("close_line closes")
    opinion = (opinion or "").strip() or None
    if verdict is ReviewVerdict.RETURNED and opinion is None:
        raise RefusedError(Fault("review", code, None, "退回时请写明原因"))
    with entry(engine, plan, _signature(viewer)) as opened:
        found = _asked_for(opened, plan, [code])[code]
        if found is None:
            raise RefusedError(Fault("filing", code, None, _UNKNOWN))
        if message := why_not(found, viewer.account, verdict):
            raise RefusedError(Fault("filing", code, None, message))
        if verdict is ReviewVerdict.ACCEPTED:
            books = load_in(opened.connection, plan, opened.known_at)
            accept_filing(opened, books, found.filing, by_post=viewer.post, opinion=opinion)
        else:
            _say(opened, found.filing, verdict, viewer.post, opinion)


def accept_filings(
    engine: Engine, viewer: Viewer, plan: str, codes: Iterable[str]
) -> tuple[tuple[str, ...], tuple[Fault, ...]]:
    """Accept in one posting all of these filings that can be: their codes, and why not the others.

    Raises RefusedError with every reason where none can be accepted; nothing is written then.
    """
    wanted = list(dict.fromkeys(codes))
    with entry(engine, plan, _signature(viewer)) as opened:
        faults = {}
        free = []
        for code, found in _asked_for(opened, plan, wanted).items():
            said = why_not(found, viewer.account, ReviewVerdict.ACCEPTED) if found else _UNKNOWN
            if found is None or said:
                faults[code] = Fault("filing", code, None, said or _UNKNOWN)
            else:
                free.append(found.filing)
        if not free:
            raise RefusedError(*(faults.values() or (_NOTHING,)))
        books = load_in(opened.connection, plan, opened.known_at)
        for filing in free:
            accept_filing(opened, books, filing, by_post=viewer.post)
    return tuple(each.code for each in free), tuple(faults.values())


_UNKNOWN = "没有这次填报，请刷新后再试"
_NOTHING = Fault("review", "-", None, "请先勾选要通过的填报")


def _signature(viewer: Viewer) -> Signature:
    return Signature(viewer, Right.REVIEW, "审核填报", kind=AuditKind.REVIEW)


def _asked_for(opened: Entry, plan: str, codes: Sequence[str]) -> dict[str, Pending | None]:
    """What is known of each filing, oldest first, so that the newest of a line is accepted last."""
    found = {each.filing.code: each for each in pending_in(opened.connection, plan, codes=codes)}
    return {**found, **{code: None for code in codes if code not in found}}


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
        found = _asked_for(opened, plan, [filing.code])[filing.code]
        if viewer.account is not None and found and found.entered_by == viewer.account:
            raise RefusedError(Fault("filing", filing.code, None, "核查人应与填报人不同"))
        _say(opened, filing, ReviewVerdict.CLOSED, by_post, opinion)
