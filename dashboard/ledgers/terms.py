"""The closed lists of the books: each term once, with its stored value and its Chinese label.

Those of the plan, of accounts and of history stand here; all are to be had from here.
"""

from dashboard.ledgers.cycle_terms import (
    DirectiveSource,
    DirectiveState,
    DispatchState,
    EvidenceKind,
    FilingWay,
    HandlingAct,
    PointOutcome,
    ProblemAct,
    ProblemCategory,
    ProblemSource,
    ProblemState,
    ReviewVerdict,
    SupervisionKind,
    SupervisionState,
)
from dashboard.ledgers.station_terms import (
    CheckVerdict,
    Datum,
    HostState,
    MatchedBy,
    StationKind,
    StationState,
)
from dashboard.ledgers.term import Term

__all__ = [
    "AccountRole",
    "Action",
    "AuditKind",
    "Basis",
    "CheckVerdict",
    "ClauseKind",
    "Comparator",
    "Datum",
    "DeadlineSource",
    "DirectiveSource",
    "DirectiveState",
    "DispatchState",
    "EvidenceKind",
    "FilingWay",
    "Force",
    "HandlingAct",
    "HostState",
    "MatchedBy",
    "Method",
    "Origin",
    "Part",
    "PlanState",
    "PointOutcome",
    "ProblemAct",
    "ProblemCategory",
    "ProblemSource",
    "ProblemState",
    "Recurrence",
    "ReviewVerdict",
    "Role",
    "StationKind",
    "StationState",
    "SupervisionKind",
    "SupervisionState",
    "System",
    "TaskKind",
    "Term",
    "UnitKind",
    "Via",
]


class PlanState(Term):
    PREPARING = "preparing", "筹备"
    RUNNING = "running", "执行中"
    CLOSED = "closed", "已收官"


class ClauseKind(Term):
    GOAL = "goal", "工作目标"
    ORGANISATION = "organisation", "组织体系"
    TASK = "task", "重点任务"
    REQUIREMENT = "requirement", "工作要求"
    ANNEX = "annex", "附件"


class UnitKind(Term):
    PARTY = "party", "党委部门"
    GOVERNMENT = "government", "政府部门"
    MASS = "mass", "群团组织"
    INSTITUTION = "institution", "事业单位"
    TASK_FORCE = "task_force", "专班"
    CITY = "city", "市州"
    COUNTY = "county", "县市区"
    ZONE = "zone", "开发区"
    TOWN = "town", "镇街"
    UPPER = "upper", "上级单位"
    COLLECTIVE = "collective", "集合"

    @property
    def can_answer(self) -> bool:
        """Whether units of this kind can be made to answer: no collective, no level above."""
        return self not in (UnitKind.UPPER, UnitKind.COLLECTIVE)

    @property
    def has_liaison(self) -> bool:
        """Whether units of this kind name somebody to be asked; the task force asks."""
        return self.can_answer and self is not UnitKind.TASK_FORCE


class System(Term):
    PARTY = "party", "党委"
    GOVERNMENT = "government", "政府"
    MASS = "mass", "群团"


class TaskKind(Term):
    KEY = "key", "重点任务"
    GOAL = "goal", "工作目标"
    ORGANISATION = "organisation", "组织体系"
    REQUIREMENT = "requirement", "工作要求"
    ANNEX = "annex", "附件职责"


class Origin(Term):
    PLAN = "plan", "方案原有"
    OFFICE = "office", "专班细化"


class Force(Term):
    MUST = "must", "必须"
    ENCOURAGED = "encouraged", "鼓励"


class Recurrence(Term):
    ONCE = "once", "一次性"
    WEEKLY = "weekly", "每周"
    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季度"
    HALF_YEARLY = "half-yearly", "每半年"
    YEARLY = "yearly", "每年"
    ONGOING = "ongoing", "长期坚持"


class DeadlineSource(Term):
    """Only PRINTED, EXTENDED and OFFICE can turn a light red (design: deadline)."""

    PRINTED = "printed", "原文"
    EXTENDED = "extended", "批准延期"
    INHERITED = "inherited", "继承"
    OFFICE = "office", "办公室确定"


class Role(Term):
    LEAD = "lead", "牵头"
    SHARED = "shared", "责任"
    LOCAL = "local", "具体负责"
    SUPPORT = "support", "配合"


class Basis(Term):
    """Where a responsibility stands."""

    BRACKET = "bracket", "括号"
    SENTENCE = "sentence", "句中"
    DUTY = "duty", "职责段"
    ANNEX = "annex", "附件"
    OFFICE = "office", "办公室指定"


class Part(Term):
    """A reporting line either sums up for its item, or reports a share of it."""

    TOTAL = "total", "汇总"
    SHARE = "share", "分报"


class Via(Term):
    """How a reporting line learns its figure; what the station ledger knows is not filed."""

    FILING = "filing", "填报"
    STATIONS = "stations", "站点台账"
    PARTS = "parts", "分年合计"


class Comparator(Term):
    AT_LEAST = ">=", "不少于"
    AT_MOST = "<=", "不超过"
    EXACTLY = "=", "等于"
    BETWEEN = "between", "介于"


class Method(Term):
    """How an indicator's value comes about."""

    SUM = "sum", "累计"
    RATIO = "ratio", "比率"
    LATEST = "latest", "最新值"
    STATIONS = "stations", "站点数"
    HOSTS_MET = "hosts_met", "达到要求的单位数"
    KEPT = "kept", "保持"

    @property
    def is_counted(self) -> bool:
        """Whether the value grows by single things, and is no share and no measurement."""
        return self in (Method.SUM, Method.HOSTS_MET)


class Action(Term):
    """What a revision did to a row."""

    CREATE = "create", "新增"
    CHANGE = "change", "修改"
    END = "end", "停用"


class AccountRole(Term):
    """What a signed-in person is to the office; LOCAL is whoever sits at it in 单机模式."""

    ADMINISTRATOR = "administrator", "系统管理员"
    OFFICE = "office", "办公室"
    LIAISON = "liaison", "联络员"
    LEADER = "leader", "领导"
    AUDITOR = "auditor", "审计员"
    LOCAL = "local", "本机"


class AuditKind(Term):
    """What an audit event tells of."""

    SIGN_IN = "sign_in", "登录"
    SIGN_OUT = "sign_out", "退出"
    REFUSED = "refused", "拒绝"
    WRITE = "write", "登记"
    REVIEW = "review", "审核"
    EXPORT = "export", "导出"
    ACCOUNT = "account", "账号"
    SETTING = "setting", "设置"
