"""What a viewer sees of the books: nothing of another unit's, and numbers that equal rows."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard import practice, settings
from dashboard.access.scope import (
    cut,
    cut_filings,
    cut_revisions,
    own_units,
    plans_open_to,
    scope_of,
    sees_all,
)
from dashboard.access.viewer import CONSOLE, LOCAL, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books, load, load_plan
from dashboard.ledgers.history import Filed, all_filings, revisions_of
from dashboard.ledgers.library import Library
from dashboard.ledgers.shape import LEDGERS, fields_of
from dashboard.ledgers.terms import AccountRole
from dashboard.posting.plans import now_of, start_practice
from dashboard.rules.coverage import owed_in_all
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.rules.summary import duties_of_unit
from dashboard.widgets.desk import Desk
from tests.books import CODE, ISSUED, PLAN, UNIT, jiaxiang, judged, line, measure, said, shipped
from tests.counting import queries
from tests.people import person

UNITS = [row.code for row in jiaxiang().rows if isinstance(row, r.Unit)]
TOWN, OTHER_TOWN, HEALTH, SCHOOLS = "370829001", "370829102", "u-wjj", "u-jtj"
EVERY_TOWN = "u-gzj"


@dataclass(frozen=True)
class Whole:
    """The shipped plan with practice data: all of it, as who sees all sees it."""

    judgement: Judgement
    filed: tuple[Filed, ...]

    @property
    def books(self) -> Books:
        return self.judgement.books


@cache
def whole() -> Whole:
    with TemporaryDirectory() as folder:
        engine = shipped(Path(folder))
        practice.fill(engine, CONSOLE, CODE, settings.current())
        now = now_of(load_plan(engine, CODE))
        made = Whole(
            judge_books(load(engine, CODE, now), settings.current()),
            all_filings(engine, CODE, now),
        )
        engine.dispose()
        return made


def viewer(role: AccountRole, *units: str) -> Viewer:
    return Viewer(role, "某岗", "某账号", 1, frozenset((CODE, unit) for unit in units))


def liaison(*units: str) -> Viewer:
    return viewer(AccountRole.LIAISON, *units)


def seen_by(*units: str) -> Judgement:
    return cut(whole().judgement, liaison(*units))


def texts(value: object) -> Iterator[str]:
    """Every text that hangs on a value, however deep."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from texts(each)


def secrets_of(books: Books, filed: tuple[Filed, ...], own: set[str]) -> set[str]:
    """The sentences that other units wrote, or that were written about them."""
    lines = {each.code: each.unit for each in books.all(r.ReportingLine)}
    found = [text for each in filed if lines[each.filing.line] not in own for text in _said(each)]
    rows: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
        (r.Problem, ("description", "solution", "request", "progress", "check_opinion")),
        (r.Directive, ("matter", "answer", "closing_standard")),
    )
    for kind, names in rows:
        for row in books.all(kind):
            if row.unit not in own:
                found += [getattr(row, name) for name in names]
    found += [
        text
        for each in books.all(r.Station)
        if not {each.town, each.unit} & own
        for text in (each.name, each.note)
    ]
    return {text for text in found if text}


def _said(each: Filed) -> list[str | None]:
    filing = each.filing
    return [filing.text, filing.next_step, filing.reason, filing.remedy, each.opinion]


def own_texts(books: Books, filed: tuple[Filed, ...], own: set[str]) -> set[str]:
    """The sentences that are the units' own, by the same reckoning."""
    others = {unit.code for unit in books.all(r.Unit)} - own
    return secrets_of(books, filed, others)


# Who sees all


@pytest.mark.parametrize(
    "who",
    [LOCAL, CONSOLE, viewer(AccountRole.OFFICE), viewer(AccountRole.LEADER)],
    ids=["local", "console", "office", "leader"],
)
def test_who_sees_the_whole_plan_gets_the_very_object(who: Viewer) -> None:
    assert sees_all(who)
    assert cut(whole().judgement, who) is whole().judgement
    assert cut_filings(whole().filed, whole().books, who) is whole().filed
    assert plans_open_to(who, [CODE, "other"]) == (CODE, "other")


@pytest.mark.parametrize("role", [AccountRole.ADMINISTRATOR, AccountRole.AUDITOR])
def test_administrators_and_auditors_see_no_business(role: AccountRole) -> None:
    who = viewer(role, HEALTH)  # even where a unit was left on the account
    found = cut(whole().judgement, who)
    assert (found.tasks, found.lines, found.books.last_filed) == ((), (), {})
    assert not any(found.books.all(kind) for kind in (r.Problem, r.Directive, r.Station, r.Contact))
    assert cut_filings(whole().filed, found.books, who) == ()
    assert plans_open_to(who, [CODE]) == ()


# Liaisons


@pytest.mark.parametrize("unit", UNITS)
def test_nothing_that_another_unit_said_is_reachable(unit: str) -> None:
    found = seen_by(unit)
    filed = cut_filings(whole().filed, found.books, liaison(unit))
    mine = own_texts(whole().books, whole().filed, {unit})
    others = secrets_of(whole().books, whole().filed, {unit}) - mine
    assert others, "there is something to keep from this unit"
    shown = {*texts(found), *texts(found.books.rows), *texts(filed)}
    assert not shown & others
    assert mine <= shown, "what is the unit's own is all there"


@pytest.mark.parametrize("unit", UNITS)
def test_every_row_shown_stands_in_the_whole_and_as_it_is(unit: str) -> None:
    books, found = whole().books, seen_by(unit)
    for name in found.books.rows:
        kind = LEDGERS[name]
        assert all(books.find(kind, row.code) is row for row in found.books.all(kind))
    assert all(each is whole().judgement.by_task[each.task.code] for each in found.tasks)
    assert {each.task for each in found.tasks} == set(found.books.all(r.Task))
    assert set(found.lines) <= set(whole().judgement.lines)


@pytest.mark.parametrize("unit", UNITS)
def test_the_tasks_are_those_that_bind_the_unit_or_on_which_it_reports(unit: str) -> None:
    books = whole().books
    bound = {
        duty.printed.task for duty in duties_of_unit(whole().judgement, books.get(r.Unit, unit))
    }
    reported = {each.task for each in books.by(r.ReportingLine, "unit")[unit]}
    found = seen_by(unit)
    assert {each.task.code for each in found.tasks} == bound | reported
    assert len(duties_of_unit(found, books.get(r.Unit, unit))) == len(
        duties_of_unit(whole().judgement, books.get(r.Unit, unit))
    )


@pytest.mark.parametrize("unit", UNITS)
def test_every_reference_of_a_shown_row_leads_somewhere(unit: str) -> None:
    """A page that follows a code must not fall: only loose ties may lead nowhere."""
    loose = {("problem", "task"), ("directive", "task"), ("directive", "problem")}
    loose |= {("observation", "filing"), ("observation", "indicator"), ("deadline", "after")}
    books = seen_by(unit).books
    for name, kind in LEDGERS.items():
        for row in books.rows.get(name, ()):
            for field in (f for f in fields_of(kind) if (name, f.name) not in loose):
                code = getattr(row, field.name)
                if field.ref and code:
                    assert books.find(LEDGERS[field.ref], code), (name, row.code, field.name)


def test_a_unit_inside_a_collective_gets_its_tasks() -> None:
    named = {each.task for each in whole().books.by(r.Responsibility, "unit")[EVERY_TOWN]}
    assert named
    assert named <= {each.task.code for each in seen_by(TOWN).tasks}
    assert not any(each.unit == TOWN for each in whole().books.all(r.Responsibility))


def test_a_town_sees_its_stations_its_lists_and_its_lines_alone() -> None:
    found = seen_by(TOWN).books
    assert {each.town for each in found.all(r.Station)} == {TOWN}
    assert {each.unit for each in found.all(r.Host)} == {TOWN}
    assert {each.unit for each in found.all(r.Observation)} == {TOWN}
    stations = {each.code for each in found.all(r.Station)}
    assert {each.station for each in found.all(r.Inspection)} <= stations
    lines = {each.code: each for each in whole().books.all(r.ReportingLine)}
    for held in (found.last_filed, found.last_accepted, found.last_said):
        assert held
        assert {lines[code].unit for code in held} == {TOWN}
    shares = [each for each in found.all(r.ReportingLine) if each.part is t.Part.SHARE]
    assert {each.unit for each in shares} == {TOWN}


def test_places_of_custody_are_named_to_their_own_town_alone() -> None:
    books = whole().books
    special = r.ListedHost(code="LH1", host_list="h-special", name="某所", town=OTHER_TOWN)
    school = r.ListedHost(code="LH2", host_list="h-school", name="某校", town=OTHER_TOWN)
    rows = {**books.rows, "listed_host": (special, school)}
    judged_so = replace(whole().judgement, books=books.supposing(rows=rows))
    seen = {
        town: cut(judged_so, liaison(town)).books.all(r.ListedHost) for town in (TOWN, OTHER_TOWN)
    }
    assert seen == {TOWN: (school,), OTHER_TOWN: (special, school)}


def test_what_a_list_obliges_in_all_is_the_same_for_who_sees_a_part_of_it() -> None:
    books = whole().books
    numbers = tuple(
        replace(each, state=t.HostState.OBLIGED, number=2) if each.host_list == "h-school" else each
        for each in books.all(r.Host)
    )
    settled = books.supposing(rows={**books.rows, "host": numbers})
    for given, owed in ((books, None), (settled, 28)):
        school = given.get(r.HostList, "h-school")
        found = cut(replace(whole().judgement, books=given), liaison(TOWN)).books
        assert (owed_in_all(given, school), owed_in_all(found, school)) == (owed, owed)


def test_who_built_a_station_sees_it_in_whatever_town() -> None:
    found = seen_by(SCHOOLS).books.all(r.Station)
    assert len({each.town for each in found}) > 1
    assert {each.unit for each in found} == {SCHOOLS}


def test_the_figure_of_a_shown_task_stays_though_another_unit_sums_it_up() -> None:
    found = seen_by(TOWN)
    foreign = [each for each in found.items if each.item.line.unit != TOWN and each.figure.value]
    assert foreign
    assert not any(each.item.line.code in found.books.last_filed for each in foreign)


def test_two_units_see_what_either_sees() -> None:
    one, two, both = seen_by(TOWN), seen_by(SCHOOLS), seen_by(TOWN, SCHOOLS)
    for name in ("problem", "directive", "station", "host", "observation"):
        kind = LEDGERS[name]
        apart = {row.code for each in (one, two) for row in each.books.all(kind)}
        assert {row.code for row in both.books.all(kind)} == apart
    assert {each.task.code for each in both.tasks} == {
        each.task.code for found in (one, two) for each in found.tasks
    }


def test_a_unit_of_another_plan_opens_nothing() -> None:
    who = Viewer(AccountRole.LIAISON, "某岗", "某账号", 1, frozenset({("other", HEALTH)}))
    assert cut(whole().judgement, who).tasks == ()
    assert own_units(who, CODE) == frozenset()
    assert plans_open_to(who, [CODE, "other"]) == ("other",)


def test_what_the_printed_plan_says_stays_whole() -> None:
    for kind in (r.Clause, r.Unit, r.Membership, r.WorkGroup, r.Post, r.StandardItem, r.HostList):
        assert seen_by(TOWN).books.all(kind) == whole().books.all(kind)


# Contacts and registered instructions


SECRET_ROWS = (
    measure(),
    line(),
    r.Contact(code="c1", unit="u", post="联络岗", name="甲", telephone="0537-1111111"),
    r.Contact(code="c2", unit="v", post="联络岗", name="乙", telephone="0537-2222222"),
    *(
        r.Directive(
            code=f"D{number}",
            matter=f"事项{number}",
            source=t.DirectiveSource.LEADER,
            unit=unit,
            issued_on=ISSUED,
            due_on=ISSUED,
            register_no=register,
        )
        for number, (unit, register) in enumerate(
            [("u", None), ("u", "〔2023〕1号"), ("v", None), ("v", "〔2023〕2号")], 1
        )
    ),
)


@pytest.mark.parametrize(
    ("role", "contacts", "directives"),
    [
        (AccountRole.LOCAL, ["c1", "c2"], ["D1", "D2", "D3", "D4"]),
        (AccountRole.OFFICE, ["c1", "c2"], ["D1", "D2", "D3", "D4"]),
        (AccountRole.LEADER, [], ["D1", "D2", "D3", "D4"]),
        (AccountRole.LIAISON, ["c1"], ["D1", "D2"]),
        (AccountRole.ADMINISTRATOR, [], []),
        (AccountRole.AUDITOR, [], []),
    ],
)
def test_contacts_and_instructions_are_for_whom_they_are_meant(
    role: AccountRole, contacts: list[str], directives: list[str]
) -> None:
    who = Viewer(role, "某岗", "某账号", 1, frozenset({("p", "u")}))
    books = cut(judged(SECRET_ROWS, ISSUED), who).books
    assert [each.code for each in books.all(r.Contact)] == contacts
    assert [each.code for each in books.all(r.Directive)] == directives


def changed(ledger: str, row: str, field: str = "note") -> r.Revision:
    now = ISSUED_AT
    return r.Revision(
        ledger=ledger,
        row=row,
        action=t.Action.CHANGE,
        field=field,
        old="旧",
        new="新",
        by_post="某岗",
        by_account=None,
        posting_id=1,
        known_at=now,
        recorded_at=now,
    )


ISSUED_AT = judged((), ISSUED).books.as_of
CHANGES = (
    *(changed("contact", code, "telephone") for code in ("c1", "c2")),
    *(changed("directive", code) for code in ("D2", "D4")),
    changed("problem", "P9"),
    changed("task", "t"),
    changed("unit", "v"),
)


@pytest.mark.parametrize(
    ("role", "rows"),
    [
        (AccountRole.OFFICE, ["c1", "c2", "D2", "D4", "P9", "t", "v"]),
        (AccountRole.LEADER, ["D2", "D4", "P9", "t", "v"]),
        (AccountRole.LIAISON, ["c1", "D2", "t", "v"]),
        (AccountRole.AUDITOR, ["v"]),
    ],
)
def test_changes_are_read_of_rows_that_are_shown(role: AccountRole, rows: list[str]) -> None:
    """P9 has ended: who sees the whole plan may still read what became of it."""
    who = Viewer(role, "某岗", "某账号", 1, frozenset({("p", "u")}))
    seen = cut(judged(SECRET_ROWS, ISSUED), who).books
    assert [each.row for each in cut_revisions(CHANGES, seen, who)] == rows


# Keys and queries


def test_what_is_cut_alike_is_kept_alike_and_nothing_else() -> None:
    one, same = liaison(TOWN, SCHOOLS), liaison(SCHOOLS, TOWN)
    assert scope_of(one, CODE) == scope_of(same, CODE)
    scopes = [
        scope_of(who, CODE)
        for who in (
            LOCAL,
            viewer(AccountRole.LEADER),
            liaison(TOWN),
            liaison(OTHER_TOWN),
            liaison(),
            viewer(AccountRole.AUDITOR),
        )
    ]
    assert len(set(scopes)) == len(scopes)
    assert scope_of(LOCAL, CODE) == scope_of(viewer(AccountRole.OFFICE), CODE)


def desk_of(engine: Engine, who: Viewer) -> Desk:
    plan = load_plan(engine, CODE)
    now = now_of(plan)
    return Desk(who, Library(engine), settings.current(), plan, ISSUED, now, (CODE,))


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """The shipped plan, a filing by another unit, and accounts."""
    made = shipped(tmp_path)
    start_practice(made, CONSOLE, CODE, now=ISSUED_AT, started_on=ISSUED)
    return made


def queries_of(engine: Engine, who: Viewer) -> int:
    """How many queries a page's books, one task's filings and its changes take."""
    at = desk_of(engine, who)
    with queries(engine) as asked:
        assert at.books
        at.filings_of("t-4-5")
        at.changes_of("task", "t-4-5")
    return len(asked)


def test_the_cut_costs_no_query(engine: Engine) -> None:
    queries_of(engine, LOCAL)  # the first to look has the books loaded for everybody
    whole_plan = queries_of(engine, person(engine, AccountRole.OFFICE))
    assert whole_plan > 0
    for units in ([TOWN], [TOWN, SCHOOLS, HEALTH]):
        assert queries_of(engine, person(engine, AccountRole.LIAISON, *units)) == whole_plan


def test_a_desk_hands_out_the_cut_alone(engine: Engine) -> None:
    mine, office = (
        desk_of(engine, person(engine, AccountRole.LIAISON, TOWN)),
        desk_of(engine, person(engine, AccountRole.OFFICE)),
    )
    assert mine.version != office.version
    assert (mine.sees_all, office.sees_all) == (False, True)
    assert [each.code for each in mine.own_units] == [TOWN]
    assert office.own_units == ()
    assert len(mine.judgement.tasks) < len(office.judgement.tasks)
    assert {each.line.unit for each in mine.judgement.lines} == {TOWN}
    assert len(mine.judgement_at(ISSUED_AT).tasks) == len(mine.judgement.tasks)
    gone = next(each for each in office.judgement.tasks if each not in mine.judgement.tasks)
    assert office.changes_of("task", gone.task.code)
    assert not mine.changes_of("task", gone.task.code)
    shown = mine.judgement.tasks[0].task.code
    told = revisions_of(engine, CODE, "task", shown, as_of=mine.as_of)
    assert mine.changes_of("task", shown) == told


def test_the_smallest_books_are_cut_too() -> None:
    """No row at all but the plan's, and a filing on a line of the one unit."""
    found = judged((measure(), line()), ISSUED, said(40, ISSUED))
    who = Viewer(AccountRole.LIAISON, "某岗", "某账号", 1, frozenset({(PLAN.code, "v")}))
    assert cut(found, who).tasks == ()
    own = Viewer(AccountRole.LIAISON, "某岗", "某账号", 1, frozenset({(PLAN.code, UNIT.code)}))
    assert cut(found, own).tasks == found.tasks
    assert cut(found, own).books.last_filed == found.books.last_filed
