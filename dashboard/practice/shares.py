"""Practice figures of the towns' own lectures, and the totals that add them up."""

from collections.abc import Iterator, Mapping
from random import Random

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import HostState, Part
from dashboard.practice.tables import Row

_TOWN, _VILLAGE = "i-4-8-town", "i-4-8-village"
_CURVE = {
    "2023-W26": 0.15,
    "2023-W30": 0.27,
    "2023-W34": 0.30,
    "2023-W36": 0.40,
    "2023-W38": 0.46,
}
"""The share of villages with their lectures, on average, in the rounds in which towns report."""
_TOTALS = {
    _VILLAGE: ("2023-W26", "2023-W30", "2023-W34", "2023-W35", "2023-W36", "2023-W37"),
    _TOWN: ("2023-W26", "2023-W34", "2023-W37"),
}
"""The rounds in which the sum is filed; the week after the last one is forgotten."""
_ZONE_VILLAGES = 9
_SILENT = "370829114"
_LATE = "370829106"
_COMPLETE = ("2023-W26", "2023-W30")  # rounds in which all towns but the silent one report
_REPORTING = 0.75  # the part of the towns that report in the other rounds
_LECTURES_PER_SHARE = 11.5  # so that the quick towns have five by the autumn


def share_reports(books: Books, rng: Random) -> Iterator[Row]:
    """The towns' reports and the totals made of them, in order of time, as rows of filings."""
    obliged = _obliged(books)
    pace = _paces(obliged, rng)
    lines = books.by(r.ReportingLine, "part")[Part.SHARE]
    reached: dict[str, dict[str, int]] = {_TOWN: {}, _VILLAGE: {}}
    for week in sorted({*_CURVE, *_TOTALS[_VILLAGE]}):
        reporting = set(_reporting(_all_towns(books), week, rng))
        for line in lines:
            if line.unit in reporting and line.indicator in reached and week in _CURVE:
                value = _value(line, _CURVE[week] * pace.get(line.unit, 1.0), obliged)
                reached[line.indicator][line.unit] = value
                yield _share_row(line, week, value)
        yield from _totals(books, reached, week, obliged)


def _obliged(books: Books) -> Mapping[str, int]:
    """The villages of each town that is counted."""
    hosts = books.by(r.Host, "host_list")["h-talk-village"]
    return {each.unit: each.number or 0 for each in hosts if each.state is HostState.OBLIGED}


def _all_towns(books: Books) -> list[str]:
    """Those that report: the zone too, though it is not counted among the towns."""
    lines = books.by(r.ReportingLine, "part")[Part.SHARE]
    return list(dict.fromkeys(line.unit for line in lines))


def _paces(obliged: Mapping[str, int], rng: Random) -> Mapping[str, float]:
    """How much quicker than the average each town is; the average itself stays 1."""
    drawn = {town: rng.uniform(0.6, 1.4) for town in obliged}
    mean = sum(drawn[town] * obliged[town] for town in obliged) / sum(obliged.values())
    return {town: value / mean for town, value in drawn.items()}


def _reporting(towns: list[str], week: str, rng: Random) -> Iterator[str]:
    for town in towns:
        if town != _SILENT and (week in _COMPLETE or rng.random() < _REPORTING):
            yield town


def _value(line: r.ReportingLine, share: float, obliged: Mapping[str, int]) -> int:
    if line.indicator == _VILLAGE:
        return round(share * obliged.get(line.unit, _ZONE_VILLAGES))
    return min(6, round(share * _LECTURES_PER_SHARE))


def _share_row(line: r.ReportingLine, week: str, value: int) -> Row:
    said = f"镇街心理知识讲座累计举办{value}场。"
    if line.indicator == _VILLAGE:
        said = f"{value}个村（社区）已举办宣传讲座2场以上。"
    late = line.unit == _LATE and week == min(_CURVE)
    return {
        "报送事项": line.code,
        "调度周": week,
        "完成值": str(value),
        "进展情况": said,
        "下步计划": "按时间表逐村安排。" if line.indicator == _VILLAGE else "按月安排。",
        "迟报": "是" if late else "",
    }


def _totals(
    books: Books, reached: Mapping[str, Mapping[str, int]], week: str, obliged: Mapping[str, int]
) -> Iterator[Row]:
    lines = {each.indicator: each for each in books.by(r.ReportingLine, "part")[Part.TOTAL]}
    if week in _TOTALS[_VILLAGE]:
        done = sum(reached[_VILLAGE].get(town, 0) for town in obliged)
        share = wording.percent(done / sum(obliged.values()))
        said = f"{done}个村（社区）已举办宣传讲座2场以上，占应办总数的{share}。"
        yield _total_row(lines[_VILLAGE], week, done, said)
    if week in _TOTALS[_TOWN]:
        target = books.get(r.Indicator, _TOWN).value
        done = sum(reached[_TOWN].get(town, 0) >= target for town in obliged)
        said = f"{done}个镇街已举办心理知识讲座{target:g}场以上。"
        if not done:
            said = f"各镇街讲座均已起步，尚无镇街达到{target:g}场。"
        yield _total_row(lines[_TOWN], week, done, said)


def _total_row(line: r.ReportingLine, week: str, value: int, said: str) -> Row:
    row = {
        "报送事项": line.code,
        "调度周": week,
        "完成值": str(value),
        "进展情况": said,
        "下步计划": "按周调度各镇街讲座安排。",
    }
    if line.indicator == _VILLAGE and week > "2023-W30":
        row["滞后原因"] = "镇街之间不平衡，部分镇街讲座师资安排不开。"
        row["解决措施"] = "统筹讲座师资，逐村排出时间表。"
        row["预计完成时间"] = "2023-12-20"
    return row
