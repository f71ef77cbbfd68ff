"""Made-up plans of a network of stations of any size: who must have what, and by when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.practice.names import DEPARTMENTS
from dashboard.practice.sized_areas import areas
from dashboard.practice.sized_plans import ISSUED_ON, PERIOD_END, departments, unit_code

STANDARD = "站点建设标准"
ITEMS = ("std-1", "std-2")
LEAST_AREA = 20.0
_COLLECTIVE = "u-towns"
_CLAUSE = "一（一）"
_LACKING = 3  # a town must have up to so many more than it has, list by list


@dataclass(frozen=True)
class Wanted:
    """One host list: its bodies are named, or each town has a number, or no town is written down.

    `is_one_each` obliges each town to exactly one.
    """

    code: str
    title: str
    kind: t.StationKind
    word: str
    lead: int
    due_on: date | None
    is_named: bool = False
    is_one_each: bool = False
    has_standard: bool = True
    body: str = "村（社区）"


WANTED = (
    Wanted(
        *("h-village", "镇街村居站点", t.StationKind.VILLAGE, "处", 6, date(2023, 9, 30)),
        is_one_each=True,
    ),
    Wanted(
        *("h-school", "中小学校心理辅导室", t.StationKind.SCHOOL, "所", 11, date(2023, 12, 31)),
        is_named=True,
        has_standard=False,
        body="学校",
    ),
    Wanted(
        *("h-health", "卫生院心理咨询室", t.StationKind.MEDICAL, "家", 27, date(2023, 6, 30)),
        is_named=True,
        has_standard=False,
        body="卫生院",
    ),
    Wanted("h-community", "社区心理咨询室", t.StationKind.COMMUNITY, "处", 15, None),
    Wanted("h-workplace", "企事业单位心理辅导室", t.StationKind.WORKPLACE, "家", 35, None),
)
BY_KIND = {each.kind: each for each in WANTED}
_SHARES = (
    *([t.StationKind.SCHOOL] * 8),
    *([t.StationKind.COMMUNITY] * 4),
    *([t.StationKind.WORKPLACE] * 4),
    *([t.StationKind.MEDICAL] * 2),
    t.StationKind.SOCIAL,
    t.StationKind.SPECIAL,
)
"""Of twenty stations besides the village's own; 7 shares no factor with twenty and mixes them."""


def stations_plan(stations: int, towns: int, seed: int = 1) -> tuple[r.Plan, tuple[r.Record, ...]]:
    """A made-up plan for a network of so many stations in so many towns, alike for one seed.

    Towns beyond 14 lie in counties and cities. `fill_stations` brings the stations themselves.
    """
    units = areas(towns, seed)
    is_large = any(unit.kind is t.UnitKind.CITY for unit in units)
    place = "某省" if is_large else "某县"
    plan = r.Plan(
        code=f"stations-{stations}",
        title=f"{place}社会心理服务站点建设实施方案（{stations}处）",
        short_title=f"站点建设方案（{stations}处）",
        number="演示〔2023〕2号",
        issuer=f"{place}人民政府办公室",
        issued_on=ISSUED_ON,
        period_end=PERIOD_END,
        place=place,
        level="省" if is_large else "县",
        office=f"{place}站点建设专班办公室",
        office_unit=unit_code(27),
        started_on=ISSUED_ON,
    )
    rows = [*departments(), *units, *_members(towns_in(units)), *_clauses(), *_standard()]
    for seq, wanted in enumerate(WANTED, start=1):
        rows += [*_list(wanted, seq, towns_in(units), stations), *_task(wanted, seq)]
    return plan, tuple(rows)


def towns_in(rows: Sequence[r.Record]) -> tuple[r.Unit, ...]:
    """The towns among rows of a plan, in order."""
    return tuple(each for each in rows if isinstance(each, r.Unit) and each.kind is t.UnitKind.TOWN)


def kind_at(place: int) -> t.StationKind:
    """What kind the station is that comes at this place among its town's, counted from 0."""
    return _SHARES[place * 7 % len(_SHARES)] if place else t.StationKind.VILLAGE


@cache
def number_at(place: int) -> int:
    """How many of a town's stations before this place are of the same kind."""
    return sum(kind_at(each) is kind_at(place) for each in range(place))


def body_code(wanted: Wanted, town: int, number: int) -> str:
    """The code of a named body: of a town and among its bodies, both counted from 0."""
    return f"{wanted.code}-{town + 1:04d}-{number + 1:03d}"


def _members(towns: Sequence[r.Unit]) -> Iterator[r.Record]:
    collective = t.UnitKind.COLLECTIVE
    yield r.Unit(code=_COLLECTIVE, name="各镇街", kind=collective, seq=20_000, is_collective=True)
    for seq, town in enumerate(towns, start=1):
        yield r.Membership(code=f"ms-{seq:04d}", collective=_COLLECTIVE, member=town.code, seq=seq)


def _clauses() -> Iterator[r.Clause]:
    places = ("一", "一（一）", *(f"{_CLAUSE}{seq}" for seq in range(1, len(WANTED) + 1)))
    titles = ("重点任务", "建设服务站点", *(wanted.title for wanted in WANTED))
    above = (None, "一", *(_CLAUSE for _ in WANTED))
    for seq, (code, title, parent) in enumerate(zip(places, titles, above, strict=True), start=1):
        yield r.Clause(
            code=code,
            title=title,
            kind=t.ClauseKind.TASK,
            seq=seq,
            parent=parent,
            has_bracket=parent == _CLAUSE,
        )


def _standard() -> Iterator[r.StandardItem]:
    first, second = ITEMS
    common: dict[str, Any] = {"standard": STANDARD, "clause": _CLAUSE}
    yield r.StandardItem(
        code=first,
        area="场地",
        requirement="总面积不少于20平方米",
        seq=1,
        comparator=t.Comparator.AT_LEAST,
        value=LEAST_AREA,
        unit="平方米",
        **common,
    )
    yield r.StandardItem(code=second, area="制度", requirement="相关制度已上墙", seq=2, **common)


def _list(wanted: Wanted, seq: int, towns: Sequence[r.Unit], stations: int) -> Iterator[r.Record]:
    numbers = [_number(wanted, index, stations, len(towns)) for index in range(len(towns))]
    is_known = not wanted.is_named and None not in numbers
    yield r.HostList(
        code=wanted.code,
        title=wanted.title,
        clause=f"{_CLAUSE}{seq}",
        seq=seq,
        unit_word=wanted.word,
        total=sum(number or 0 for number in numbers) if is_known else None,
        year=2023,
        station_kind=wanted.kind,
        standard=STANDARD if wanted.has_standard else None,
        source=f"方案{_CLAUSE}{seq}",
    )
    for index, (town, number) in enumerate(zip(towns, numbers, strict=True)):
        if wanted.is_named:
            yield from _bodies(wanted, town, index, number or 0)
        else:
            yield _host(wanted, town, number)


def _number(wanted: Wanted, town: int, stations: int, towns: int) -> int | None:
    """How many a town must have: none is known where the office has not looked into it."""
    if wanted.is_one_each:
        return 1
    if wanted.kind is t.StationKind.WORKPLACE and town % 12 == _LACKING:
        return None
    held = sum(kind_at(place) is wanted.kind for place in range(_held(town, stations, towns)))
    return held + (town + wanted.lead) % (_LACKING + 1)


def _held(town: int, stations: int, towns: int) -> int:
    """How many stations a town has when they are dealt out in turn."""
    return stations // towns + (town < stations % towns)


def _host(wanted: Wanted, town: r.Unit, number: int | None) -> r.Host:
    state = t.HostState.UNKNOWN if number is None else t.HostState.OBLIGED
    if number == 0:
        state, number = t.HostState.EXEMPT, None
    return r.Host(
        code=f"{wanted.code}-{town.code}",
        host_list=wanted.code,
        unit=town.code,
        state=state,
        number=number,
    )


def _bodies(wanted: Wanted, town: r.Unit, index: int, number: int) -> Iterator[r.ListedHost]:
    for each in range(number):
        is_last = each == number - 1
        yield r.ListedHost(
            code=body_code(wanted, index, each),
            host_list=wanted.code,
            name=f"{town.name}第{each + 1}{wanted.body}",
            town=town.code,
            state=t.HostState.UNKNOWN if is_last and index % 30 == 0 else t.HostState.OBLIGED,
        )


def _task(wanted: Wanted, seq: int) -> Iterator[r.Record]:
    task, measure, indicator = f"t-{seq}", f"m-{seq}-1", f"i-{seq}"
    here: dict[str, Any] = {"task": task, "clause": f"{_CLAUSE}{seq}"}
    yield r.Task(
        code=task, clause=here["clause"], title=f"建设{wanted.title}", kind=t.TaskKind.KEY, seq=seq
    )
    yield r.Measure(code=measure, title=f"按标准建设{wanted.title}", seq=1, **here)
    yield r.Indicator(
        code=indicator,
        name=wanted.title,
        seq=seq,
        comparator=t.Comparator.AT_LEAST,
        value=1.0 if wanted.is_one_each else 100.0,
        unit=wanted.word if wanted.is_one_each else "%",
        method=t.Method.STATIONS,
        measure=measure,
        scope="镇街",
        host_list=wanted.code,
        is_explicit=wanted.is_one_each,
        **here,
    )
    yield r.Deadline(
        code=f"d-{seq}",
        source=t.DeadlineSource.PRINTED,
        measure=measure,
        indicator=indicator,
        recurrence=t.Recurrence.ONCE if wanted.due_on else t.Recurrence.ONGOING,
        due_on=wanted.due_on,
        **here,
    )
    yield from _duties(wanted, seq, here)


def _duties(wanted: Wanted, seq: int, here: Mapping[str, Any]) -> Iterator[r.Record]:
    lead = unit_code(wanted.lead)
    yield r.Responsibility(
        code=f"r-{seq}",
        unit=lead,
        as_printed=DEPARTMENTS[wanted.lead - 1],
        role=t.Role.LEAD,
        basis=t.Basis.BRACKET,
        seq=1,
        words="牵头负责",
        **here,
    )
    yield r.ReportingLine(
        code=f"l-{seq}",
        task=here["task"],
        unit=lead,
        part=t.Part.TOTAL,
        cadence=t.Recurrence.MONTHLY,
        via=t.Via.STATIONS,
        measure=f"m-{seq}-1",
        indicator=f"i-{seq}",
    )
