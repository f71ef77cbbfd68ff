"""`guatu dispatch` and `guatu bulletin`: papers without a screen."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from dashboard import practice, settings
from dashboard.__main__ import main
from dashboard.access.audit import Filter, events
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AuditKind
from dashboard.reports import pdf
from tests.books import CODE, database, shipped


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="guatu")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("books")
    engine = shipped(folder)
    practice.fill(engine, CONSOLE, CODE, settings.load())
    engine.dispose()
    return (folder / "books.db").read_bytes()


@pytest.fixture
def books(tmp_path: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with books where the command line looks for them."""
    (tmp_path / "books.db").write_bytes(filled)
    monkeypatch.setenv("GUATU_DATABASE_URL", database(tmp_path))
    settings.current.cache_clear()
    yield tmp_path
    settings.current.cache_clear()


def title_of(path: Path) -> str:
    lines = docx.Document(BytesIO(path.read_bytes())).paragraphs
    return next(each.text for each in lines if each.style and each.style.name == "Title")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ((), "周调度表"),
        (("--kind", "会议材料"), "会议材料"),
        (("--kind", "会议纪要"), "会议纪要"),
    ],
)
def test_a_meeting_s_papers_are_made_by_kind(
    books: Path, words: tuple[str, ...], title: str
) -> None:
    target = books / "paper.docx"
    done = run("dispatch", CODE, "--week", "2023-W38", "--out", target, *words)
    assert done.exit_code == 0, done.output
    assert title_of(target).replace("\n", "").endswith(title)


def test_an_unissued_month_gives_its_draft_and_says_so(books: Path) -> None:
    target = books / "bulletin.docx"
    done = run("bulletin", CODE, "--month", "2023-08", "--out", target)
    assert done.exit_code == 0, done.output
    assert "生成的是文稿" in done.output
    assert "8月份" in title_of(target)
    told = events(open_books(database(books)), Filter(), limit=1).rows[0]
    assert (told.kind, told.action, told.is_ok) == (AuditKind.EXPORT, "导出文件", True)


def test_the_ending_says_what_is_made(books: Path) -> None:
    target = books / "week.xlsx"
    assert run("dispatch", CODE, "--week", "2023-W38", "--out", target).exit_code == 0
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("dispatch", CODE, "--week", "2023-W38", "--out", "a.txt"), ".docx"),
        (("dispatch", CODE, "--week", "2023-W99", "--out", "a.docx"), "2023-W99"),
        (("bulletin", CODE, "--month", "2030-01", "--out", "a.docx"), "2030-01"),
        (("bulletin", CODE, "--month", "2023-08", "--out", "no/such/a.docx"), "写不到"),
    ],
)
def test_wrong_use_is_said_and_nothing_is_written(
    books: Path, words: tuple[str, ...], told: str
) -> None:
    done = run(*words)
    assert (done.exit_code, told in done.output) == (2, True), done.output
    assert not list(books.glob("a.*"))


def test_without_writer_a_pdf_is_refused_with_the_way_out(
    books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_program", lambda: None)
    done = run("dispatch", CODE, "--week", "2023-W38", "--out", books / "week.pdf")
    assert (done.exit_code, "Word文件" in done.output) == (1, True)
