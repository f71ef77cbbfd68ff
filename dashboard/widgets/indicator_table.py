"""指标台账: target in words, what it is measured against, value beside expectation, who sums up."""

from collections.abc import Sequence

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Force, Via
from dashboard.rules.judgement import ItemVerdict
from dashboard.rules.targets import denominator, target_words
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.links import task_address
from dashboard.widgets.lists import due_of, reason_cell
from dashboard.widgets.table import (
    Cell,
    Column,
    bar,
    light_mark,
    lines,
    link,
    page_of,
    quiet,
    table,
)

INDICATORS = (
    Column("亮灯", "7rem"),
    Column("指标", "19%", is_title=True),
    Column("目标", "15%"),
    Column("完成时限", "7rem"),
    Column("现值与应达", "17%"),
    Column("说明"),
    Column("汇总单位", "13%"),
)

Pair = tuple[ItemVerdict, r.Indicator]
_NUMBERS = {"number": "印有数字", "all": "“全部”类要求"}


def indicators_of(desk: Desk) -> tuple[Pair, ...]:
    """Every judged indicator, in the order of the plan; yearly shares follow their whole."""
    return tuple(
        (each, each.item.indicator) for each in desk.judgement.items if each.item.indicator
    )


def filtered(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Draw the filters by clause, force and kind, and return what passes them."""
    clauses = list(dict.fromkeys(indicator.clause for _, indicator in pairs))
    clause = choice("依据条款", clauses, "clause", str, everything="全部条款")
    forces = {force.value: force.label for force in Force}
    force = choice("约束力", list(forces), "force", forces.__getitem__, everything="不限")
    kind = choice("类别", list(_NUMBERS), "kind", _NUMBERS.__getitem__, everything="全部类别")
    return tuple(
        (each, indicator)
        for each, indicator in pairs
        if clause in (None, indicator.clause)
        and force in (None, indicator.force.value)
        and kind in (None, "number" if indicator.is_explicit else "all")
    )


def indicator_table(desk: Desk, pairs: Sequence[Pair]) -> None:
    """The indicators with their figures; different units are never added up."""
    rows = [_row(desk, each, indicator) for each, indicator in page_of(pairs, "page")]
    table(INDICATORS, rows, caption="指标", empty="没有符合条件的指标。请放宽上面的条件。")


def _row(desk: Desk, each: ItemVerdict, indicator: r.Indicator) -> list[Cell]:
    item = each.item
    share = "其中：" if indicator.part_of else ""
    title = link(f"{share}{indicator.name}", task_address(desk, item.task.code))
    return [
        light_mark(desk.settings, each.verdict.light, each.verdict.word),
        lines(title, quiet(item.clause)),
        _target(desk, each, indicator),
        due_of(each, desk),
        _figure(each, desk),
        reason_cell(desk, each),
        _summed_by(desk, each),
    ]


def _target(desk: Desk, each: ItemVerdict, indicator: r.Indicator) -> Cell:
    """What is asked, of how many, with what was carried over; the baseline is no target."""
    encouraged = "鼓励，不作硬性要求" if indicator.force is Force.ENCOURAGED else None
    baseline = indicator.baseline
    notes = (
        denominator(desk.books, indicator),
        _carried(each),
        encouraged,
        None if baseline is None else f"基期值{wording.scaled(baseline, indicator.unit)}，非目标",
    )
    return lines(target_words(indicator), *(quiet(note) for note in notes if note))


def _carried(each: ItemVerdict) -> str | None:
    target, own = each.verdict.target, each.item.target
    if target is None or own is None or target <= own:
        return None
    return f"含上年结转{wording.number(target - own, each.item.unit)}"


def _figure(each: ItemVerdict, desk: Desk) -> Cell:
    verdict, unit = each.verdict, each.item.unit
    if each.figure.value is None:
        return quiet("尚无数据")
    value = f"现值{wording.number(each.figure.value, unit)}"
    expected = f"，应达{wording.number(verdict.expected, unit)}" if verdict.expected else ""
    drawn = None
    if verdict.share is not None:
        drawn = bar(verdict.share, verdict.expected_share or None, wording.percent(verdict.share))
    known = each.figure.as_of
    day = quiet(f"数据日期{wording.day(known, desk.day.year)}") if known else None
    return lines(drawn, f"{value}{expected}", day)


def _summed_by(desk: Desk, each: ItemVerdict) -> Cell:
    line = each.item.line
    designated = "办公室指定汇总，非牵头" if line.is_designated else None
    source = f"数据取自{line.via.label}" if line.via is not Via.FILING else None
    notes = (quiet(note) for note in (designated, source) if note)
    return lines(desk.books.get(r.Unit, line.unit).name, *notes)
