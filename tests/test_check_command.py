"""`guatu check`: what breaks the books is a problem; what is worth a look is only told."""

from pathlib import Path

from click.testing import CliRunner, Result

from dashboard.__main__ import main
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.database import open_books
from dashboard.posting.editing import add_row
from dashboard.posting.faults import NEW
from dashboard.settings import current
from tests.books import CODE

PLAN_FOLDER = Path(__file__).resolve().parent.parent / "data" / "plans" / CODE


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_a_printed_number_that_differs_from_named_bodies_is_told_and_no_problem() -> None:
    run("load", str(PLAN_FOLDER))
    engine = open_books(current().database.url)
    add_row(engine, CONSOLE, CODE, r.ListedHost(code=NEW, host_list="h-village", name="某某村"))
    engine.dispose()
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "")
    said = "h-village：13个镇街村居站点应设数13处，名录登记1处，请核对。"
    assert f"提示：{CODE} {said}" in result.stderr
