"""Drafts: kept as they are typed, for their author alone, and gone with what they became."""

from datetime import date

import pytest

from dashboard import settings
from dashboard.access.rights import ForbiddenError
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers.books import load, version_at
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole
from dashboard.posting.drafts import LONGEST, drafts_of, drop_draft, save_draft
from dashboard.posting.faults import RefusedError
from dashboard.posting.plans import clear_practice, now_of
from dashboard.posting.progress import Report, file_progress
from tests.books import CODE, Desk
from tests.people import person, told

LINE, OTHERS_LINE = "l-4-9-1", "l-4-8-9"
UNIT = "u-wjj"
DAY = date(2023, 9, 20)
TYPED = {"text": "已修订应急预案", "value": 40.0, "is_done": False}


@pytest.fixture
def liaison(office: Desk) -> Viewer:
    return person(office.engine, AccountRole.LIAISON, UNIT)


def keep(desk: Desk, viewer: Viewer, line: str = LINE, **typed: object) -> None:
    save_draft(desk.engine, viewer, CODE, line, typed or TYPED, seen=None)


def test_a_draft_is_there_after_a_restart(office: Desk, liaison: Viewer) -> None:
    keep(office, liaison)
    address = str(office.engine.url)
    office.engine.dispose()
    again = open_books(address)
    held = drafts_of(again, liaison, CODE)[LINE]
    assert dict(held.content) == TYPED
    again.dispose()


def test_the_last_word_stands_and_what_its_author_saw(office: Desk, liaison: Viewer) -> None:
    keep(office, liaison)
    save_draft(office.engine, liaison, CODE, LINE, {"text": "改过"}, seen="F000001")
    held = drafts_of(office.engine, liaison, CODE)
    assert list(held) == [LINE]
    assert (held[LINE].content, held[LINE].seen) == ({"text": "改过"}, "F000001")


def test_nobody_sees_anothers_draft(office: Desk, liaison: Viewer) -> None:
    colleague = person(office.engine, AccountRole.LIAISON, UNIT, name="colleague")
    reviewer = person(office.engine, AccountRole.OFFICE)
    keep(office, liaison)
    for other in (colleague, reviewer):
        assert drafts_of(office.engine, other, CODE) == {}
        keep(office, other, text="另一人的")
        drop_draft(office.engine, other, CODE, LINE)
    assert dict(drafts_of(office.engine, liaison, CODE)[LINE].content) == TYPED


def test_a_draft_on_another_units_line_is_refused(office: Desk, liaison: Viewer) -> None:
    with pytest.raises(ForbiddenError, match="只限本单位的事项"):
        keep(office, liaison, OTHERS_LINE)
    assert drafts_of(office.engine, liaison, CODE) == {}


@pytest.mark.parametrize("field", ["text", "problem_description"])
def test_personal_data_are_not_even_kept_in_a_draft(
    office: Desk, liaison: Viewer, field: str
) -> None:
    keep(office, liaison)
    with pytest.raises(RefusedError, match="疑似含有身份证号"):
        keep(office, liaison, **{field: "来访者370829199001011234"})
    assert dict(drafts_of(office.engine, liaison, CODE)[LINE].content) == TYPED


def test_a_draft_has_a_length(office: Desk, liaison: Viewer) -> None:
    with pytest.raises(RefusedError, match="内容过长"):
        keep(office, liaison, text="长" * LONGEST)


def test_filing_takes_the_authors_draft_along_and_nobody_elses(
    office: Desk, liaison: Viewer
) -> None:
    colleague = person(office.engine, AccountRole.LIAISON, UNIT, name="colleague")
    keep(office, liaison)
    keep(office, colleague, text="同事的")
    report = Report(line=LINE, text="已修订应急预案")
    file_progress(office.engine, liaison, CODE, report, settings.current())
    assert drafts_of(office.engine, liaison, CODE) == {}
    assert LINE in drafts_of(office.engine, colleague, CODE)


def test_a_refused_filing_keeps_the_draft(office: Desk, liaison: Viewer) -> None:
    keep(office, liaison)
    report = Report(line=LINE, value=101)
    with pytest.raises(RefusedError, match="0至100"):
        file_progress(office.engine, liaison, CODE, report, settings.current())
    assert LINE in drafts_of(office.engine, liaison, CODE)


def test_a_draft_is_no_record(office: Desk, liaison: Viewer) -> None:
    now = now_of(office.plan())
    before, events = version_at(office.engine, CODE, now), told(office.engine)
    keep(office, liaison)
    drop_draft(office.engine, liaison, CODE, LINE)
    assert version_at(office.engine, CODE, now) == before
    assert told(office.engine) == events
    assert LINE not in load(office.engine, CODE, now).last_filed


def test_drafts_written_in_practice_go_with_it(office: Desk, liaison: Viewer) -> None:
    keep(office, liaison)
    clear_practice(office.engine, CONSOLE, CODE)
    assert drafts_of(office.engine, liaison, CODE) == {}
    keep(office, liaison)
    clear_practice(office.engine, CONSOLE, CODE)
    assert LINE in drafts_of(office.engine, liaison, CODE)
