"""The audit chain: whole or found broken, one event an act, read by whatever is asked for."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from dashboard import practice, settings
from dashboard.access.audit import (
    NOBODY,
    Event,
    Filter,
    Recorded,
    accounts_on_record,
    append,
    breaks,
    events,
    record,
)
from dashboard.access.rights import ForbiddenError, Right
from dashboard.access.viewer import CONSOLE, LOCAL, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.database import open_books, reading, writing
from dashboard.ledgers.doors import AUDIT_EVENTS, AUDIT_HEAD
from dashboard.ledgers.tables import POSTINGS, REVISIONS, TABLES
from dashboard.ledgers.terms import (
    AccountRole,
    AuditKind,
    DirectiveSource,
    ProblemCategory,
    ProblemSource,
)
from dashboard.posting.entry import entry
from dashboard.posting.faults import RefusedError
from dashboard.posting.plans import clear_practice, post_plan, start_practice
from dashboard.posting.problems import issue_directive, raise_problem
from dashboard.posting.progress import Report, file_progress
from dashboard.posting.reviews import close_line
from dashboard.posting.signature import Signature
from tests.books import BASE, CODE, ISSUED, PLAN, UNIT, database, line, measure, shipped

NOON = datetime(2023, 9, 22, 4, tzinfo=UTC)
TOLD = Event(kind=AuditKind.WRITE, action="登记问题", plan="p", detail="问题清单P000001")
OFFICE = Viewer(AccountRole.OFFICE, "综合组", account="bangong", address="10.0.0.8")
AUDITOR = Viewer(AccountRole.AUDITOR, "审计岗", account="shenji", address="10.0.0.9")


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A database without plans, accounts or events."""
    return open_books(database(tmp_path))


@pytest.fixture
def held(engine: Engine) -> Engine:
    """A chain of five events at noon of the same day."""
    with writing(engine) as connection:
        for number in range(1, 6):
            append(connection, OFFICE, replace(TOLD, detail=f"第{number}件"), at=NOON)
    return engine


def all_of(engine: Engine, **wanted: object) -> list[Recorded]:
    """The events asked for, the oldest first."""
    return list(reversed(events(engine, Filter(**wanted)).rows))  # type: ignore[arg-type]


# The chain


def test_a_chain_of_events_is_unbroken_and_an_empty_one_too(tmp_path: Path, held: Engine) -> None:
    assert list(breaks(held)) == []
    other = tmp_path / "other"
    other.mkdir()
    assert list(breaks(open_books(database(other)))) == []


@pytest.mark.parametrize("act", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_or_delete_an_event(held: Engine, act: str) -> None:
    with pytest.raises(DBAPIError, match="only ever added"), writing(held) as connection:
        connection.execute(text(act))
    assert len(all_of(held)) == 5
    assert list(breaks(held)) == []


def forge(engine: Engine, *acts: object) -> list[str]:
    """Change the chain as somebody with the database file in hand would; what is then found."""
    with writing(engine) as connection:
        for act in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER audit_event_no_{act}")
        for each in acts:
            connection.execute(each)  # type: ignore[call-overload]
    return list(breaks(engine))


EVENT, HEAD = AUDIT_EVENTS.c, AUDIT_HEAD.c


@pytest.mark.parametrize(
    "change",
    [
        {"detail": "另一件"},
        {"action": "登记"},
        {"is_ok": False},
        {"account": None},
        {"post": "另一岗"},
        {"address": "10.0.0.7"},
        {"plan": "q"},
        {"kind": AuditKind.REVIEW},
        {"at": datetime(2023, 9, 22, 4, 0, 0, 1, tzinfo=UTC)},
    ],
)
def test_a_changed_event_is_found_whatever_was_changed(
    held: Engine, change: dict[str, object]
) -> None:
    found = forge(held, update(AUDIT_EVENTS).where(EVENT.id == 3).values(**change))
    assert found == ["审计记录第3条与校验值不符，该条或前一条可能被改动"]


def test_a_changed_event_with_a_new_seal_is_found_at_the_next_one(held: Engine) -> None:
    seal = "0" * 64
    found = forge(held, update(AUDIT_EVENTS).where(EVENT.id == 3).values(seal=seal))
    assert [each[:7] for each in found] == ["审计记录第3条", "审计记录第4条"]


def test_missing_events_are_found_and_named(held: Engine) -> None:
    assert forge(held, delete(AUDIT_EVENTS).where(EVENT.id == 2)) == ["审计记录第2条缺失"]


def test_a_run_of_missing_events_is_found_from_the_first_one(held: Engine) -> None:
    assert forge(held, delete(AUDIT_EVENTS).where(EVENT.id <= 3)) == ["审计记录第1条至第3条缺失"]


def test_a_cut_off_end_is_found(held: Engine) -> None:
    found = forge(held, delete(AUDIT_EVENTS).where(EVENT.id >= 4))
    assert found == ["审计记录应有5条，现有3条，末尾可能被删除或改动"]


def test_an_emptied_chain_is_found(held: Engine) -> None:
    assert forge(held, delete(AUDIT_EVENTS)) == ["审计记录应有5条，现有0条，末尾可能被删除或改动"]


def test_a_changed_head_is_found(held: Engine) -> None:
    assert forge(held, update(AUDIT_HEAD).values(events=4))[0].startswith(
        "审计记录应有4条，现有5条"
    )


def test_a_changed_seal_of_the_head_is_found(held: Engine) -> None:
    found = forge(held, update(AUDIT_HEAD).values(seal="0"))
    assert found == ["审计记录末条的校验值与登记的不符，可能被改动"]


def test_a_missing_head_is_found(held: Engine) -> None:
    assert forge(held, delete(AUDIT_HEAD)) == ["审计记录的总数和末条校验值缺失"]


def test_an_event_slipped_in_at_the_end_is_found(held: Engine) -> None:
    with reading(held) as connection:
        last = dict(connection.execute(select(AUDIT_EVENTS).where(EVENT.id == 5)).mappings().one())
    found = forge(held, insert(AUDIT_EVENTS).values({**last, "id": 6}))
    assert "审计记录第6条与校验值不符，该条或前一条可能被改动" in found
    assert "审计记录应有5条，现有6条，末尾可能被删除或改动" in found


APPENDER = """
import sys
from dashboard.access.audit import Event, record
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AuditKind

engine = open_books(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(100):
    record(engine, CONSOLE, Event(kind=AuditKind.WRITE, action=sys.argv[2], detail=str(number)))
"""


def test_two_processes_that_append_at_once_make_one_unbroken_chain(
    engine: Engine, tmp_path: Path
) -> None:
    words = [sys.executable, "-c", APPENDER, database(tmp_path)]
    running = [
        subprocess.Popen([*words, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for name in ("甲", "乙")
    ]
    for each in running:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in running:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    assert [each.wait(timeout=120) for each in running] == [0, 0]
    assert list(breaks(engine)) == []
    rows = all_of(engine)
    assert [row.id for row in rows] == list(range(1, 201))
    for name in ("甲", "乙"):
        own = [row.detail for row in rows if row.action == name]
        assert own == [str(number) for number in range(100)]
    for each in running:
        each.communicate()


# One event an act


@pytest.fixture
def plan(engine: Engine) -> Engine:
    """The smallest plan, with what its entry left in the chain."""
    assert post_plan(engine, CONSOLE, PLAN, (*BASE, measure(), line()), today=ISSUED) == ()
    return engine


PROBLEM = r.Problem(
    code="new",
    description="人员不足",
    source=ProblemSource.TOWN,
    category=ProblemCategory.STAFF,
    unit="u",
    found_on=ISSUED,
    closing_standard="人员到位",
)
DIRECTIVE = r.Directive(
    code="new",
    matter="尽快补足人员",
    source=DirectiveSource.DISPATCH,
    unit="u",
    issued_on=ISSUED,
    due_on=ISSUED,
)
DONE = Report(line="l", value=100, is_done=True)


def _add_unit(engine: Engine) -> None:
    with entry(engine, "p", Signature(CONSOLE, Right.EDIT_UNITS, "维护单位")) as opened:
        opened.add(replace(UNIT, code="n", name="新单位"))


POSTINGS_TOLD: dict[str, tuple[Callable[[Engine], object], str]] = {
    "raise_problem": (lambda e: raise_problem(e, CONSOLE, "p", PROBLEM), "问题清单P000001"),
    "issue_directive": (lambda e: issue_directive(e, CONSOLE, "p", DIRECTIVE), "交办事项D000001"),
    "file_progress": (
        lambda e: file_progress(e, CONSOLE, "p", DONE, settings.current()),
        "填报F000001、审核R000001",
    ),
    "start_practice": (
        lambda e: start_practice(e, CONSOLE, "p", now=NOON, started_on=ISSUED),
        "方案p",
    ),
    "entry": (_add_unit, "单位n"),
}


def test_entering_a_plan_is_one_event(plan: Engine) -> None:
    (told,) = all_of(plan)
    assert (told.kind, told.action, told.plan, told.is_ok) == (
        AuditKind.WRITE,
        "载入方案",
        "p",
        True,
    )
    assert (told.post, told.account, told.address) == ("专班办公室", None, "命令行")
    assert str(told.detail).endswith("等7行")


@pytest.mark.parametrize("name", sorted(POSTINGS_TOLD))
def test_every_posting_is_exactly_one_event_that_names_its_rows(plan: Engine, name: str) -> None:
    act, rows = POSTINGS_TOLD[name]
    act(plan)
    _, told = all_of(plan)
    assert (told.detail, told.is_ok, told.plan) == (rows, True, "p")
    assert list(breaks(plan)) == []


def test_checking_is_an_event_of_its_own_kind(plan: Engine) -> None:
    file_progress(plan, CONSOLE, "p", DONE, settings.current())
    close_line(plan, CONSOLE, "p", "l", by_post="核查岗", opinion="属实")
    assert [each.kind for each in all_of(plan)][-1] is AuditKind.REVIEW


def test_a_posting_that_is_refused_leaves_no_event_of_a_write(plan: Engine) -> None:
    with pytest.raises(RefusedError):
        raise_problem(plan, CONSOLE, "p", replace(PROBLEM, unit="nowhere"))
    assert len(all_of(plan)) == 1


def test_who_may_not_is_put_on_record_and_nothing_else_is_written(plan: Engine) -> None:
    before = rows_held(plan)
    stranger = Viewer(
        AccountRole.LIAISON, "某局联络员", units=frozenset({("p", "v")}), at_console=True
    )
    with pytest.raises(ForbiddenError):
        raise_problem(plan, stranger, "p", PROBLEM)
    assert rows_held(plan) == before
    told = all_of(plan)[-1]
    assert (told.kind, told.action, told.is_ok) == (AuditKind.REFUSED, "登记问题", False)
    assert told.detail == "“登记问题”只限本单位的事项"
    assert told.post == "某局联络员"


def rows_held(engine: Engine) -> list[int]:
    """How many rows every table but the chain's own holds."""
    with reading(engine) as connection:
        tables = (*TABLES.values(), POSTINGS, REVISIONS)
        return [len(connection.execute(select(table.c.id)).all()) for table in tables]


def test_filling_with_practice_data_is_one_event_and_clearing_leaves_the_chain(
    tmp_path: Path,
) -> None:
    engine = shipped(tmp_path)
    before = all_of(engine)
    practice.fill(engine, LOCAL, CODE, settings.load())
    filled = all_of(engine)
    assert [each.action for each in filled[len(before) :]] == ["载入演示数据"]
    clear_practice(engine, LOCAL, CODE)
    *kept, cleared = all_of(engine)
    assert kept == filled
    assert cleared.action == "清除演示数据"
    assert list(breaks(engine)) == []


# Reading


@pytest.fixture
def varied(engine: Engine) -> Engine:
    """Events of several kinds, accounts and days."""
    failed = Event(kind=AuditKind.SIGN_IN, action="登录", is_ok=False, detail="口令有误 50%")
    told = [
        (OFFICE, TOLD, datetime(2023, 9, 21, 15, 59, tzinfo=UTC)),
        (OFFICE, TOLD, datetime(2023, 9, 21, 16, 0, tzinfo=UTC)),
        (AUDITOR, failed, NOON),
        (CONSOLE, replace(TOLD, kind=AuditKind.EXPORT, action="导出"), NOON),
        (LOCAL, TOLD, datetime(2023, 9, 23, 4, tzinfo=UTC)),
    ]
    with writing(engine) as connection:
        for viewer, event, at in told:
            append(connection, viewer, event, at=at)
    return engine


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"kinds": (AuditKind.SIGN_IN, AuditKind.EXPORT)}, [3, 4]),
        ({"account": "bangong"}, [1, 2]),
        ({"account": NOBODY}, [4, 5]),
        ({"is_ok": False}, [3]),
        ({"is_ok": True}, [1, 2, 4, 5]),
        ({"first_day": date(2023, 9, 22)}, [2, 3, 4, 5]),
        ({"last_day": date(2023, 9, 21)}, [1]),
        ({"first_day": date(2023, 9, 22), "last_day": date(2023, 9, 22)}, [2, 3, 4]),
        ({"words": "口令"}, [3]),
        ({"words": "0%"}, [3]),
        ({"words": "%"}, [3]),
        ({"words": "命令行"}, [4]),
        ({"account": "bangong", "is_ok": False}, []),
    ],
)
def test_events_are_found_by_what_is_asked_for(
    varied: Engine, wanted: dict[str, object], found: list[int]
) -> None:
    assert [each.id for each in all_of(varied, **wanted)] == found


def test_a_page_is_the_newest_first_and_the_sums_are_of_all(varied: Engine) -> None:
    first = events(varied, Filter(), limit=2)
    last = events(varied, Filter(), page=3, limit=2)
    assert [each.id for each in first.rows] == [5, 4]
    assert [each.id for each in last.rows] == [1]
    assert {(each.total, each.failed) for each in (first, last)} == {(5, 1)}
    nothing = events(varied, Filter(words="无此字样"))
    assert (nothing.rows, nothing.total, nothing.failed) == ((), 0, 0)


def test_accounts_on_record_are_named_once_with_nobody_last(varied: Engine) -> None:
    assert accounts_on_record(varied) == ("bangong", "shenji", NOBODY)


def test_an_event_is_of_this_moment_unless_told_otherwise(engine: Engine) -> None:
    before = datetime.now(UTC)
    record(engine, OFFICE, TOLD)
    (told,) = all_of(engine)
    assert before <= told.at <= datetime.now(UTC)
    assert (told.account, told.address) == ("bangong", "10.0.0.8")
