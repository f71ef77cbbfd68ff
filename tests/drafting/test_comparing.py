"""A second version of a plan against the ledgers in force: new, changed, gone."""

from dataclasses import replace

from dashboard.drafting.comparing import compared
from dashboard.drafting.draft import draft_of
from dashboard.drafting.records import records_of
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import LEDGERS, ledger_of
from dashboard.ledgers.terms import Origin
from dashboard.policy.reading import read
from tests.books import snapshot
from tests.made_plan import ABOUT, FOUND, NEWER, TEXT

FIRST = draft_of(FOUND)


def books() -> Books:
    """The first version as it is held."""
    plan, records, wrong = records_of("made", {**FIRST.about, **ABOUT}, FIRST.rows)
    assert plan is not None, wrong
    held = {name: tuple(each for each in records if ledger_of(each) == name) for name in LEDGERS}
    return replace(snapshot((), plan.issued_on, plan=plan), rows=held)


def differences(text: str) -> list[tuple[str, str, str, str | None, str | None]]:
    found = compared(draft_of(read(text)).rows, books())
    return [(each.word, each.clause, each.what, each.before, each.now) for each in found]


def test_the_same_version_differs_in_nothing() -> None:
    assert differences(TEXT) == []


def test_what_a_second_version_changes_and_drops_is_told_by_clause() -> None:
    found = differences(NEWER)
    assert ("变动", "二（二）") in [each[:2] for each in found]
    (figure,) = [each for each in found if each[2].startswith("指标")]
    assert figure[3:] == ("20公里", "25公里")
    assert found[-1] == ("删去", "二（二）", "责任：县水务局", "责任", None)


def test_a_new_clause_is_told_with_its_duties() -> None:
    found = differences(
        TEXT.replace("三、保障", "（三）巡河。每周巡河。（县水务局负责）\n三、保障")
    )
    assert {each[:3] for each in found} == {
        ("新增", "二（三）", "任务"),
        ("新增", "二（三）", "责任：县水务局"),
    }


def test_a_moved_date_is_a_change() -> None:
    found = differences(TEXT.replace("2024年6月底前", "2024年9月底前"))
    assert found == [("变动", "二（一）", "时限", "2024年6月30日", "2024年9月30日")]


def test_rows_of_the_offices_own_are_no_part_of_it() -> None:
    held = books()
    own = replace(held.rows["task"][0], code="own", clause="三（一）", origin=Origin.OFFICE)  # type: ignore[call-arg]
    more = replace(held, rows={**held.rows, "task": (*held.rows["task"], own)})
    found = compared(FIRST.rows, more)
    assert [each for each in found if each.what == "任务"] == []
