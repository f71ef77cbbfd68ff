"""责任清单: who answers for what, in the words of the plan?"""

from dashboard.ledgers import records as r
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading, section
from dashboard.widgets.own_units import choose_own, duties_sentence, one_units_duties
from dashboard.widgets.paper_links import ledger_links
from dashboard.widgets.record_choice import adding
from dashboard.widgets.sums import sums_of
from dashboard.widgets.unit_table import (
    collectives,
    leadless,
    unit_counts,
    without_duty,
    work_groups,
)

at = desk()
sums = sums_of(at)
departments, towns, forces = sums.departments, sums.towns_and_zones, sums.task_force
named, open_lead = sums.collectives, sums.without_lead

if at.sees_all:
    bearers = [f"部门和单位{len(departments)}家", f"镇街和开发区{len(towns)}个"]
    bearers += [f"专班机构{len(forces)}个"] if forces else []
    count = f"{len(open_lead)}项任务原文未明确牵头单位"
    lead = count if open_lead else "附责任括号的任务均有牵头单位"
    heading(at, "责任清单", f"{'、'.join(bearers)}承担责任；{lead}。")
    adding(at, "responsibility")
    units = {each.unit.code: each.unit.name for each in (*departments, *towns, *forces, *named)}
    code = choice("单位", list(units), "unit", units.__getitem__, everything="全部单位")
    unit = at.books.find(r.Unit, code)
else:
    heading(at, "责任清单", duties_sentence(at))
    unit = choose_own(at, at.own_units)

if unit:
    one_units_duties(at, unit)
    ledger_links(at, "responsibilities", unit)
else:
    section("部门和单位", "按方案成员名单顺序；同一任务两种责任的两栏都计；滞后或逾期按所涉任务计")
    unit_counts(at, departments, caption="部门和单位的责任")
    without_duty(at, departments)
    section("镇街和开发区", "按办公室名单顺序，含以“各镇街”名义承担的责任")
    unit_counts(at, towns, caption="镇街和开发区的责任")
    section("工作专班和工作组", "方案中以专班、工作组名义承担的责任")
    unit_counts(at, forces, caption="工作专班和工作组的责任")
    section("集合名称和上级单位", "按原文列示；所指单位由办公室在单位名单中确定")
    collectives(at, named)
    section("原文未明确牵头单位的任务", "不推定牵头单位，另由办公室指定汇总单位")
    leadless(at, open_lead)
    section("工作专班、办公室和工作组的组成", "只列职务，不列姓名")
    work_groups(at)
    ledger_links(at, "responsibilities")
