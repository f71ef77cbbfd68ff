"""Weekly meetings for tests: small ones made in memory, and what is handed out at them."""

from datetime import date, datetime
from typing import Any

from dashboard import settings
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.rules.calendar import end_of
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.rules.weekly import Meeting, meeting_from
from tests.books import PLAN, Said, deadline, judged, line, measure, snapshot

FRIDAY = date(2023, 9, 22)
SUNDAY = date(2023, 9, 24)
WEEK = "2023-W38"
LAST = "2023-W37"
OVERDUE: tuple[r.Record, ...] = (
    measure(),
    deadline(date(2023, 9, 20)),
    line(cadence=t.Recurrence.WEEKLY),
)
"""An item whose date passed between the last cut and this one."""
NEXT_WEEK: tuple[r.Record, ...] = (
    measure("m2", title="下周到期的措施", seq=2),
    deadline(date(2023, 9, 28), "d2", measure="m2"),
    line("l2", measure="m2"),
)
"""An item due in the week after."""


def directive(code: str = "D1", week: str | None = LAST, **fields: Any) -> r.Directive:
    """A matter decided at a meeting, the last one unless another is named."""
    given = {
        "matter": "落实活动场所",
        "source": t.DirectiveSource.DISPATCH,
        "unit": "u",
        "issued_on": date(2023, 9, 15),
        "due_on": date(2023, 9, 28),
        "round": week,
        "closing_standard": "签订场地协议",
    }
    return r.Directive(code=code, **{**given, **fields})


def decided(code: str = "D9", **fields: Any) -> r.Directive:
    """A matter decided at this meeting."""
    return directive(code, WEEK, **{"issued_on": FRIDAY, **fields})


def instruction(code: str = "D7", week: str | None = LAST, **fields: Any) -> r.Directive:
    """A matter that carries out a leader's written instruction."""
    given = {
        "matter": "批示办理事项",
        "source": t.DirectiveSource.LEADER,
        "register_no": "2023-017",
    }
    return directive(code, week, **{**given, **fields})


def request(code: str = "P1", **fields: Any) -> r.Problem:
    """A problem that needs a leader."""
    given = {
        "description": "选址未定",
        "source": t.ProblemSource.VISIT,
        "category": t.ProblemCategory.PREMISES,
        "unit": "u",
        "found_on": date(2023, 9, 18),
        "closing_standard": "选址确定",
        "request": "请协调选址",
        "request_due_on": date(2023, 9, 28),
    }
    return r.Problem(code=code, **{**given, **fields})


def settled(key: str, week: str = WEEK, **fields: Any) -> r.AgendaPoint:
    """What the office settled about a point."""
    return r.AgendaPoint(code=f"A-{week}-{key}", dispatch=week, key=key, **fields)


def closed(week: str = LAST) -> r.Dispatch:
    """A meeting that was held."""
    return r.Dispatch(code=week, state=t.DispatchState.CLOSED)


def meeting_of(
    *rows: r.Record, words: tuple[Said, ...] = (), week: str = WEEK, plan: r.Plan = PLAN
) -> Meeting:
    """The meeting of a week as known on its Sunday."""

    def at(instant: datetime) -> Judgement:
        return judge_books(snapshot(rows, instant, *words, plan=plan), settings.current())

    known = judged(rows, FRIDAY, plan=plan)
    found = next(each for each in known.rounds if each.code == week)
    return meeting_from(at, known.rounds, found, end_of(found.week.sunday))
