"""Indicators of a task, and the lines on which its figures are reported."""

import re
from collections.abc import Iterator, Sequence

from dashboard.drafting.bodies import Units
from dashboard.drafting.rows import Place, Row, row
from dashboard.drafting.work import Work
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Comparator, Method, Part, Recurrence, Via
from dashboard.policy import findings as f

_SHARES = ("%", "‰", "万分之")
_LONGEST = 60


def figure_rows(work: Work, number: int, units: Units) -> Iterator[Row]:
    """The indicators of a task and one 汇总 line for each; without indicators one for its measure.

    `number` is the first free number in the order of indicators.
    """
    unit, is_designated = _who_sums_up(work, units)
    wholes = _wholes(work.targets)
    for place, target in enumerate(work.targets, start=1):
        code = f"i-{work.code[2:]}-{place}"
        whole = wholes.get(place - 1)
        part_of = f"i-{work.code[2:]}-{whole + 1}" if whole is not None else None
        yield _indicator(work, code, number + place - 1, target, part_of)
        is_whole = place - 1 in wholes.values()
        via = Via.PARTS if is_whole else Via.FILING
        yield _line(work, f"l-{code[2:]}", unit, is_designated, via=via, indicator=code)
    if not work.targets:
        yield _line(work, f"l-{work.code[2:]}-0", unit, is_designated, measure=work.measure)


def _who_sums_up(work: Work, units: Units) -> tuple[str | None, bool]:
    """The printed lead; else the first single body, which the office must confirm."""
    if work.lead is not None and not work.lead.is_generic:
        return units.code_of(work.lead.unit), False
    single = (each for each in work.duties if not each.is_generic)
    first = next(single, None)
    return (units.code_of(first.unit) if first else None), True


def _wholes(targets: Sequence[f.Target]) -> dict[int, int]:
    """Which targets are one year's share of which: 800, 其中2023年300 …"""
    found: dict[int, int] = {}
    whole: int | None = None
    for place, each in enumerate(targets):
        if _year(each) is None:
            whole = place
        elif whole is not None and targets[whole].unit == each.unit:
            parts = [p for p, of in found.items() if of == whole]
            if sum(targets[p].value for p in parts) + each.value <= targets[whole].value:
                found[place] = whole
    adding_up = {
        whole
        for whole in set(found.values())
        if sum(targets[p].value for p, of in found.items() if of == whole) == targets[whole].value
    }
    return {place: whole for place, whole in found.items() if whole in adding_up}


def _year(target: f.Target) -> int | None:
    found = _ONE_YEAR.match(target.per or "")
    return int(found[1]) if found and target.unit not in _SHARES else None


_ONE_YEAR = re.compile(r"(20\d\d)年")


def _per(target: f.Target) -> str | None:
    """The span that an amount is asked for again and again: 年, 半年; one year is none."""
    per = (target.per or "").removeprefix("每")
    return per if per and not _ONE_YEAR.match(per) else None


def _indicator(work: Work, code: str, number: int, target: f.Target, part_of: str | None) -> Row:
    is_between = target.value_high is not None
    notes = []
    if not target.what:
        notes.append("没有读出指标名称，请填写。")
    if target.unit in _SHARES and target.comparator == ">=" and "以上" not in target.as_printed:
        notes.append("原文没有“以上”，按不低于列，请核对。")
    year = _year(target)
    return row(
        r.Indicator,
        code,
        Place(target.clause, target.span, "".join(notes) or None),
        task=work.code,
        measure=work.measure,
        clause=target.clause,
        name=(target.what or work.task.title)[:_LONGEST],
        seq=number,
        comparator=Comparator.BETWEEN if is_between else Comparator.parse(target.comparator),
        value=target.value,
        value_high=target.value_high,
        unit=target.unit,
        method=Method.RATIO if target.unit in _SHARES else Method.SUM,
        scope=target.scope,
        per=_per(target),
        year=year,
        part_of=part_of,
        note=f"原文“{target.per}”" if year is None and _ONE_YEAR.match(target.per or "") else None,
    )


def _line(  # noqa: PLR0913 - one keyword for each field that differs
    work: Work,
    code: str,
    unit: str | None,
    is_designated: bool,
    *,
    via: Via = Via.FILING,
    indicator: str | None = None,
    measure: str | None = None,
) -> Row:
    note = None
    if unit is None:
        note = "没有读到可以汇总的单位，入账时由办公室所在单位汇总，请核对。"
    elif is_designated:
        note = "原文未明确牵头单位，暂以第一个责任单位汇总，请由办公室确定。"
    return row(
        r.ReportingLine,
        code,
        Place(work.task.clause, None, note),
        task=work.code,
        unit=unit,
        part=Part.TOTAL,
        cadence=_cadence(work),
        via=via,
        indicator=indicator,
        measure=measure,
        is_designated=is_designated,
    )


def _cadence(work: Work) -> Recurrence:
    """Monthly, unless the plan itself asks for less often; weekly rounds come by themselves."""
    printed = {each.recurrence.value for each in work.deadlines}
    rare = (Recurrence.QUARTERLY, Recurrence.HALF_YEARLY, Recurrence.YEARLY)
    return next((each for each in rare if printed == {each.value}), Recurrence.MONTHLY)
