"""Who may do what: one table of rights by role, for a viewer's own units and for all others.

Menus, pages, files and posting all ask here; nothing else decides. Source: the duties of the
five roles (等保2.0 访问控制: least right, administration and business apart, auditor apart).
"""

from collections.abc import Iterable, Mapping
from enum import Enum

from dashboard.access.viewer import Viewer
from dashboard.ledgers.terms import AccountRole, Term


class Right(Term):
    """An act, with the words that a refusal uses."""

    SEE_PLAN = "see_plan", "查看台账"
    SEE_CONTACTS = "see_contacts", "查看联系人"
    SEE_INSTRUCTIONS = "see_instructions", "查看批示办理事项"
    EXPORT = "export", "导出"
    FILE = "file", "填报"
    REVIEW = "review", "审核填报"
    CLOSE = "close", "核查销号"
    RAISE_PROBLEM = "raise_problem", "登记问题"
    HANDLE_PROBLEMS = "handle_problems", "办理问题"
    CONFIRM_CLOSING = "confirm_closing", "确认销号"
    EDIT_PROBLEMS = "edit_problems", "修改问题"
    DIRECT = "direct", "交办事项"
    ANSWER = "answer", "反馈办理情况"
    MEET = "meet", "组织周调度"
    SUPERVISE = "supervise", "督办"
    PUBLISH = "publish", "编发通报"
    EDIT_PHRASES = "edit_phrases", "修改文书用语"
    REGISTER_INSTRUCTION = "register_instruction", "登记批示办理要求"
    EDIT_TASKS = "edit_tasks", "增改专班细化任务"
    EXTEND = "extend", "登记延期"
    ARRANGE = "arrange", "安排汇总单位、节点和名录"
    EDIT_UNITS = "edit_units", "维护单位和联系人"
    EDIT_STATIONS = "edit_stations", "维护站点"
    INSPECT = "inspect", "检查站点"
    EDIT_STANDARDS = "edit_standards", "维护建设标准"
    EDIT_BOUNDARIES = "edit_boundaries", "维护区域边界"
    PRACTISE = "practise", "载入、清除演示数据"
    LOAD_PLAN = "load_plan", "载入方案"
    MANAGE_ACCOUNTS = "manage_accounts", "管理账号"
    SET_UP = "set_up", "修改设置"
    BACK_UP = "back_up", "备份和恢复"
    READ_AUDIT = "read_audit", "查看审计记录"


class Reach(Enum):
    """How far a right goes."""

    NONE = "none"
    OWN = "own"
    ALL = "all"


_OFFICE = AccountRole.OFFICE
_LIAISON = AccountRole.LIAISON
_LEADER = AccountRole.LEADER
_ADMINISTRATOR = AccountRole.ADMINISTRATOR
_AUDITOR = AccountRole.AUDITOR

_READING = {_OFFICE: Reach.ALL, _LIAISON: Reach.OWN, _LEADER: Reach.ALL}
_BY_OFFICE = {_OFFICE: Reach.ALL}
_BY_OFFICE_AND_LIAISON = {_OFFICE: Reach.ALL, _LIAISON: Reach.OWN}
_BY_ADMINISTRATOR = {_ADMINISTRATOR: Reach.ALL}

_TABLE: Mapping[Right, Mapping[AccountRole, Reach]] = {
    Right.SEE_PLAN: _READING,
    Right.SEE_CONTACTS: _BY_OFFICE_AND_LIAISON,
    Right.SEE_INSTRUCTIONS: _READING,
    Right.EXPORT: _READING,
    Right.FILE: _BY_OFFICE_AND_LIAISON,
    Right.REVIEW: _BY_OFFICE,
    Right.CLOSE: _BY_OFFICE,
    Right.RAISE_PROBLEM: _BY_OFFICE_AND_LIAISON,
    Right.HANDLE_PROBLEMS: _BY_OFFICE_AND_LIAISON,
    Right.CONFIRM_CLOSING: {_OFFICE: Reach.ALL, _LEADER: Reach.ALL},
    Right.EDIT_PROBLEMS: _BY_OFFICE,
    Right.DIRECT: _BY_OFFICE,
    Right.ANSWER: _BY_OFFICE_AND_LIAISON,
    Right.MEET: _BY_OFFICE,
    Right.SUPERVISE: _BY_OFFICE,
    Right.PUBLISH: _BY_OFFICE,
    Right.EDIT_PHRASES: _BY_OFFICE,
    Right.REGISTER_INSTRUCTION: {_OFFICE: Reach.ALL, _LEADER: Reach.ALL},
    Right.EDIT_TASKS: _BY_OFFICE,
    Right.EXTEND: _BY_OFFICE,
    Right.ARRANGE: _BY_OFFICE,
    Right.EDIT_UNITS: _BY_OFFICE,
    Right.EDIT_STATIONS: _BY_OFFICE,
    Right.INSPECT: _BY_OFFICE,
    Right.EDIT_STANDARDS: _BY_OFFICE,
    Right.EDIT_BOUNDARIES: _BY_OFFICE,
    Right.PRACTISE: _BY_OFFICE,
    Right.LOAD_PLAN: _BY_OFFICE,
    Right.MANAGE_ACCOUNTS: _BY_ADMINISTRATOR,
    Right.SET_UP: _BY_ADMINISTRATOR,
    Right.BACK_UP: _BY_ADMINISTRATOR,
    Right.READ_AUDIT: {_AUDITOR: Reach.ALL},
}


class ForbiddenError(Exception):
    """The viewer may not do this; the message says so in Chinese."""


def reach(role: AccountRole, right: Right) -> Reach:
    """How far a role's right goes; whoever sits at the office computer may do everything."""
    if role is AccountRole.LOCAL:
        return Reach.ALL
    return _TABLE[right].get(role, Reach.NONE)


def may(viewer: Viewer, right: Right, plan: str, units: Iterable[str] | None = None) -> bool:
    """Whether the viewer may do this to a matter of these units of a plan.

    Without `units` it is a matter of the whole plan. A matter of several units is a liaison's
    only where all of them are the liaison's own.
    """
    found = reach(viewer.role, right)
    if found is not Reach.OWN:
        return found is Reach.ALL
    concerned = frozenset(units or ())
    return bool(concerned) and concerned <= viewer.units_in(plan)


def may_some(viewer: Viewer, right: Right) -> bool:
    """Whether there is anything to which the viewer may do this: what menus ask."""
    return reach(viewer.role, right) is not Reach.NONE


def demand(viewer: Viewer, right: Right, plan: str, units: Iterable[str] | None = None) -> None:
    """Raise ForbiddenError unless the viewer may do this."""
    if not may(viewer, right, plan, units):
        if reach(viewer.role, right) is Reach.OWN:
            raise ForbiddenError(f"“{right.label}”只限本单位的事项")
        raise ForbiddenError(f"{viewer.role.label}没有“{right.label}”的权限")
