"""Addresses inside the app: each keeps the day and the plan that are being looked at."""

from urllib.parse import urlencode

from dashboard.widgets.desk import DATE, PLAN, Desk


def address(desk: Desk, page: str, **params: object) -> str:
    """The address of a page, such as /task?code=t-4-1&date=2023-09-22."""
    kept: dict[str, object] = {name: value for name, value in params.items() if value is not None}
    if desk.day != desk.today:
        kept[DATE] = desk.day.isoformat()
    if len(desk.among) > 1:
        kept[PLAN] = desk.plan.code
    return f"/{page}?{urlencode(kept)}" if kept else f"/{page}"


def task_address(desk: Desk, code: str) -> str:
    """The panel of one task."""
    return address(desk, "task", code=code)
