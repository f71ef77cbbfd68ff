"""The closed lists of the books: each term once, with its stored value and its Chinese label."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A stored value with the label that officials read, in order of display."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def parse(cls, text: str) -> Self:
        """The term with this value or label. Raises ValueError, saying what is allowed."""
        for member in cls:
            if text in (member.value, member.label):
                return member
        allowed = "、".join(member.label for member in cls)
        raise ValueError(f"“{text}”不在可填范围内，可填：{allowed}")


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


class HostState(Term):
    OBLIGED = "obliged", "应设"
    UNKNOWN = "unknown", "待核定"
    EXEMPT = "exempt", "不适用"


class FilingWay(Term):
    SELF = "self", "单位自报"
    TELEPHONE = "telephone", "电话代录"
    MESSAGE = "message", "消息代录"
    PAPER = "paper", "纸质代录"


class ReviewVerdict(Term):
    ACCEPTED = "accepted", "审核通过"
    RETURNED = "returned", "退回"
    CLOSED = "closed", "销号"


class ProblemState(Term):
    OPEN = "open", "待解决"
    SOLVING = "solving", "整改中"
    TO_CHECK = "to_check", "待核查"
    CLOSED = "closed", "已销号"
    REOPENED = "reopened", "重新挂账"


class ProblemAct(Term):
    """What is done in the course of a problem, one step after the other."""

    TAKEN_UP = "taken_up", "交办整改"
    REPORTED = "reported", "整改进展"
    ASKED = "asked", "申请销号"
    CHECKED = "checked", "核查通过"
    SENT_BACK = "sent_back", "核查不通过"
    CONFIRMED = "confirmed", "确认销号"
    REFUSED = "refused", "不予销号"
    LOOKED_BACK = "looked_back", "回头看"
    REOPENED = "reopened", "重新挂账"


class EvidenceKind(Term):
    """Files that may be added to a filing or a step, by the ending that they keep."""

    DOCX = "docx", "Word文档"
    XLSX = "xlsx", "Excel表格"
    PDF = "pdf", "PDF文件"
    JPG = "jpg", "JPG图片"
    PNG = "png", "PNG图片"


class ProblemSource(Term):
    DISPATCH = "dispatch", "周调度"
    VISIT = "visit", "现场督导"
    TOWN = "town", "镇街上报"
    DEPARTMENT = "department", "部门上报"
    UPPER = "upper", "上级反馈"
    PUBLIC = "public", "群众反映"


class ProblemCategory(Term):
    STAFF = "staff", "人员"
    FUNDS = "funds", "经费"
    PREMISES = "premises", "场所"
    COORDINATION = "coordination", "协调"
    DATA = "data", "数据"


class DirectiveSource(Term):
    DISPATCH = "dispatch", "周调度"
    LEADER = "leader", "领导交办"


class DirectiveState(Term):
    OPEN = "open", "办理中"
    ANSWERED = "answered", "已反馈"
    CLOSED = "closed", "已办结"


class HandlingAct(Term):
    """What is done with a matter that was handed to a unit, one step after the other."""

    ANSWERED = "answered", "反馈办理情况"
    SENT_BACK = "sent_back", "退回续办"
    CLOSED = "closed", "办结"
    REOPENED = "reopened", "重新办理"
    WITHDRAWN = "withdrawn", "撤回"


class DispatchState(Term):
    PREPARING = "preparing", "准备中"
    HELD = "held", "会议中"
    CLOSED = "closed", "已结束"


class PointOutcome(Term):
    """What became of a point on a meeting's agenda; what is open when it closes is carried over."""

    OPEN = "open", "待议"
    DONE = "done", "已议"
    CARRIED = "carried", "转下次"


class SupervisionKind(Term):
    """The ladder of 督办, the mildest first; 一票否决 is recorded and never proposed."""

    REMINDER = "reminder", "提醒"
    LETTER = "letter", "提醒函"
    ORDER = "order", "督办单"
    NAMING = "naming", "通报点名"
    TALK = "talk", "约谈建议"
    VETO = "veto", "一票否决登记"

    @property
    def is_proposed(self) -> bool:
        """Whether the ladder may propose it."""
        return self is not SupervisionKind.VETO


class SupervisionState(Term):
    OPEN = "open", "办理中"
    ANSWERED = "answered", "已反馈"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class StationKind(Term):
    CENTRE = "centre", "县中心"
    SCHOOL = "school", "学校心理辅导室"
    MEDICAL = "medical", "医疗机构"
    WORKPLACE = "workplace", "机关企事业"
    COMMUNITY = "community", "综治中心和社区"
    VILLAGE = "village", "村居"
    SPECIAL = "special", "特殊人群场所"
    SOCIAL = "social", "社会机构"


class StationState(Term):
    PLANNED = "planned", "计划"
    BUILDING = "building", "在建"
    BUILT = "built", "建成"
    ENDED = "ended", "停用"


class Datum(Term):
    """In which system the coordinates of a file of boundaries are given."""

    WGS84 = "wgs84", "WGS-84"
    CGCS2000 = "cgcs2000", "国家2000（CGCS2000）"
    GCJ02 = "gcj02", "GCJ-02（高德、腾讯地图）"
    BD09 = "bd09", "BD-09（百度地图）"


class MatchedBy(Term):
    """How a shape of a file of boundaries was joined to its unit."""

    CODE = "code", "按统计代码"
    NAME = "name", "按名称"


class CheckVerdict(Term):
    MET = "met", "达到"
    NOT_MET = "not_met", "未达到"
    EXEMPT = "exempt", "不适用"


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
