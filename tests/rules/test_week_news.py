"""What a week brought, for a room: one line a kind, what asks for an answer first."""

from dataclasses import replace
from datetime import date, timedelta

from dashboard.ledgers.terms import StationKind
from dashboard.rules.verdicts import Light
from dashboard.rules.week_news import News, week_news
from tests.books import deadline, judged, line, measure, said
from tests.rules.stations_given import TODAY, books, station

DUE = date(2024, 6, 30)
PERCENT = (measure(), deadline(DUE), line())
STARTED = said(40, date(2023, 9, 1))
BEFORE, NOW = date(2024, 2, 1), date(2024, 2, 8)


def test_a_quiet_week_has_no_news() -> None:
    assert week_news(judged(PERCENT, NOW, STARTED), judged(PERCENT, NOW, STARTED)) == ()


def test_what_falls_behind_is_told_in_its_worst_light() -> None:
    on_pace = judged(PERCENT, date(2023, 12, 1), STARTED)
    yellow, red = (judged(PERCENT, day, STARTED) for day in (BEFORE, date(2024, 5, 30)))
    (news,) = week_news(on_pace, yellow)
    assert (news.what, news.number, news.measure) == ("新增滞后或逾期", 1, "项")
    assert (news.light, news.names) == (Light.YELLOW, (yellow.items[0].item.title,))
    assert [each.light for each in week_news(yellow, red)] == [Light.RED]


def test_what_catches_up_is_told_and_what_is_finished_only_as_finished() -> None:
    behind = judged(PERCENT, BEFORE, STARTED)
    caught = judged(PERCENT, NOW, STARTED, said(80, date(2024, 2, 6)))
    assert [each.what for each in week_news(behind, caught)] == ["不再滞后"]
    (task,) = caught.tasks
    (item,) = task.items
    done = replace(item, verdict=replace(item.verdict, light=Light.BLUE))
    finished = replace(caught, tasks=(replace(task, items=(done,)),))
    assert [each.what for each in week_news(behind, finished)] == ["新完成"]
    assert week_news(finished, finished) == ()


def test_stations_are_told_by_kind_of_event_and_late_entries_by_their_number_alone() -> None:
    news = TODAY - timedelta(days=2)
    here = [
        station("a", name="甲站", built_on=news),
        station("b", name="乙站", built_on=news, kind=StationKind.SPECIAL),
        station("c", name="丙站", built_on=date(2023, 7, 1)),
    ]
    quiet = judged(PERCENT, NOW, STARTED)
    empty = books()
    earlier = replace(empty, as_of=empty.as_of - timedelta(days=7))
    found = week_news(replace(quiet, books=earlier), replace(quiet, books=books(*here)))
    assert found == (
        News("新建成站点", 2, "处", ("甲站", StationKind.SPECIAL.label)),
        News("补录站点", 1, "处", ()),
    )
