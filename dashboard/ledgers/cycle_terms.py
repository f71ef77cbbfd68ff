"""Terms of what runs from week to week: filings, problems, meetings, handing out and 督办."""

from dashboard.ledgers.term import Term


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
