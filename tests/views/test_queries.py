"""How many queries a page asks when it runs again: a ceiling for every page and kind of viewer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.viewer import Viewer
from dashboard.ledgers.terms import AccountRole
from dashboard.widgets.desk import library
from dashboard.widgets.menu import PAGES, is_open
from tests.counting import queries

FRAME = {AccountRole.LOCAL: 3, AccountRole.OFFICE: 5, AccountRole.LIAISON: 5}
"""Who is here (the account, its units, its other log-ins), the plans, and the books' version."""
MORE = {
    "task": 4,
    "record": 2,
    "source": 1,
    "plan_import": 1,
    "station": 7,
    "wall": 2,
    "dispatch": 5,
    "meeting": 5,
    "compare": 8,
    "bulletin": 6,
    "supervision": 4,
    "accounts": 7,
    "audit": 4,
    "filing": 1,
}
"""What pages ask besides: histories with files, earlier rounds by their version, accounts, …"""
ADDRESSES = {
    "task": {"code": "t-4-8"},
    "record": {"ledger": "task", "code": "t-4-8"},
    "source": {"ledger": "task", "row": "t-4-8"},
    "station": {"station": "S000001"},
}


@pytest.mark.parametrize("role", FRAME)
def test_a_page_that_runs_again_asks_only_what_may_have_changed(
    role: AccountRole,
    full_books: Path,
    open_app: Callable[[Path], AppTest],
    seen_by: Callable[..., Viewer],
) -> None:
    app = open_app(full_books)
    viewer = None if role is AccountRole.LOCAL else seen_by(role, "u-jtj")
    engine = library(settings.current().database.url).engine
    for name, page in PAGES.items():
        if viewer is not None and not is_open(viewer, page):
            continue
        app.switch_page(f"views/{name}.py")
        for field, value in ADDRESSES.get(name, {}).items():
            app.query_params[field] = value
        app.run()
        with queries(engine) as asked:
            app.run()
        assert not app.exception
        assert 0 < len(asked) <= FRAME[role] + MORE.get(name, 0), (name, asked)
