"""Addresses inside the app: each keeps the day and the plan that are being looked at."""

from urllib.parse import urlencode

from dashboard.widgets.desk import DATE, PLAN, Desk
from dashboard.widgets.menu import HOME


def address(desk: Desk, page: str, **params: object) -> str:
    """The address of a page, such as /task?code=t-4-1&date=2023-09-22."""
    kept: dict[str, object] = {name: value for name, value in params.items() if value is not None}
    if desk.day != desk.today:
        kept[DATE] = desk.day.isoformat()
    if len(desk.among) > 1:
        kept[PLAN] = desk.plan.code
    path = "/" if page == HOME else f"/{page}"  # the first page has no address of its own
    return f"{path}?{urlencode(kept)}" if kept else path


def task_address(desk: Desk, code: str) -> str:
    """The panel of one task."""
    return address(desk, "task", code=code)
