"""Made-up plans of any size, with the longest names that occur in real life."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.practice.names import DEPARTMENTS, OBJECTS, TARGETS, TOWNS, VERBS

ISSUED_ON = date(2023, 1, 3)
PERIOD_END = date(2025, 12, 31)
_TASKS_PER_SHARE = 20  # every so many tasks the towns report their own share
_COLLECTIVE = "u-towns"


def sized_plan(tasks: int, seed: int = 1) -> tuple[r.Plan, tuple[r.Record, ...]]:
    """A made-up plan of so many tasks over 40 departments and 13 towns, alike for one seed.

    Each task has two measures, an indicator, a lead, shared and local units, and the lines on
    which the lead reports; a tenth of the tasks has no date at all.
    """
    rng = Random(seed)  # noqa: S311
    plan = r.Plan(
        code=f"sized-{tasks}",
        title=f"某县重点工作任务实施方案（{tasks}项）",
        short_title=f"重点工作方案（{tasks}项）",
        number="演示〔2023〕1号",
        issuer="某县人民政府办公室",
        issued_on=ISSUED_ON,
        period_end=PERIOD_END,
        place="某县",
        level="县",
        office="某县重点工作专班办公室",
        office_unit="u-09",
        started_on=ISSUED_ON,
    )
    rows = [*departments(), *_towns(), *_clauses(tasks), *_village_hosts()]
    for number in range(1, tasks + 1):
        rows += _task(number, rng)
    return plan, tuple(rows)


def unit_code(number: int) -> str:
    """The code of a department, counted from 1."""
    return f"u-{number:02d}"


def town_code(number: int) -> str:
    """The code of a town, counted from 1."""
    return f"town-{number:02d}"


def departments() -> Iterator[r.Unit]:
    """The departments of a county."""
    for number, name in enumerate(DEPARTMENTS, start=1):
        kind = t.UnitKind.PARTY if name.startswith("县委") else t.UnitKind.GOVERNMENT
        yield r.Unit(code=unit_code(number), name=name, kind=kind, seq=number, in_roster=True)


def _towns() -> Iterator[r.Record]:
    for number, name in enumerate(TOWNS, start=1):
        yield r.Unit(
            code=town_code(number),
            name=name,
            kind=t.UnitKind.TOWN,
            seq=100 + number,
            official_code=f"9900001{number:02d}",
            villages=20 + number,
            communities=0,
            counted_in=2023,
            lon=116.0 + (number % 4) * 0.08,
            lat=35.2 + (number // 4) * 0.08,
            point_quality="示意",
        )
    collective = t.UnitKind.COLLECTIVE
    yield r.Unit(code=_COLLECTIVE, name="各镇街", kind=collective, seq=201, is_collective=True)
    for number in range(1, len(TOWNS) + 1):
        member = town_code(number)
        yield r.Membership(
            code=f"ms-{number:02d}", collective=_COLLECTIVE, member=member, seq=number
        )


def _place(number: int) -> tuple[str, str, str]:
    """The clause of a task with the two above it: 一, 一（一）, 一（一）1."""
    chapter, rest = divmod(number - 1, 100)
    section, point = divmod(rest, 10)
    top = wording.numeral(chapter + 1)
    middle = f"{top}（{wording.numeral(section + 1)}）"
    return top, middle, f"{middle}{point + 1}"


def _clauses(tasks: int) -> Iterator[r.Clause]:
    kind = t.ClauseKind.TASK
    seen: set[str] = set()
    for number in range(1, tasks + 1):
        above = None
        for code in _place(number):
            if code not in seen:
                seen.add(code)
                title = OBJECTS[len(seen) % len(OBJECTS)]
                is_leaf = code == _place(number)[-1]
                yield r.Clause(
                    code=code,
                    title=title,
                    kind=kind,
                    seq=len(seen),
                    parent=above,
                    has_bracket=is_leaf,
                )
            above = code


def _village_hosts() -> Iterator[r.Record]:
    yield r.HostList(
        code="h-village",
        title="镇街村居站点",
        clause="一（一）1",
        seq=1,
        unit_word="处",
        total=len(TOWNS),
        year=2023,
        station_kind=t.StationKind.VILLAGE,
    )
    for number in range(1, len(TOWNS) + 1):
        town, obliged = town_code(number), t.HostState.OBLIGED
        yield r.Host(
            code=f"h-village-{number:02d}",
            host_list="h-village",
            unit=town,
            state=obliged,
            number=1,
        )


def _task(number: int, rng: Random) -> Iterator[r.Record]:
    code, clause = f"t-{number}", _place(number)[-1]
    verb, thing = VERBS[number % len(VERBS)], OBJECTS[rng.randrange(len(OBJECTS))]
    lead = unit_code(1 + (number - 1) % len(DEPARTMENTS))
    yield r.Task(code=code, clause=clause, title=f"{verb}{thing}", kind=t.TaskKind.KEY, seq=number)
    for part, title in enumerate((f"制订{thing}工作安排并组织实施", f"按月检查{thing}落实情况"), 1):
        yield r.Measure(code=f"m-{number}-{part}", task=code, clause=clause, title=title, seq=part)
    yield from _indicator(number, rng)
    yield from _deadlines(number, rng)
    yield from _responsibilities(number, lead, rng)
    yield from _lines(number, lead)


def _indicator(number: int, rng: Random) -> Iterator[r.Indicator]:
    name, unit, value = TARGETS[rng.randrange(len(TARGETS))]
    yield r.Indicator(
        code=f"i-{number}",
        task=f"t-{number}",
        clause=_place(number)[-1],
        name=name,
        seq=number,
        comparator=t.Comparator.AT_LEAST,
        value=float(value),
        unit=unit,
        method=t.Method.SUM,
        measure=f"m-{number}-1",
        scope="全县",
    )


def _deadlines(number: int, rng: Random) -> Iterator[r.Deadline]:
    if number % 10 == 0:
        return
    task, clause, printed = f"t-{number}", _place(number)[-1], t.DeadlineSource.PRINTED
    due_on = ISSUED_ON + timedelta(days=rng.randint(120, (PERIOD_END - ISSUED_ON).days))
    yearly = number % 7 == 0
    yield r.Deadline(
        code=f"d-{number}-1",
        task=task,
        clause=clause,
        source=printed,
        measure=f"m-{number}-1",
        indicator=f"i-{number}",
        recurrence=t.Recurrence.YEARLY if yearly else t.Recurrence.ONCE,
        due_on=None if yearly else due_on,
    )
    cyclic = number % 3 == 0
    yield r.Deadline(
        code=f"d-{number}-2",
        task=task,
        clause=clause,
        source=printed,
        measure=f"m-{number}-2",
        recurrence=t.Recurrence.MONTHLY if cyclic else t.Recurrence.ONCE,
        due_on=None if cyclic else due_on,
    )


def _responsibilities(number: int, lead: str, rng: Random) -> Iterator[r.Responsibility]:
    others = [unit_code(each) for each in range(1, len(DEPARTMENTS) + 1) if unit_code(each) != lead]
    roles = [(lead, t.Role.LEAD, "牵头负责")]
    roles += [(each, t.Role.SHARED, "分别负责") for each in rng.sample(others, rng.randint(1, 5))]
    roles.append((_COLLECTIVE, t.Role.LOCAL, "具体负责"))
    for seq, (unit, role, words) in enumerate(roles, start=1):
        yield r.Responsibility(
            code=f"r-{number}-{seq:02d}",
            task=f"t-{number}",
            clause=_place(number)[-1],
            unit=unit,
            as_printed=_printed(unit),
            role=role,
            basis=t.Basis.BRACKET,
            seq=seq,
            words=words,
        )


def _printed(unit: str) -> str:
    return "各镇街" if unit == _COLLECTIVE else DEPARTMENTS[int(unit.removeprefix("u-")) - 1]


def _lines(number: int, lead: str) -> Iterator[r.ReportingLine]:
    task, first, second = f"t-{number}", f"m-{number}-1", f"m-{number}-2"
    monthly, total = t.Recurrence.MONTHLY, t.Part.TOTAL
    yield r.ReportingLine(
        code=f"l-{number}-1",
        task=task,
        unit=lead,
        part=total,
        cadence=monthly,
        measure=first,
        indicator=f"i-{number}",
    )
    yield r.ReportingLine(
        code=f"l-{number}-2", task=task, unit=lead, part=total, cadence=monthly, measure=second
    )
    if number % _TASKS_PER_SHARE == 0:
        for each in range(1, len(TOWNS) + 1):
            yield r.ReportingLine(
                code=f"l-{number}-1-{each:02d}",
                task=task,
                unit=town_code(each),
                part=t.Part.SHARE,
                cadence=t.Recurrence.QUARTERLY,
                measure=first,
                indicator=f"i-{number}",
            )
