"""Official papers as LibreOffice sets them: lines of a page, signs of a line, what stands where."""

import re
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from typing import Any

import pdfplumber
import pytest

from dashboard.papers.model import Paper
from dashboard.reports import pdf
from dashboard.reports.official import docx_of
from dashboard.reports.pdf import NoPdfError, pdf_of
from tests.reports.papers import BULLETIN, LETTER, said

MM = 72 / 25.4
FULL = "通报工作进展情况研究解决工作中存在的具体问题推动社会心理服务体系建设各项任务落实到位" * 12
"""Without marks and figures every line is full."""


@dataclass(frozen=True)
class Line:
    """A line of text in millimetres from the upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    lines: tuple[Line, ...]

    def find(self, text: str) -> Line:
        return next(each for each in self.lines if text in each.text.replace(" ", ""))

    def has(self, text: str) -> bool:
        return any(text in each.text.replace(" ", "") for each in self.lines)

    @property
    def body(self) -> list[Line]:
        """The lines within the text of the page."""
        return [each for each in self.lines if 36 < each.top < 297 - 35]


def pages_of(paper: Paper) -> tuple[Page, ...]:
    with pdfplumber.open(BytesIO(pdf_of(docx_of(paper)))) as opened:
        return tuple(_page(each) for each in opened.pages)


def _page(page: Any) -> Page:
    signs = sorted(page.chars, key=lambda each: (round(each["bottom"]), each["x0"]))
    lines = [list(group) for _, group in groupby(signs, key=lambda each: round(each["bottom"]))]
    return Page(page.width / MM, page.height / MM, tuple(_line(each) for each in lines))


def _line(signs: list[Any]) -> Line:
    shown = [each for each in signs if each["text"].strip()] or signs
    return Line(
        "".join(each["text"] for each in signs),
        shown[0]["x0"] / MM,
        shown[-1]["x1"] / MM,
        min(each["top"] for each in signs) / MM,
        max(each["bottom"] for each in signs) / MM,
    )


@pytest.fixture(scope="module")
def bulletin() -> tuple[Page, ...]:
    """A long bulletin with its annexes, converted once."""
    blocks = (*said(FULL, FULL, FULL), *BULLETIN.blocks[1:])
    return pages_of(replace(BULLETIN, blocks=blocks))


@pytest.fixture(scope="module")
def letter() -> tuple[Page, ...]:
    return pages_of(LETTER)


def test_a_full_page_has_22_lines_of_28_signs(bulletin: tuple[Page, ...]) -> None:
    full = bulletin[1].body
    assert len(full) == 22
    assert max(len(each.text) for each in full) == 28
    assert sum(len(each.text) == 28 for each in full) > 15
    assert full[0].left == pytest.approx(28, abs=0.6)


def test_titles_numbers_and_signature_stand_where_the_standard_says(
    bulletin: tuple[Page, ...],
) -> None:
    first = bulletin[0]
    mark = first.find("嘉祥县人民政府办公室文件")
    assert mark.top == pytest.approx(37 + 35, abs=5)
    title = first.find("关于2023年9月份")
    assert (title.left + title.right) / 2 == pytest.approx(28 + 156 / 2, abs=1)
    odd, even = first.find("—1—"), bulletin[1].find("—2—")
    assert odd.right == pytest.approx(210 - 26 - 14 / MM, abs=1)
    assert even.left == pytest.approx(28 + 14 / MM, abs=1)
    assert (odd.top + odd.bottom) / 2 == pytest.approx(297 - 35 + 7, abs=1.5)


def test_the_signature_is_not_alone_on_its_page(bulletin: tuple[Page, ...]) -> None:
    page = next(each for each in bulletin if each.has("附件：1."))
    signed = page.find("2023年10月9日")
    assert page.has("2.各镇街工作进展情况表")
    above = [each for each in page.body if each.top < page.find("附件：1.").top]
    assert above
    assert signed.left > 100


def test_each_annex_begins_a_page_and_wide_ones_are_numbered_at_the_side(
    bulletin: tuple[Page, ...],
) -> None:
    for number in (1, 2, 3):
        page = next(each for each in bulletin if each.has(f"附件{number}"))
        marked = page.find(f"附件{number}")
        assert marked.top == pytest.approx(28 if page.width > 250 else 37, abs=4)
    wide = [each for each in bulletin if each.width > 250]
    assert len(wide) > 2
    for page in wide:
        at_the_side = [each for each in page.lines if each.left < 34]
        assert re.search(r"\d", "".join(each.text for each in at_the_side))


def test_heads_come_again_on_every_page_of_a_table(bulletin: tuple[Page, ...]) -> None:
    wide = [each for each in bulletin if each.width > 250]
    assert all(page.has("重点任务牵头单位责任单位") for page in wide)


def test_the_imprint_stands_at_the_foot_of_the_last_page(bulletin: tuple[Page, ...]) -> None:
    last = bulletin[-1]
    assert last.width < 250
    printed = last.find("印发")
    assert printed.bottom == pytest.approx(297 - 35, abs=5)
    assert last.find("抄送：").top < printed.top


def test_a_letters_first_page_is_not_numbered_and_its_second_is(letter: tuple[Page, ...]) -> None:
    assert not letter[0].has("—1—")
    assert letter[1].find("—2—").left == pytest.approx(28 + 14 / MM, abs=1)
    mark = letter[0].find("嘉祥县社会心理服务体系建设工作专班办公室")
    assert mark.top == pytest.approx(30, abs=4)


def test_without_writer_it_is_said_what_to_do_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_program", lambda: None)
    with pytest.raises(NoPdfError, match="Word"):
        pdf_of(b"")
