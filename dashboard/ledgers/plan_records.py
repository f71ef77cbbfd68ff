"""The rows that a plan prints, and what the office arranges around them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from dashboard.ledgers import terms as t
from dashboard.ledgers.marks import Kept, Private, Record, Ref


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan(Record):
    """One policy plan. `started_on` is 启用日: nothing due earlier is asked for or late."""

    title: Annotated[str, "方案名称"]
    short_title: Annotated[str, "简称"]
    number: Annotated[str, "文号"]
    issuer: Annotated[str, "发文机关"]
    issued_on: Annotated[date, "成文日期"]
    period_end: Annotated[date, "方案止期"]
    place: Annotated[str, "地区"]
    level: Annotated[str, "层级"]
    office: Annotated[str, "专班办公室"]
    office_unit: Annotated[str, "办公室所在单位"]
    state: Annotated[t.PlanState, "方案状态"] = t.PlanState.RUNNING
    started_on: Annotated[date | None, "启用日"] = None
    practice_started_on: Annotated[date | None, "演示启用日", Kept()] = None
    practice_now: Annotated[datetime | None, "演示时钟", Kept()] = None

    @property
    def in_use_from(self) -> date:
        """The day from which things are asked for and can be late."""
        return self.practice_started_on or self.started_on or self.issued_on

    def covers(self, day: date) -> bool:
        """Whether a day lies in the plan's period (方案期)."""
        return self.issued_on <= day <= self.period_end


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause(Record):
    """A numbered place in the plan's text; its code is the number as officials cite it."""

    title: Annotated[str, "条款主题"]
    kind: Annotated[t.ClauseKind, "类别"]
    seq: Annotated[int, "序号"]
    parent: Annotated[str | None, "上级条款", Ref("clause")] = None
    has_bracket: Annotated[bool, "文末有责任括号"] = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit(Record):
    """A body that bears duties. `seq` is the protocol order; `aliases` are joined by 、."""

    name: Annotated[str, "单位名称"]
    kind: Annotated[t.UnitKind, "类型"]
    seq: Annotated[int, "排序"]
    aliases: Annotated[str | None, "别名"] = None
    system: Annotated[t.System | None, "系统"] = None
    official_code: Annotated[str | None, "统计代码"] = None
    parent: Annotated[str | None, "上级单位", Ref("unit")] = None
    is_collective: Annotated[bool, "集合名称"] = False
    in_roster: Annotated[bool, "在成员名单"] = False
    villages: Annotated[int | None, "村数"] = None
    communities: Annotated[int | None, "社区数"] = None
    counted_in: Annotated[int | None, "村社区数年份"] = None
    lon: Annotated[float | None, "经度"] = None
    lat: Annotated[float | None, "纬度"] = None
    point_source: Annotated[str | None, "点位来源"] = None
    point_quality: Annotated[str | None, "点位精度"] = None
    note: Annotated[str | None, "备注"] = None

    @property
    def can_answer(self) -> bool:
        """Whether this is one body that can be made to answer for something."""
        return not self.is_collective and self.kind.can_answer

    @property
    def is_local(self) -> bool:
        """Whether it is one of the 镇街和开发区, which are listed apart from the departments."""
        return self.kind in (t.UnitKind.TOWN, t.UnitKind.ZONE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact(Record):
    """Whom the office calls in a unit: a post, and for the office's eyes name and telephone."""

    unit: Annotated[str, "单位", Ref("unit")]
    post: Annotated[str, "岗位"]
    seq: Annotated[int, "排序"] = 1
    name: Annotated[str | None, "姓名", Private()] = None
    telephone: Annotated[str | None, "联系电话", Private()] = None
    note: Annotated[str | None, "备注"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Membership(Record):
    """A member of a collective (各镇街), for the whole plan or for one clause (各有关部门)."""

    collective: Annotated[str, "集合名称", Ref("unit")]
    member: Annotated[str, "成员单位", Ref("unit")]
    seq: Annotated[int, "排序"]
    clause: Annotated[str | None, "限于条款", Ref("clause")] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkGroup(Record):
    name: Annotated[str, "名称"]
    seq: Annotated[int, "排序"]
    unit: Annotated[str | None, "对应单位", Ref("unit")] = None
    clause: Annotated[str | None, "条款", Ref("clause")] = None
    duties: Annotated[str | None, "职责"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Post(Record):
    """A post in a work group: rank (主任, 组长 …) and the post that holds it; never a person."""

    work_group: Annotated[str, "工作组", Ref("work_group")]
    rank: Annotated[str, "组内职务"]
    post: Annotated[str, "职务"]
    seq: Annotated[int, "排序"]
    unit: Annotated[str | None, "所在单位", Ref("unit")] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Task(Record):
    """What a clause obliges."""

    clause: Annotated[str, "依据条款", Ref("clause")]
    title: Annotated[str, "重点任务"]
    kind: Annotated[t.TaskKind, "任务类别"]
    seq: Annotated[int, "序号"]
    origin: Annotated[t.Origin, "来源"] = t.Origin.PLAN
    note: Annotated[str | None, "备注"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure(Record):
    """A part of a task with its own target, date or actor."""

    task: Annotated[str, "重点任务", Ref("task")]
    clause: Annotated[str, "依据条款", Ref("clause")]
    title: Annotated[str, "具体措施"]
    seq: Annotated[int, "序号"]
    force: Annotated[t.Force, "约束力"] = t.Force.MUST
    on_event: Annotated[bool, "遇事启动"] = False
    note: Annotated[str | None, "备注"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator(Record):
    """A measured quantity. `scope` is the host it is counted for, `per` its period.

    `part_of` names the larger indicator of which this is one year's share. `year` is the year
    of such a share. `host_list` says how many hosts are obliged (method hosts_met, stations).
    """

    task: Annotated[str, "重点任务", Ref("task")]
    clause: Annotated[str, "依据条款", Ref("clause")]
    name: Annotated[str, "指标"]
    seq: Annotated[int, "序号"]
    comparator: Annotated[t.Comparator, "比较"]
    value: Annotated[float, "目标值"]
    unit: Annotated[str, "计量单位"]
    method: Annotated[t.Method, "计算方式"]
    measure: Annotated[str | None, "具体措施", Ref("measure")] = None
    value_high: Annotated[float | None, "目标值上限"] = None
    scope: Annotated[str | None, "范围"] = None
    per: Annotated[str | None, "周期"] = None
    year: Annotated[int | None, "年度"] = None
    part_of: Annotated[str | None, "上级指标", Ref("indicator")] = None
    host_list: Annotated[str | None, "应设名录", Ref("host_list")] = None
    population: Annotated[str | None, "对象"] = None
    baseline: Annotated[float | None, "基期值"] = None
    force: Annotated[t.Force, "约束力"] = t.Force.MUST
    is_explicit: Annotated[bool, "印有数字"] = True
    upper_indicator: Annotated[str | None, "上级对应指标"] = None
    note: Annotated[str | None, "备注"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline(Record):
    """A date or cadence of a task, a measure or an indicator; one of an item's is in force.

    `measure` and `indicator` are both empty where it speaks of the whole task.
    `after` names the measure that must be finished first. Where a date was moved (延期),
    `moved_from` is the deadline it takes the place of, with who approved it and on what basis.
    """

    task: Annotated[str, "重点任务", Ref("task")]
    clause: Annotated[str, "依据条款", Ref("clause")]
    source: Annotated[t.DeadlineSource, "时限来源"]
    recurrence: Annotated[t.Recurrence, "周期"] = t.Recurrence.ONCE
    measure: Annotated[str | None, "具体措施", Ref("measure")] = None
    indicator: Annotated[str | None, "指标", Ref("indicator")] = None
    starts_on: Annotated[date | None, "起始时间"] = None
    due_on: Annotated[date | None, "完成时限"] = None
    is_in_force: Annotated[bool, "现行"] = True
    after: Annotated[str | None, "前置措施", Ref("measure")] = None
    moved_from: Annotated[str | None, "延期前时限", Ref("deadline")] = None
    approved_by: Annotated[str | None, "延期批准岗位"] = None
    approval: Annotated[str | None, "延期依据"] = None
    note: Annotated[str | None, "备注"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone(Record):
    """The office's own step on the way: by `due_on`, `value` (or percent) is expected."""

    task: Annotated[str, "重点任务", Ref("task")]
    due_on: Annotated[date, "节点日期"]
    value: Annotated[float, "应达到"]
    measure: Annotated[str | None, "具体措施", Ref("measure")] = None
    indicator: Annotated[str | None, "指标", Ref("indicator")] = None
    note: Annotated[str | None, "依据"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Responsibility(Record):
    """Task or measure × unit × role; `words` is the role as printed (分别负责 …)."""

    task: Annotated[str, "重点任务", Ref("task")]
    clause: Annotated[str, "依据条款", Ref("clause")]
    unit: Annotated[str, "单位", Ref("unit")]
    as_printed: Annotated[str, "原文名称"]
    role: Annotated[t.Role, "责任"]
    basis: Annotated[t.Basis, "出处"]
    seq: Annotated[int, "序号"]
    words: Annotated[str | None, "原文责任表述"] = None
    measure: Annotated[str | None, "具体措施", Ref("measure")] = None
    is_open_ended: Annotated[bool, "原文有“等”"] = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportingLine(Record):
    """Who reports on which item how often. Exactly one TOTAL line an item moves its light.

    `host_list` names what the station ledger counts for a measure without an indicator.
    """

    task: Annotated[str, "重点任务", Ref("task")]
    unit: Annotated[str, "填报单位", Ref("unit")]
    part: Annotated[t.Part, "汇总或分报"]
    cadence: Annotated[t.Recurrence, "报送周期"]
    via: Annotated[t.Via, "数据来源"] = t.Via.FILING
    measure: Annotated[str | None, "具体措施", Ref("measure")] = None
    indicator: Annotated[str | None, "指标", Ref("indicator")] = None
    host_list: Annotated[str | None, "应设名录", Ref("host_list")] = None
    is_designated: Annotated[bool, "办公室指定汇总，非牵头"] = False
    note: Annotated[str | None, "备注"] = None
