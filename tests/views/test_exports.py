"""数据导出: links to what the viewer may have, as of the day that is looked at."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole, DirectiveSource
from dashboard.posting.problems import issue_directive
from tests.books import CODE
from tests.views.reading import links_of, text_of
from tests.views.rows import opened, rows_of

TABLE = "可以导出的文件"
OWN = "u-mzj"


def files_of(page: AppTest) -> list[tuple[str, dict[str, list[str]]]]:
    """The files that the page leads to, with what their addresses ask for."""
    parts = [urlsplit(each) for each in links_of(page) if each.startswith("/files/")]
    return [(each.path, parse_qs(each.query)) for each in parts]


def seen_by(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages meet this viewer at the door."""
    monkeypatch.setattr("dashboard.widgets.door.viewer_at", lambda *_: viewer)


def liaison(*units: str) -> Viewer:
    own = frozenset((CODE, unit) for unit in units)
    return Viewer(AccountRole.LIAISON, "联络员", account="lianluo", sign_in=1, units=own)


def test_the_office_has_the_whole_plan_and_the_unit_that_is_chosen(full_app: AppTest) -> None:
    page = opened(full_app, f"/exports?unit={OWN}")
    day = {"plan": [CODE], "date": ["2023-09-22"]}
    assert files_of(page) == [
        ("/files/plan.xlsx", day),
        ("/files/plan.json", day),
        *(("/files/wallchart.pdf", {**day, "paper": [size]}) for size in ("A1", "A2", "A3", "A0")),
        ("/files/unit.xlsx", {**day, "unit": [OWN]}),
    ]
    offered = ["全部台账", "作战图", "县民政局台账", "审计记录"]
    assert [row[0] for row in rows_of(page, TABLE)] == offered
    said = text_of(page)
    assert "可导出截至2023年9月22日的全部台账和各单位台账；每次导出都记入审计记录。" in said
    assert "联系人不在导出范围内" in said


def test_the_files_are_of_the_day_that_is_looked_at(full_app: AppTest) -> None:
    page = opened(full_app, "/exports?date=2023-07-14")
    assert {asked["date"][0] for _, asked in files_of(page)} == {"2023-07-14"}


def test_a_liaison_sees_the_own_units_alone(
    full_app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen_by(liaison(OWN, "370829101"), monkeypatch)
    page = opened(full_app, "/exports?unit=u-wjj")
    assert [(path, asked["unit"]) for path, asked in files_of(page)] == [
        ("/files/unit.xlsx", [OWN]),
        ("/files/unit.xlsx", ["370829101"]),
    ]
    assert len(rows_of(page, TABLE)) == 2
    assert "本单位台账" in text_of(page)


def test_a_leader_is_not_led_to_the_audit(
    full_app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen_by(Viewer(AccountRole.LEADER, "分管领导", account="lingdao", sign_in=1), monkeypatch)
    names = [row[0] for row in rows_of(opened(full_app, "/exports"), TABLE)]
    assert names[0] == "全部台账"
    assert "审计记录" not in names


def test_instructions_go_along_only_when_they_are_chosen(
    open_app: Callable[[Path], AppTest], full_books: Path
) -> None:
    app = open_app(full_books)
    assert not opened(app, "/exports").checkbox
    instruction = r.Directive(
        code="new",
        matter="按要求办理",
        source=DirectiveSource.LEADER,
        unit=OWN,
        issued_on=date(2023, 9, 20),
        due_on=date(2023, 9, 28),
        register_no="2023-17",
    )
    issue_directive(open_books(settings.current().database.url), CONSOLE, CODE, instruction)
    page = opened(app, "/exports")
    assert all("instructions" not in asked for _, asked in files_of(page))
    page.checkbox(key="instructions").check().run()
    of_ledgers = [asked for path, asked in files_of(page) if "wallchart" not in path]
    assert all(asked["instructions"] == ["yes"] for asked in of_ledgers)


@pytest.mark.parametrize("page", ["/overview", "/tasks", "/towns"])
def test_pages_that_a_wall_chart_sums_up_offer_it_to_who_may_have_it(
    full_app: AppTest, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    asked = [query for path, query in files_of(opened(full_app, page)) if "wallchart" in path]
    assert [each["paper"] for each in asked] == [["A1"], ["A2"], ["A3"], ["A0"]]
    assert {each["date"][0] for each in asked} == {"2023-09-22"}
    seen_by(liaison(OWN), monkeypatch)
    assert not [path for path, _ in files_of(opened(full_app, page)) if "wallchart" in path]
