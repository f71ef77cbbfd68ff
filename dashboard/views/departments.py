"""部门进度: how does each department stand with the tasks it leads or shares?"""

from dashboard.access.rights import Right
from dashboard.charts.matrix import departments_by_light
from dashboard.ledgers import records as r
from dashboard.rules.directives import for_the_room
from dashboard.rules.summary import items_of_unit, unit_standing
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import desk
from dashboard.widgets.duty_table import item_list
from dashboard.widgets.heading import empty, heading, section
from dashboard.widgets.picture import picture
from dashboard.widgets.record_links import unit_ways
from dashboard.widgets.sums import sums_of
from dashboard.widgets.unit_matrix import (
    answer,
    directive_list,
    light_key,
    problem_list,
    unit_matrix,
)

at = desk()
judgement = at.judgement
departments, forces = sums_of(at).departments, sums_of(at).task_force
drawn = [each for each in departments if each.answerable.tasks]

heading(at, "部门进度", answer(at.settings, departments))
names = {each.unit.code: each.unit.name for each in (*departments, *forces)}
chosen = choice("单位", list(names), "unit", names.__getitem__, everything="全部单位")

if chosen:
    unit = at.books.get(r.Unit, chosen)
    items = items_of_unit(judgement, unit)
    problems = unit_standing(judgement, unit).problems
    directives = for_the_room(at.books.by(r.Directive, "unit")[unit.code])
    section(unit.name, f"牵头、负责或汇总的事项{len(items)}项，按方案条款顺序")
    unit_ways(at, unit)
    item_list(at, unit, items)
    section("问题", f"共{len(problems)}件，未销号的在前")
    problem_list(at, problems)
    section("交办事项", f"共{len(directives)}件")
    directive_list(at, directives)
else:
    if at.is_empty:
        empty(
            "这里将按部门列出各项任务的亮灯。",
            at.step(Right.FILE, "请先在任务清单中打开任务，填报进展。"),
        )
    section("各部门任务亮灯", "牵头和责任任务，按方案成员名单顺序，不作排名")
    light_key(at)
    if drawn:
        picture(
            at,
            "departments",
            lambda: departments_by_light(drawn, at.settings),
            says="各部门牵头和责任任务的亮灯数，与下表相同",
        )
    section("部门和单位", "左为任务数，右为最近一期报送的条数；点数字看明细")
    unit_matrix(at, departments, caption="部门和单位")
    section("工作专班和工作组", "方案以专班、工作组名义列出的任务")
    unit_matrix(at, forces, caption="工作专班和工作组")
