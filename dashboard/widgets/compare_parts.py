"""Any two dispatches side by side on screen: the choice, the sentence and the parts."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import wording
from dashboard.charts.weeks import drawn, dumbbell, light_bars, moved_words
from dashboard.rules.comparison import Change
from dashboard.rules.rounds import Round
from dashboard.rules.week_pair import Decided, WeekPair, pair_of
from dashboard.rules.weekly import Meeting, begun
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.dispatch_opening import meeting_of
from dashboard.widgets.heading import section
from dashboard.widgets.links import address, task_address
from dashboard.widgets.lists import due_of, leads
from dashboard.widgets.picture import picture
from dashboard.widgets.strips import figures
from dashboard.widgets.table import (
    Cell,
    Column,
    light_mark,
    lines,
    link,
    page_of,
    quiet,
    table,
)

EARLIER, LATER = "from", "to"
"""The address's names of the two dispatches."""


def choose_pair(desk: Desk) -> WeekPair | None:
    """The two dispatches that the address names, else the last two; None where there is one."""
    found = {each.code: each for each in begun(desk.judgement.rounds, desk.day)}
    codes = list(found)
    if len(codes) < 2:
        return None

    def words(code: str) -> str:
        return f"{found[code].name}　{found[code].week.name}"

    left, right = st.columns(2)
    with left:
        one = choice("较早的调度", codes, EARLIER, words, default=codes[1])
    with right:
        other = choice("较晚的调度", codes, LATER, words, default=codes[0])
    if one is None or other is None or one == other:
        return None
    meetings = [meeting_of(desk, found[code]) for code in (one, other)]
    return pair_of(meetings[0], meetings[1], desk.judgement.rounds)


def why_none(desk: Desk) -> str:
    """Why nothing is compared."""
    number = len(begun(desk.judgement.rounds, desk.day))
    if number < 2:
        return f"目前{'只有一次' if number else '没有'}调度，有了两次即可对比。"
    return "请选择两次不同的调度。"


def answer_of(pair: WeekPair) -> str:
    """What changed between the two, in one sentence."""
    names = f"{pair.later.round.name}与{pair.earlier.round.name}相比"
    change = pair.comparison
    decided = [each for found in pair.decided for each in found.decisions]
    closed = sum(each.is_closed for each in decided)
    told = f"其间议定事项{len(decided)}项，已办结{closed}项" if decided else "其间没有议定事项"
    return (
        f"{names}：新增滞后与逾期{len(change.worse)}项，消除{len(change.cleared)}项；"
        f"{len(pair.moved)}项有进展；{told}。"
    )


def cuts_line(desk: Desk, pair: WeekPair) -> None:
    """Up to when the figures of each run."""
    year = desk.day.year
    told = [
        f"{each.round.name}的进展截至{wording.moment(each.now.books.as_of, year)}"
        for each in (pair.earlier, pair.later)
        if each.is_closed
    ]
    if not pair.later.is_closed:
        day = wording.day(pair.later.now.today, year)
        told.append(f"{pair.later.round.name}的数据尚未截止，进展截至{day}")
    st.html(f'<p class="g-asof">{"，".join(told)}。</p>')


def lights_part(desk: Desk, pair: WeekPair) -> None:
    """Tasks by light at both, as numbers and as two bars."""
    names = (pair.earlier.round.name, pair.later.round.name)
    section("一、任务亮灯", f"{names[0]}→{names[1]}，按任务计")
    scheme = desk.settings.lights.scheme
    told = [
        f"{getattr(scheme, each.light.value).label}{each.before}→{each.now}项"
        for each in pair.lights
    ]
    picture(
        desk,
        "compare_lights",
        lambda: light_bars(pair.lights, names, desk.settings),
        says="；".join(told),
        key=_key(pair),
    )


_TURNED = (
    Column("事项", "24%", is_title=True),
    Column("牵头单位", "14%"),
    Column("完成时限", "8rem"),
    Column("此前", "8rem"),
    Column("此后", "8rem"),
    Column("原因"),
)


def turned_part(desk: Desk, pair: WeekPair) -> None:
    """Every item whose light changed, with why it is as it is."""
    section("二、亮灯有变化的事项", "新增滞后与逾期的在前，其次为已消除的")
    then = replace(desk, as_of=pair.later.now.books.as_of)
    rows = [_turned(then, each) for each in page_of(pair.turned, "turned")]
    table(_TURNED, rows, caption="亮灯有变化的事项", empty="两次调度之间，各事项亮灯没有变化。")


def _turned(desk: Desk, each: Change) -> list[Cell]:
    old, new = each.before, each.now
    was = light_mark(desk.settings, old.light, old.verdict.word) if old else quiet("未列入")
    extended = quiet("批准延期") if each.is_extended else None
    return [
        lines(link(new.item.title, task_address(desk, new.item.task.code)), quiet(new.item.clause)),
        leads(desk, new.item.task.code),
        lines(due_of(new, desk), extended),
        was,
        light_mark(desk.settings, new.light, new.verdict.word),
        new.verdict.reason,
    ]


def moved_part(desk: Desk, pair: WeekPair) -> None:
    """What moved, as a picture of the shares and as words for all."""
    section("三、有进展的事项", "各项占自身目标的比例，不作平均")
    if not pair.moved:
        st.html('<p class="g-empty">两次调度之间，没有事项报来新的进展。</p>')
        return
    if shown := drawn(pair.moved):
        rest = f"　共{len(pair.moved)}项有进展，图中为{len(shown)}项。"
        more = rest if len(shown) < len(pair.moved) else ""
        st.html(f'<p class="g-quiet">○ 此前　● 此后　┃ 应完成进度{more}</p>')
        picture(
            desk,
            "compare_moved",
            lambda: dumbbell(shown),
            says="；".join(moved_words(each) for each in shown),
            key=_key(pair),
        )
    if rest_of := [each for each in pair.moved if each not in shown]:
        rows = [_moved(desk, each) for each in page_of(rest_of, "moved")]
        columns = (Column("事项", is_title=True), Column("牵头单位", "24%"), Column("进展", "40%"))
        table(columns, rows, caption="其余有进展的事项")


def _moved(desk: Desk, each: Change) -> list[Cell]:
    task = each.now.item.task.code
    said = moved_words(each).removeprefix(f"{each.now.item.title}：")
    return [link(each.now.item.title, task_address(desk, task)), leads(desk, task), said]


_FILED = (
    Column("调度", "16rem", is_title=True),
    Column("应报", "5rem", is_figure=True),
    Column("已报", "5rem", is_figure=True),
    Column("另收到", "6rem", is_figure=True),
    Column("未报单位"),
    Column("迟报单位"),
)
_MOST_UNITS = 8


def filings_part(desk: Desk, pair: WeekPair) -> None:
    """How the filing of both rounds went."""
    section("四、填报情况", "未报、迟报按单位计，按单位顺序排列")
    rows = [_filed(desk, each) for each in (pair.earlier, pair.later)]
    table(_FILED, rows, caption="两次调度的填报情况")


def _filed(desk: Desk, meeting: Meeting) -> list[Cell]:
    found = meeting.intake
    missing = [each.unit.name for each in meeting.records if each.missing]
    late = [each.unit.name for each in meeting.records if not each.missing]
    return [
        _dispatch(desk, meeting.round),
        found.asked,
        found.filed,
        found.unasked,
        _units(missing),
        _units(late),
    ]


def _units(names: Sequence[str]) -> Cell:
    return wording.join_names(names, _MOST_UNITS) if names else "无"


def _dispatch(desk: Desk, round_: Round) -> Cell:
    to = address(desk, "dispatch", week=round_.code)
    return lines(link(round_.name, to), quiet(round_.week.name))


_DECIDED = (
    Column("调度", "16rem", is_title=True),
    Column("议定事项", "6rem", is_figure=True),
    Column("已办结", "6rem", is_figure=True),
    Column("已反馈", "6rem", is_figure=True),
    Column("办理中", "6rem", is_figure=True),
    Column("逾期", "6rem", is_figure=True),
    Column("未办结的事项"),
)


def decisions_part(desk: Desk, pair: WeekPair) -> None:
    """What the meetings in between decided, and what has come of it."""
    section("五、其间议定事项", f"截至{pair.later.round.name}时的办理情况")
    found = [each for each in pair.decided if each.decisions]
    rows = [_decided(desk, each) for each in found]
    _sums(found)
    table(_DECIDED, rows, caption="其间议定事项", empty="其间各次调度没有议定事项。")


def _sums(found: Sequence[Decided]) -> None:
    if len(found) > 1:
        sums = (
            ("议定事项", sum(len(each.decisions) for each in found)),
            ("已办结", sum(each.closed for each in found)),
            ("已反馈", sum(each.answered for each in found)),
            ("办理中", sum(each.running for each in found)),
            ("逾期", sum(each.overdue for each in found)),
        )
        figures([(name, f"{number}项") for name, number in sums])


def _decided(desk: Desk, each: Decided) -> list[Cell]:
    open_ = [one.directive.matter for one in each.decisions if not one.is_closed]
    numbers = (each.closed, each.answered, each.running, each.overdue)
    left = lines(*open_) if open_ else "无"
    return [_dispatch(desk, each.round), len(each.decisions), *numbers, left]


def _key(pair: WeekPair) -> tuple[object, ...]:
    held = [each.now.books for each in (pair.earlier, pair.later)]
    return (
        pair.earlier.code,
        pair.later.code,
        *((books.as_of.isoformat(), books.version) for books in held),
    )
