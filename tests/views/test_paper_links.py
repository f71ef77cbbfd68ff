"""Papers are offered on the pages that they sum up, to whoever may have them."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.viewer import Viewer
from dashboard.ledgers.terms import AccountRole
from tests.views.reading import text_of
from tests.views.rows import opened

OWN = "u-mzj"


def asked(app: AppTest, page: str) -> list[dict[str, str]]:
    """What the paper links of a page ask for, the file's ending among it."""
    found = []
    shown = opened(app, page)
    for html in shown.get("html"):
        for part in html.proto.body.split('href="')[1:]:
            address = urlsplit(part.split('"')[0].replace("&amp;", "&"))
            if address.path.startswith("/files/paper."):
                given = {name: values[0] for name, values in parse_qs(address.query).items()}
                found.append({**given, "ending": address.path.rpartition(".")[2]})
    return found


@pytest.mark.parametrize(
    ("page", "kind"),
    [("/tasks", "tasks"), ("/responsibilities", "responsibilities"), ("/problems", "problems")],
)
def test_a_ledger_s_page_offers_it_as_word_excel_and_preview(
    full_app: AppTest, page: str, kind: str
) -> None:
    links = [each for each in asked(full_app, page) if each["kind"] == kind]
    assert [each["ending"] for each in links] == ["docx", "xlsx", "pdf"]
    assert not any("unit" in each or "date" in each for each in links)
    assert "替代字体" in text_of(opened(full_app, page))


def test_one_unit_s_duties_are_offered_for_that_unit(full_app: AppTest) -> None:
    links = asked(full_app, "/responsibilities?unit=u-wjj")
    assert {each["unit"] for each in links} == {"u-wjj"}


def test_a_liaison_is_offered_the_own_unit_s_alone(
    full_app: AppTest, seen_by: Callable[..., Viewer]
) -> None:
    seen_by(AccountRole.LIAISON, OWN)
    links = asked(full_app, "/tasks")
    assert {each["unit"] for each in links} == {OWN}
