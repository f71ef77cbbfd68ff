"""The menu: which pages there are, in which group, and which right each takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dashboard.access.rights import Reach, Right, reach
from dashboard.access.viewer import Viewer
from dashboard.ledgers.terms import AccountRole


@dataclass(frozen=True)
class Page:
    """A page's script and address, its title, and the right without which it is not there.

    A page of two parts opens by `or_right` too, and shows each part to whom it is for.
    `for_all` pages speak of the whole plan and are not for who sees the own units alone;
    unlisted ones are reached by links. Pages that are not `of_plan` have no desk: they run without
    a plan, as accounts and the audit do. Where the office does for units what they do for
    themselves, the page has a title `for_office`.
    """

    name: str
    title: str
    right: Right = Right.SEE_PLAN
    or_right: Right | None = None
    for_all: bool = False
    is_listed: bool = True
    of_plan: bool = True
    for_office: str | None = None


MENU: Mapping[str, tuple[Page, ...]] = {
    "看": (
        Page("overview", "总览"),
        Page("station_map", "站点地图"),
        Page("departments", "部门进度", for_all=True),
        Page("towns", "镇街进度", for_all=True),
        Page("indicators", "指标"),
        Page("wall", "会议室大屏", for_all=True, is_listed=False),
    ),
    "调": (
        Page("dispatch", "周调度", for_all=True),
        Page("meeting", "会议模式", for_all=True, is_listed=False),
        Page("compare", "两周对比", for_all=True, is_listed=False),
        Page("bulletin", "月通报", for_all=True),
        Page("directives", "交办事项"),
        Page("supervision", "督办"),
    ),
    "账": (
        Page("tasks", "任务清单"),
        Page("responsibilities", "责任清单"),
        Page("problems", "问题清单"),
        Page("stations", "站点台账"),
        Page("station", "站点详情", is_listed=False),
        Page("station_sheets", "站点导入导出", Right.EDIT_STATIONS, is_listed=False),
        Page("task", "事项详情", is_listed=False),
        Page("record", "记录详情", is_listed=False),
        Page("source", "原文对照", is_listed=False),
    ),
    "报": (
        Page("filing", "我的填报", Right.FILE, for_office="代录填报"),
        Page("reviews", "审核", Right.REVIEW),
        Page("sheets", "填报表", Right.FILE),
        Page("burden", "填报负担", for_all=True),
    ),
    "管": (
        Page("plan_import", "方案导入", Right.LOAD_PLAN, of_plan=False),
        Page("maintain", "台账维护", Right.ARRANGE),
        Page("boundaries", "区域边界", Right.EDIT_BOUNDARIES),
        Page("phrases", "文书用语", Right.EDIT_PHRASES),
        Page("accounts", "单位与账号", Right.MANAGE_ACCOUNTS, Right.EDIT_UNITS, of_plan=False),
        Page("exports", "数据导出", Right.EXPORT),
        Page("audit", "审计记录", Right.READ_AUDIT, of_plan=False),
    ),
}
HOME = "overview"
WALL = "wall"
FILING = "filing"
PAGES: Mapping[str, Page] = {page.name: page for group in MENU.values() for page in group}


def is_open(viewer: Viewer, page: Page) -> bool:
    """Whether the viewer has this page."""
    return _is_open(viewer.role, page)


@cache
def _is_open(role: AccountRole, page: Page) -> bool:
    found = {reach(role, right) for right in (page.right, page.or_right) if right}
    return Reach.ALL in found or (Reach.OWN in found and not page.for_all)


def title_of(viewer: Viewer, page: Page) -> str:
    """A page's title in the viewer's menu."""
    reviews = reach(viewer.role, Right.REVIEW) is Reach.ALL
    return page.for_office if page.for_office and reviews else page.title


def menu_of(viewer: Viewer) -> dict[str, tuple[Page, ...]]:
    """The viewer's pages by group; groups without a page are left out."""
    own = {
        group: tuple(page for page in pages if is_open(viewer, page))
        for group, pages in MENU.items()
    }
    return {group: pages for group, pages in own.items() if pages}


def home_of(viewer: Viewer) -> str:
    """Where the viewer begins: a liaison with what is due, everybody else with the first page."""
    if viewer.role is AccountRole.LIAISON:
        return FILING
    return next(page.name for pages in menu_of(viewer).values() for page in pages)
