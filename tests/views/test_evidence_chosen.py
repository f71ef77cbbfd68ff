"""Choosing evidence: each file is kept at once, listed, taken off again, or refused in words."""

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.access.viewer import CONSOLE, Viewer
from dashboard.ledgers.books import load, load_plan
from dashboard.ledgers.evidence import all_evidence
from dashboard.ledgers.store import Store, StoredFile
from dashboard.ledgers.terms import AccountRole, EvidenceKind, ReviewVerdict
from dashboard.posting.plans import now_of
from dashboard.posting.progress import Report, file_progress
from dashboard.posting.reviews import review_filing
from dashboard.widgets.desk import library
from dashboard.widgets.evidence_parts import MOST_FILES
from tests.books import CODE
from tests.sample_files import docx, macro_docx, pdf
from tests.views.reading import text_of
from tests.views.rows import opened

LINE = "l-4-9-1"
PDF, WORD = "application/pdf", "application/octet-stream"


@pytest.fixture
def form(full_app: AppTest) -> AppTest:
    """The form of one line."""
    return opened(full_app, f"/filing?line={LINE}")


def choose(form: AppTest, *files: tuple[str, bytes, str]) -> str:
    form.file_uploader[0].set_value(files).run()
    assert not form.exception
    return text_of(form)


def engine() -> Engine:
    return library(settings.current().database.url).engine


def stored() -> int:
    folder = settings.current().files.store
    return sum(path.is_file() for path in folder.rglob("*"))


def test_a_file_is_kept_at_once_and_listed_with_its_size(form: AppTest) -> None:
    text = choose(form, ("C:\\fakepath\\签到表.pdf", pdf(), PDF))
    assert "签到表.pdf" in text
    assert "（1 KB）" in text
    assert "fakepath" not in text
    assert stored() == 1


def test_a_refused_file_is_named_with_the_cure_and_the_others_are_kept(form: AppTest) -> None:
    text = choose(form, ("带宏.docx", macro_docx(), WORD), ("纪要.docx", docx(), WORD))
    assert "“带宏.docx”没有收下：文件带有宏或控件" in text
    assert "纪要.docx" in text
    assert stored() == 1


def test_the_same_file_chosen_twice_is_listed_once(form: AppTest) -> None:
    choose(form, ("签到表.pdf", pdf(), PDF))
    choose(form, ("签到表（副本）.pdf", pdf(), PDF))
    assert [each.label for each in form.button].count("移除") == 1


def test_a_file_is_taken_off_again(form: AppTest) -> None:
    choose(form, ("签到表.pdf", pdf(), PDF), ("纪要.docx", docx(), WORD))
    next(each for each in form.button if each.label == "移除").click().run()
    text = text_of(form)
    assert "签到表.pdf" not in text
    assert "纪要.docx" in text


def test_more_files_than_fit_are_named(form: AppTest) -> None:
    many = [(f"照片{number}.pdf", pdf(b"%d" % number), PDF) for number in range(MOST_FILES + 1)]
    text = choose(form, *many)
    assert f"最多{MOST_FILES}个文件，“照片{MOST_FILES}.pdf”没有收下" in text


def test_what_was_chosen_is_filed_with_the_report_and_the_next_form_begins_without(
    form: AppTest,
) -> None:
    before = len(all_evidence(engine(), CODE))
    choose(form, ("签到表.pdf", pdf(), PDF))
    form.text_area(key=f"draft_{LINE}_0_text").input("已修订应急预案")
    form.number_input(key=f"draft_{LINE}_0_value").set_value(70)
    next(each for each in form.button if each.label == "保存填报").click().run()
    filed = all_evidence(engine(), CODE)[before:]
    assert [(each.name, bool(each.filing)) for each in filed] == [("签到表.pdf", True)]
    assert Store(settings.current().files.store).read(filed[0].sha256) == pdf()
    again = opened(form, f"/filing?line={LINE}")
    assert all(each.label != "移除" for each in again.button)


def test_what_is_filed_again_shows_its_reviewer_the_files_of_the_returned_one(
    full_app: AppTest,
) -> None:
    units = frozenset({(CODE, "u-wjj")})
    liaison = Viewer(AccountRole.LIAISON, "联络员", units=units, at_console=True)
    line = "l-4-6-counsellor"

    def file(*files: StoredFile) -> str:
        last = load(engine(), CODE, now_of(load_plan(engine(), CODE))).last_filed[line]
        report = Report(line=line, seen=last.code, value=last.value, text="已办", evidence=files)
        return file_progress(engine(), liaison, CODE, report, settings.current())

    first = file(StoredFile("培训名册.xlsx", EvidenceKind.XLSX, 2048, "0" * 64))
    assert "上次所附材料" not in text_of(opened(full_app, "/reviews"))
    review_filing(engine(), CONSOLE, CODE, first, ReviewVerdict.RETURNED, "请补充数字")
    file()
    said = text_of(opened(full_app, "/reviews"))
    assert "上次所附材料： 培训名册.xlsx （2 KB）" in said
