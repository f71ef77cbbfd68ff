"""What a liaison's pages say of the own units: the sentence on top, and what is to be done."""

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import DirectiveState, ProblemState
from dashboard.rules.areas import areas_of
from dashboard.rules.coverage import Coverage, of_area, station_lists
from dashboard.rules.directives import for_the_room
from dashboard.rules.freshness import Freshness, LineState
from dashboard.rules.obligations import obligations_of
from dashboard.rules.summary import duties_of_unit, standing, unit_standing
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.duty_table import duty_list
from dashboard.widgets.filing_came import filing_address
from dashboard.widgets.heading import empty, section
from dashboard.widgets.links import address
from dashboard.widgets.record_links import unit_ways
from dashboard.widgets.table import link
from dashboard.widgets.unit_matrix import directive_list
from dashboard.widgets.unit_table import in_state, line_list


def own_sentence(desk: Desk) -> str:
    """“本单位：承担任务4项，1项滞后、无逾期；……。”, each number the number of rows behind it."""
    now, to_file = standing(desk.judgement), lines_to_file(desk)
    missing = sum(each.freshness is Freshness.MISSING for each in to_file)
    names = wording.join_names([each.name for each in desk.own_units])
    whose = "本单位" if len(desk.own_units) == 1 else f"本账号所属单位（{names}）"
    told = (
        f"承担任务{len(now.tasks)}项，{len(now.lagging)}项滞后{now.far_words}、"
        f"{len(now.overdue)}项逾期",
        f"未报{missing}项、待报{len(to_file) - missing}项",
        f"未销号问题{len(_open_problems(desk))}件",
        f"未办结交办事项{len(_open_directives(desk))}件",
    )
    return f"{whose}：{'；'.join(told)}。"


def lines_to_file(desk: Desk) -> tuple[LineState, ...]:
    """The own lines on which something is still to be filed, in the order of the plan."""
    return tuple(each for each in desk.judgement.lines if each.is_open)


def _open_problems(desk: Desk) -> list[r.Problem]:
    held = desk.books.all(r.Problem)
    return [each for each in held if each.state is not ProblemState.CLOSED]


def _open_directives(desk: Desk) -> list[r.Directive]:
    held = for_the_room(desk.books.all(r.Directive))
    return [each for each in held if each.state is not DirectiveState.CLOSED]


def own_duties(desk: Desk) -> None:
    """What waits for the own units: lines to file and matters handed to them."""
    section("本期报送", "未报和待报的事项；点事项名称进入填报")
    to_file = lines_to_file(desk)
    if to_file:
        line_list(desk, desk.judgement, to_file, lambda line: filing_address(desk, line))
    else:
        empty("本期没有未报、待报的事项。", "其他报送事项见“责任清单”。")
    section("交办事项", "尚未办结的")
    handed = _open_directives(desk)
    if handed:
        directive_list(desk, handed)
    else:
        empty("没有尚未办结的交办事项。", "")
    to_all = link("全部交办事项和批示办理事项", address(desk, "directives"))
    st.html(f'<p class="g-links" style="margin:0">{to_all.html}</p>')


def choose_own(desk: Desk, among: tuple[r.Unit, ...]) -> r.Unit | None:
    """One of the own units; there is nothing to choose where there is but one."""
    if len(among) <= 1:
        return next(iter(among), None)
    names = {each.code: each.name for each in among}
    chosen = choice("单位", list(names), "unit", names.__getitem__)
    return desk.books.find(r.Unit, chosen)


def one_units_duties(desk: Desk, unit: r.Unit) -> None:
    """A unit's duties as printed, and what it reports."""
    duties = duties_of_unit(desk.judgement, unit)
    lines = unit_standing(desk.judgement, unit).lines
    tasks = len({duty.printed.task for duty in duties})
    section(unit.name, f"{unit.kind.label}；方案中责任表述{len(duties)}处，涉及{tasks}项任务")
    unit_ways(desk, unit)
    duty_list(desk, duties)
    section("报送事项", f"共{len(lines)}条；站点台账掌握的数据不再填报")
    line_list(desk, desk.judgement, in_state(desk, lines))


def duties_sentence(desk: Desk) -> str:
    """“本单位在3项任务中承担责任4处，报送事项10条。”."""
    duties = [duty for unit in desk.own_units for duty in duties_of_unit(desk.judgement, unit)]
    tasks = len({duty.printed.task for duty in duties})
    return (
        f"本单位在{tasks}项任务中承担责任{len(duties)}处，报送事项{len(desk.judgement.lines)}条。"
    )


def own_lists(desk: Desk) -> tuple[Coverage, ...]:
    """How the own areas stand on every list of stations that names them."""
    areas = {area.code for area in areas_of(desk.books)}
    own = [unit for unit in desk.own_units if unit.code in areas]
    return tuple(
        of_area(desk.books, hosts, unit, desk.day)
        for hosts in station_lists(desk.books)
        for unit in own
        if names(desk, hosts, unit)
    )


def names(desk: Desk, hosts: r.HostList, unit: r.Unit) -> bool:
    """Whether a host list names one of the own units: of others a liaison's books say nothing."""
    return unit.code in obligations_of(desk.books, hosts).by_place
