"""The rows that come while a plan is carried out: filings, problems, directives, stations."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from dashboard.ledgers import terms as t
from dashboard.ledgers.marks import Kept, Record, Ref


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation(Record):
    """An indicator's value for a unit and a date, of an accepted filing; `year` is its period."""

    indicator: Annotated[str, "指标", Ref("indicator")]
    unit: Annotated[str, "单位", Ref("unit")]
    observed_on: Annotated[date, "日期"]
    year: Annotated[int, "年度"]
    value: Annotated[float, "指标值"]
    filing: Annotated[str | None, "填报", Ref("filing")] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Filing(Record):
    """One unit's report on one line for one round. Only ever added; `value` is cumulative.

    `value` counts in the indicator's unit, or in percent where the line has no indicator.
    """

    line: Annotated[str, "报送事项", Ref("reporting_line")]
    round: Annotated[str, "调度周"]
    received_at: Annotated[datetime, "收到时间"]
    value: Annotated[float | None, "完成值"] = None
    text: Annotated[str | None, "进展情况"] = None
    next_step: Annotated[str | None, "下步计划"] = None
    reason: Annotated[str | None, "滞后原因"] = None
    remedy: Annotated[str | None, "解决措施"] = None
    expected_on: Annotated[date | None, "预计完成时间"] = None
    is_done: Annotated[bool, "申请销号"] = False
    no_event: Annotated[bool, "本期无事件"] = False
    no_change: Annotated[bool, "较上次无变化"] = False
    way: Annotated[t.FilingWay, "报送方式"] = t.FilingWay.SELF
    filed_by: Annotated[str | None, "填报岗位"] = None
    corrects: Annotated[str | None, "更正哪次填报", Ref("filing")] = None
    first_received_at: Annotated[datetime | None, "首次收到时间", Kept()] = None
    experience: Annotated[str | None, "好经验好做法"] = None

    @property
    def due_received_at(self) -> datetime:
        """When the report came that this one is, or corrects: lateness looks at it."""
        return self.first_received_at or self.received_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Review(Record):
    """What the office said to a filing: accepted, returned with a reason, or closed (销号)."""

    filing: Annotated[str, "填报", Ref("filing")]
    verdict: Annotated[t.ReviewVerdict, "审核结果"]
    by_post: Annotated[str, "审核岗位"]
    opinion: Annotated[str | None, "审核意见"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem(Record):
    """A row of 问题清单及解决方案; the closing standard is written when it is opened.

    The row says how the problem stands now, its `ProblemStep`s how it came there. Who asks for
    closing, who checks and who confirms are different people.
    """

    description: Annotated[str, "问题描述"]
    source: Annotated[t.ProblemSource, "问题来源"]
    category: Annotated[t.ProblemCategory, "问题类别"]
    unit: Annotated[str, "责任单位", Ref("unit")]
    found_on: Annotated[date, "发现时间"]
    closing_standard: Annotated[str, "销号标准"]
    task: Annotated[str | None, "关联任务", Ref("task")] = None
    solution: Annotated[str | None, "解决方案"] = None
    due_on: Annotated[date | None, "解决时限"] = None
    state: Annotated[t.ProblemState, "状态"] = t.ProblemState.OPEN
    request: Annotated[str | None, "需协调事项"] = None
    request_due_on: Annotated[date | None, "协调时限"] = None
    progress: Annotated[str | None, "进展"] = None
    asked_by: Annotated[str | None, "申请销号岗位"] = None
    asked_on: Annotated[date | None, "销号申请日期"] = None
    checked_by: Annotated[str | None, "核查岗位"] = None
    check_opinion: Annotated[str | None, "核查意见"] = None
    checked_on: Annotated[date | None, "核查日期"] = None
    confirmed_by: Annotated[str | None, "确认岗位"] = None
    closed_on: Annotated[date | None, "销号日期"] = None
    reopenings: Annotated[int, "重新挂账次数"] = 0
    looked_back_on: Annotated[date | None, "回头看日期"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ProblemStep(Record):
    """One act in the course of a problem. Only ever added; `text` is what was said with it."""

    problem: Annotated[str, "问题", Ref("problem")]
    act: Annotated[t.ProblemAct, "办理环节"]
    done_on: Annotated[date, "日期"]
    by_post: Annotated[str, "岗位"]
    by_account: Annotated[str | None, "账号", Kept()] = None
    text: Annotated[str | None, "说明"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Directive(Record):
    """交办事项: from a meeting or a leader, with unit and date, answered and closed.

    One that a meeting decided names its round and the `key` of the agenda point it came from. Of a
    leader's written instruction `register_no` and the handling requirement are held, never
    its text; only office, leader and addressee see such a row.
    """

    matter: Annotated[str, "交办事项"]
    source: Annotated[t.DirectiveSource, "来源"]
    unit: Annotated[str, "承办单位", Ref("unit")]
    issued_on: Annotated[date, "交办日期"]
    due_on: Annotated[date, "办结时限"]
    round: Annotated[str | None, "调度周"] = None
    task: Annotated[str | None, "关联任务", Ref("task")] = None
    problem: Annotated[str | None, "关联问题", Ref("problem")] = None
    closing_standard: Annotated[str | None, "办结标准"] = None
    register_no: Annotated[str | None, "批示登记号"] = None
    point: Annotated[str | None, "议题标识", Kept()] = None
    state: Annotated[t.DirectiveState, "状态"] = t.DirectiveState.OPEN
    answer: Annotated[str | None, "反馈情况"] = None
    answered_on: Annotated[date | None, "反馈日期"] = None
    closed_on: Annotated[date | None, "办结日期"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Station(Record):
    """A 心理服务站点. Its state follows from its dates; 达标 is derived from inspections.

    `listed_host` is the obliged body it stands for, where the list names its bodies. `served`
    counts this year's services up to `served_on`; under five it is never shown. `is_withheld`
    keeps a place that must not be found (a place of custody, or the like) off every map.
    """

    name: Annotated[str, "站点名称"]
    kind: Annotated[t.StationKind, "站点类型"]
    town: Annotated[str | None, "所在镇街", Ref("unit")] = None
    host_list: Annotated[str | None, "应设名录", Ref("host_list")] = None
    listed_host: Annotated[str | None, "应设单位", Ref("listed_host")] = None
    host: Annotated[str | None, "依托单位"] = None
    unit: Annotated[str | None, "建设单位", Ref("unit")] = None
    address: Annotated[str | None, "地址"] = None
    lon: Annotated[float | None, "经度"] = None
    lat: Annotated[float | None, "纬度"] = None
    point_source: Annotated[str | None, "点位来源"] = None
    is_withheld: Annotated[bool, "只计数不标点"] = False
    begun_on: Annotated[date | None, "开工日期"] = None
    built_on: Annotated[date | None, "建成日期"] = None
    ended_on: Annotated[date | None, "停用日期"] = None
    moved_on: Annotated[date | None, "搬迁日期"] = None
    area_m2: Annotated[float | None, "面积（平方米）"] = None
    full_time: Annotated[int | None, "专职人数"] = None
    part_time: Annotated[int | None, "兼职人数"] = None
    counsellors: Annotated[int | None, "其中心理咨询师人数"] = None
    volunteers: Annotated[int | None, "志愿者人数"] = None
    services: Annotated[str | None, "服务内容"] = None
    hotline: Annotated[str | None, "心理热线"] = None
    hotline_shown: Annotated[bool | None, "热线已公示"] = None
    served: Annotated[int | None, "本年服务人次"] = None
    served_on: Annotated[date | None, "服务人次统计至"] = None
    note: Annotated[str | None, "备注"] = None

    def state(self, today: date) -> t.StationState:
        """The station's state on a day."""
        if self.ended_on and self.ended_on <= today:
            return t.StationState.ENDED
        if self.built_on and self.built_on <= today:
            return t.StationState.BUILT
        if self.begun_on and self.begun_on <= today:
            return t.StationState.BUILDING
        return t.StationState.PLANNED


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspection(Record):
    """One standard item checked at one station on one day."""

    station: Annotated[str, "站点", Ref("station")]
    item: Annotated[str, "标准条目", Ref("standard_item")]
    verdict: Annotated[t.CheckVerdict, "检查结果"]
    inspected_on: Annotated[date, "检查日期"]
    by_post: Annotated[str, "检查岗位"]
    measured: Annotated[float | None, "实测值"] = None
    note: Annotated[str | None, "备注"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BoundarySet(Record):
    """A file of boundaries that the office put in; the newest that stands is drawn.

    `tolerance_m` says by how many metres at most its lines were simplified on the way in.
    """

    title: Annotated[str, "边界资料"]
    source: Annotated[str, "资料来源"]
    datum: Annotated[t.Datum, "坐标系"]
    loaded_on: Annotated[date, "载入日期"]
    by_post: Annotated[str, "载入岗位"]
    file_name: Annotated[str, "文件名"]
    sha256: Annotated[str, "校验值", Kept()]
    review_no: Annotated[str | None, "审图号"] = None
    tolerance_m: Annotated[float | None, "简化误差（米）"] = None
    note: Annotated[str | None, "备注"] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Boundary(Record):
    """One unit's area in a set: a GeoJSON geometry (Polygon or MultiPolygon) in WGS-84 degrees."""

    boundary_set: Annotated[str, "边界资料", Ref("boundary_set")]
    unit: Annotated[str, "单位", Ref("unit")]
    geometry: Annotated[str, "图形", Kept()]
    matched_by: Annotated[t.MatchedBy, "对应方式"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence(Record):
    """佐证材料 to a filing, a step of a problem or an inspection.

    The file lies in the store by its hash.
    """

    unit: Annotated[str, "单位", Ref("unit")]
    name: Annotated[str, "文件名"]
    kind: Annotated[t.EvidenceKind, "类型"]
    size: Annotated[int, "字节数"]
    sha256: Annotated[str, "校验值", Kept()]
    filing: Annotated[str | None, "填报", Ref("filing")] = None
    step: Annotated[str | None, "办理环节", Ref("problem_step")] = None
    inspection: Annotated[str | None, "站点检查", Ref("inspection")] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """Who changed which field of which row from what to what, and when it was known."""

    ledger: Annotated[str, "台账"]
    row: Annotated[str, "编号"]
    action: Annotated[t.Action, "动作"]
    field: Annotated[str | None, "字段"]
    old: Annotated[str | None, "原值"]
    new: Annotated[str | None, "新值"]
    by_post: Annotated[str, "操作岗位"]
    by_account: Annotated[str | None, "操作账号"]
    posting_id: Annotated[int, "登记批次"]
    known_at: Annotated[datetime, "知悉时间"]
    recorded_at: Annotated[datetime, "登记时间"]
