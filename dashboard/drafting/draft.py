"""A reading to a draft: every row of the ledgers to be, each with its place and what to look at."""

import re
from collections.abc import Iterator

from dashboard.drafting.bodies import Units, units_of
from dashboard.drafting.figures import figure_rows
from dashboard.drafting.rows import Draft, Place, Row, Texts, row
from dashboard.drafting.work import Dates, Work, work_rows, works_of
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import ClauseKind, PlanState
from dashboard.policy.findings import Clause, Head, Reading

_KINDS = {
    "background": ClauseKind.ORGANISATION,
    "goal": ClauseKind.GOAL,
    "work": ClauseKind.TASK,
    "annex": ClauseKind.ANNEX,
}
_SUPPORTING = re.compile(r"保障|要求|组织(?:实施|领导)|督导|监督|考核")
_PLACE = re.compile(r"(?![全各本])[\u3400-\u9fff]{1,10}?(?:省|自治区|市|县|区|州|盟|旗|镇|乡|街道)")
_LEVELS = {"省": "省", "区": "区", "市": "市", "县": "县", "州": "市", "盟": "市", "旗": "县"}


def draft_of(found: Reading) -> Draft:
    """The draft of a plan. Nothing is made up: what was not read is left open and told."""
    about = dict(_about(found.head))
    units = units_of(found)
    kinds = _kinds_of(found)
    works = works_of(found, kinds)
    dates = Dates(found.head.issued_on, found.head.period.end)
    rows = [*_clauses(found, works, kinds), *units.rows, *_work(works, units, dates)]
    return Draft(about, tuple(rows), tuple(_notes(about)))


def _about(head: Head) -> Iterator[tuple[str, str | None]]:
    """The plan's own row as far as the document says."""
    place = _PLACE.match(head.title or "") or _PLACE.match(head.issuer or "")
    yield "title", head.title
    yield "short_title", _short(head.title or "")
    yield "number", head.number
    yield "issuer", head.issuer
    yield "issued_on", head.issued_on.isoformat() if head.issued_on else None
    yield "period_end", head.period.end.isoformat() if head.period.end else None
    yield "place", place.group() if place else None
    yield "level", _LEVELS.get(place.group()[-1], "镇") if place else None
    yield "office", None
    yield "office_unit", None
    yield "state", PlanState.RUNNING.value


def _short(title: str) -> str | None:
    """The title without what stands in brackets; too long a title is the office's to shorten."""
    found = re.sub(r"（.*?）|\(.*?\)|^关于印发《|》?的通知$", "", title).strip()
    return found if found and len(found) <= _LONGEST_NAME else None


_LONGEST_NAME = 24
"""What fits the choice among plans and the line above each page."""
ASKED = {
    "title": "方案名称",
    "short_title": "简称",
    "number": "文号",
    "issuer": "发文机关",
    "issued_on": "成文日期",
    "period_end": "方案止期",
    "place": "地区",
    "level": "层级",
    "office": "专班办公室",
    "office_unit": "办公室所在单位",
}


"""What a plan's own row must say, in the order of the form."""


def missing_of(about: Texts) -> tuple[str, ...]:
    """The fields of the plan's own row that nobody has said yet."""
    return tuple(name for name in ASKED if not (about.get(name) or "").strip())


def _notes(about: Texts) -> Iterator[str]:
    missing = [ASKED[name] for name in missing_of(about)]
    if missing:
        yield f"文件中没有写明，请填写：{'、'.join(missing)}。"


def _kinds_of(found: Reading) -> dict[str, ClauseKind]:
    kinds: dict[str, ClauseKind] = {}
    for clause in found.clauses:
        kind = _KINDS[clause.section]
        above = kinds.get(_parent(found, clause) or "")
        if kind is ClauseKind.TASK and (
            above is ClauseKind.REQUIREMENT or (_SUPPORTING.search(clause.title) and above is None)
        ):
            kind = ClauseKind.REQUIREMENT
        kinds[clause.id] = kind
    return kinds


def _parent(found: Reading, clause: Clause) -> str | None:
    """The clause right above; None at the top."""
    for other in found.clauses:
        if other.path == clause.path[:-1] and other.span.holds(clause.span):
            return other.id
    return None


def _clauses(
    found: Reading, works: tuple[Work, ...], kinds: dict[str, ClauseKind]
) -> Iterator[Row]:
    """The clauses that hold a task, and those above them."""
    parents = {clause.id: _parent(found, clause) for clause in found.clauses}
    wanted: set[str] = set()
    for work in works:
        at: str | None = work.task.clause
        while at is not None:
            wanted.add(at)
            at = parents[at]
    stated = {duty.clause for duty in found.duties if duty.is_stated}
    for number, clause in enumerate(found.clauses, start=1):
        if clause.id in wanted:
            yield row(
                r.Clause,
                clause.id,
                Place(clause.id, clause.span),
                title=(clause.title or clause.id)[:60],
                kind=kinds[clause.id],
                seq=number,
                parent=parents[clause.id],
                has_bracket=clause.id in stated,
            )


def _work(works: tuple[Work, ...], units: Units, dates: Dates) -> Iterator[Row]:
    indicators = 1
    for number, work in enumerate(works, start=1):
        yield from work_rows(work, number, units, dates)
        yield from figure_rows(work, indicators, units)
        indicators += len(work.targets)
