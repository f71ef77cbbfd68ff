"""What the practice data say is believable: problems closed by another, dates on working days."""

import re
from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from dashboard import settings
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import Books, load
from dashboard.ledgers.history import all_filings, revisions_of
from dashboard.posting.persons import personal_data
from dashboard.posting.station_faults import station_faults
from dashboard.practice.diary import moment
from dashboard.practice.filling import PRACTICE_NOW
from dashboard.rules.calendar import is_working_day
from dashboard.rules.coverage import in_all
from dashboard.rules.invariants import breaches
from dashboard.rules.problems import Stage, staged, steps_of
from dashboard.rules.standards import check
from tests.books import CODE

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2023, 9, 22)
CLOSED = t.ReviewVerdict.CLOSED
LEADERS = re.compile(r"批示|书记|县长|市长|领导小组")


def books(engine: Engine) -> Books:
    return load(engine, CODE, PRACTICE_NOW)


def test_filings_come_on_working_days_within_working_hours(filled: Engine) -> None:
    for filed in all_filings(filled, CODE, PRACTICE_NOW):
        received = filed.filing.received_at.astimezone(SHANGHAI)
        assert is_working_day(received.date()), filed.filing
        assert 8 <= received.hour < 18, filed.filing


def test_sums_so_far_never_fall_on_a_line(filled: Engine) -> None:
    reached: dict[str, float] = {}
    for filed in all_filings(filled, CODE, PRACTICE_NOW):
        line, value = filed.filing.line, filed.filing.value
        if filed.verdict is not t.ReviewVerdict.RETURNED and value is not None:
            assert value >= reached.get(line, 0.0), filed.filing
            reached[line] = value


def test_no_share_of_work_goes_beyond_a_hundred_percent(filled: Engine) -> None:
    held = books(filled)
    for filed in all_filings(filled, CODE, PRACTICE_NOW):
        line = held.get(r.ReportingLine, filed.filing.line)
        if line.indicator is None:
            assert (filed.filing.value or 0.0) <= 100.0


def test_what_was_returned_has_a_reason_and_but_for_one_was_filed_again(filled: Engine) -> None:
    filings = all_filings(filled, CODE, PRACTICE_NOW)
    returned = [each for each in filings if each.verdict is t.ReviewVerdict.RETURNED]
    again = {each.filing.corrects for each in filings if each.filing.corrects}
    assert len(returned) > 1
    assert all(each.opinion for each in returned)
    (standing,) = (each.filing for each in returned if each.filing.code not in again)
    assert books(filled).last_filed[standing.line] == standing


def test_some_filings_wait_for_their_review_and_one_of_them_was_corrected(filled: Engine) -> None:
    filings = all_filings(filled, CODE, PRACTICE_NOW)
    waiting = {each.filing.code for each in filings if each.verdict is None}
    assert len(waiting) == 9
    assert len(waiting & {each.filing.corrects for each in filings}) == 1


def test_closing_is_asked_for_first_and_done_by_another_post(filled: Engine) -> None:
    held = books(filled)
    closed = [line for line, said in held.last_said.items() if said.verdict is CLOSED]
    assert closed
    for line in closed:
        filing, said = held.last_accepted[line], held.last_said[line]
        assert filing.is_done
        assert said.opinion
        assert said.by_post != filing.filed_by


def test_the_total_of_villages_is_the_sum_of_what_the_towns_reported(filled: Engine) -> None:
    held = books(filled)
    total = held.last_accepted["l-4-8-village"]
    towns = {each.unit for each in held.by(r.Host, "host_list")["h-talk-village"] if each.number}
    reached = {
        each.filing.line: each.filing.value or 0.0
        for each in all_filings(filled, CODE, PRACTICE_NOW)
        if each.filing.round <= total.round
    }
    assert total.value == sum(reached.get(f"l-4-8-village-{town}", 0.0) for town in towns)


def test_problems_of_all_kinds_some_closed_one_reopened_three_ask_for_help(filled: Engine) -> None:
    problems = books(filled).all(r.Problem)
    assert {each.category for each in problems} == set(t.ProblemCategory)
    assert sum(each.state is t.ProblemState.CLOSED for each in problems) >= 3
    assert sum(each.reopenings for each in problems) == 1
    asking = [each for each in problems if each.request]
    assert len(asking) == 3
    assert all(each.request_due_on and each.request_due_on > TODAY for each in asking)


def test_a_reopened_problem_keeps_its_history(filled: Engine) -> None:
    states = [
        revision.new
        for revision in reversed(revisions_of(filled, CODE, "problem", "P000004"))
        if revision.field == "state"
    ]
    assert states == ["solving", "to_check", "closed", "reopened", "solving"]


def test_problems_stand_at_every_stage_and_one_waits_for_each_of_the_office_s_steps(
    filled: Engine,
) -> None:
    days = settings.load().problems.look_back_days
    found = staged(books(filled), TODAY, days)
    assert all(found.values())
    for stage in (Stage.CHECK, Stage.CONFIRM, Stage.LOOK_BACK):
        assert len(found[stage]) == 1


def test_a_problem_s_steps_lead_to_its_row_by_the_posts_of_unit_and_office(filled: Engine) -> None:
    held = books(filled)
    for problem in held.all(r.Problem):
        steps = steps_of(held, problem.code)
        assert [each.done_on for each in steps] == sorted(each.done_on for each in steps)
        assert all(is_working_day(each.done_on) for each in steps)
        unit = held.get(r.Unit, problem.unit).name
        for each in steps:
            of_the_unit = each.act in (t.ProblemAct.REPORTED, t.ProblemAct.ASKED)
            assert each.by_post.startswith(unit if of_the_unit else "专班办公室"), each
    assert breaches(held) == ()


def test_the_last_two_dispatches_gave_directives_and_one_is_overdue(filled: Engine) -> None:
    directives = books(filled).all(r.Directive)
    per_round = Counter(each.round for each in directives)
    assert (per_round["2023-W37"], per_round["2023-W38"]) == (4, 3)
    standing = [each for each in directives if each.state is t.DirectiveState.OPEN]
    assert any(each.due_on < TODAY for each in standing)


def test_eight_towns_have_a_station_and_two_of_these_fall_short(filled: Engine) -> None:
    held = books(filled)
    whole = in_all(held, held.get(r.HostList, "h-village"), TODAY)
    assert (whole.standing, whole.filled, whole.below) == (8, 6, 2)
    states = Counter(each.state(TODAY) for each in held.by(r.Station, "host_list")["h-village"])
    assert states[t.StationState.BUILDING] == 2


def test_stations_stand_near_their_town_and_special_places_on_no_map(filled: Engine) -> None:
    held = books(filled)
    for station in held.all(r.Station):
        town = held.find(r.Unit, station.town)
        if station.kind is t.StationKind.SPECIAL:
            assert station.lon is None
            assert station.lat is None
        elif town and town.lon and town.lat and station.lon and station.lat:
            assert abs(station.lon - town.lon) <= 0.0151
            assert abs(station.lat - town.lat) <= 0.0151


def test_stations_are_begun_and_built_on_working_days(filled: Engine) -> None:
    for station in books(filled).all(r.Station):
        for day in (station.begun_on, station.built_on):
            if day and day >= date(2023, 6, 6):
                assert is_working_day(day), station


def test_no_text_names_a_person_an_instruction_or_a_leader(filled: Engine) -> None:
    held = books(filled)
    texts = [each.filing.text or "" for each in all_filings(filled, CODE, PRACTICE_NOW)]
    texts += [f"{each.description}{each.progress}" for each in held.all(r.Problem)]
    texts += [each.text or "" for each in held.all(r.ProblemStep)]
    texts += [f"{each.matter}{each.answer}" for each in held.all(r.Directive)]
    assert [text for text in texts if personal_data(text) or LEADERS.search(text)] == []


def test_one_station_moved_and_was_checked_again_and_one_was_closed(filled: Engine) -> None:
    stations = books(filled).all(r.Station)
    (moved,) = (each for each in stations if each.moved_on)
    (ended,) = (each for each in stations if each.ended_on)
    assert moved.moved_on is not None
    before = load(filled, CODE, moment(moved.moved_on, 12)).get(r.Station, moved.code)
    assert (before.moved_on, before.address) != (moved.moved_on, moved.address)
    assert check(books(filled), moved, TODAY).is_met
    assert ended.state(TODAY) is t.StationState.ENDED
    assert ended.note
    assert ended.lon is None


def test_open_stations_count_whom_they_served_and_the_newest_fewer_than_are_shown(
    filled: Engine,
) -> None:
    stations = books(filled).all(r.Station)
    for each in stations:
        is_open = each.built_on is not None and each.ended_on is None
        assert (each.served is not None) == (each.served_on is not None) == is_open, each
        assert tuple(station_faults(books(filled), each)) == (), each
    served = [each.served for each in stations if each.served is not None]
    assert 0 < sum(0 < each < 5 for each in served) < len(served) / 2


def test_one_list_names_its_bodies_and_its_stations_stand_for_them(filled: Engine) -> None:
    held = books(filled)
    bodies = held.by(r.ListedHost, "host_list")["h-health"]
    assert {each.state for each in bodies} == {t.HostState.OBLIGED, t.HostState.UNKNOWN}
    assert held.all(r.ListedHost) == bodies
    for station in held.by(r.Station, "host_list")["h-health"]:
        assert station.listed_host is not None, station
        assert held.get(r.ListedHost, station.listed_host).town == station.town
    assert load(filled, CODE, moment(date(2023, 7, 20), 18)).all(r.ListedHost) == ()
