"""Word files opened again: page, type, line and indent of every kind of text (GB/T 9704—2012)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Length
from docx.text.paragraph import Paragraph as Read

from dashboard.papers.model import TO_BE_NUMBERED, Column, Grid, Paper, Shape
from dashboard.reports.official import docx_of
from dashboard.reports.official_title import ladder
from tests.reports.papers import BULLETIN, FORM, GOVERNMENT, LETTER, MINUTES, PAPERS, SHORT, said


def opened(paper: Paper) -> Document:
    return docx.Document(BytesIO(docx_of(paper)))


def line_of(document: Document, text: str) -> Read:
    """The first paragraph that begins with a text."""
    return next(each for each in document.paragraphs if each.text.startswith(text))


def properties(held: Any) -> Any:
    """The properties of a paragraph, a run or a row."""
    return next(each for each in held._element if each.tag.endswith("Pr"))


def type_of(paragraph: Read) -> tuple[str | None, float]:
    """The face for Chinese signs and the size in points, of the first run."""
    run = paragraph.runs[0]
    fonts = properties(run).find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{each}")) for each in ("ascii", "hAnsi", "eastAsia")} == {
        fonts.get(qn("w:eastAsia"))
    }
    assert run.font.size is not None
    return fonts.get(qn("w:eastAsia")), run.font.size.pt


def indent(paragraph: Read, name: str) -> str | None:
    found = properties(paragraph).find(qn("w:ind")).get(qn(f"w:{name}"))
    return None if found is None else str(found)


def mm(length: Length | None) -> float:
    assert length is not None
    return float(length.mm)


def written(paper: Paper) -> Iterator[str]:
    """All words that anybody reads, of every part of the file."""
    with ZipFile(BytesIO(docx_of(paper))) as packed:
        for name in packed.namelist():
            if re.fullmatch(r"word/(document|header\d+|footer\d+)\.xml", name):
                yield from re.findall(r"<w:t[ >][^<]*", packed.read(name).decode())


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_same_paper_gives_the_same_bytes(paper: Paper) -> None:
    assert docx_of(paper) == docx_of(replace(paper))


def test_the_page_is_a4_with_the_standards_margins_and_a_grid_of_lines_alone() -> None:
    section = opened(BULLETIN).sections[0]
    assert (round(mm(section.page_width)), round(mm(section.page_height))) == (210, 297)
    sides = (
        section.top_margin,
        section.left_margin,
        section.bottom_margin,
        section.right_margin,
    )
    assert [round(mm(each), 1) for each in sides] == [37, 28, 35, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


@pytest.mark.parametrize(
    ("begins", "face", "size"),
    [
        ("嘉祥县人民政府办公室文件", "方正小标宋简体", 42),
        (TO_BE_NUMBERED, "仿宋_GB2312", 16),
        ("关于2023年9月份", "方正小标宋简体", 22),
        ("（代拟稿）", "楷体_GB2312", 16),
        ("各镇（街道）人民政府", "仿宋_GB2312", 16),
        ("按照《", "仿宋_GB2312", 16),
        ("一、总体进展情况", "黑体", 16),
        ("（一）重点指标", "楷体_GB2312", 16),
        ("1.镇街站点", "仿宋_GB2312", 16),
        ("（1）村级站点", "仿宋_GB2312", 16),
        ("附件：1.重点任务", "仿宋_GB2312", 16),
        (GOVERNMENT, "方正小标宋简体", 42),
        ("2023年10月9日", "仿宋_GB2312", 16),
        ("附件1", "黑体", 16),
        ("重点任务进展情况表", "方正小标宋简体", 22),
    ],
)
def test_every_kind_of_text_has_its_face_and_size(begins: str, face: str, size: float) -> None:
    assert type_of(line_of(opened(BULLETIN), begins)) == (face, size)


def test_nothing_is_bold_and_body_lines_stand_28_95_points_apart() -> None:
    document = opened(BULLETIN)
    for each in document.paragraphs:
        assert not any(run.bold for run in each.runs)
        assert each.paragraph_format.widow_control is False
    for begins in ("按照《", "一、", "（一）", "各镇（街道）", "附件：", "2023年10月9日"):
        spacing = properties(line_of(document, begins)).find(qn("w:spacing"))
        assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")


def test_body_and_headings_are_indented_by_two_characters_and_not_by_spaces() -> None:
    document = opened(BULLETIN)
    for begins in ("按照《", "一、", "（一）", "1.镇街", "（1）"):
        assert indent(line_of(document, begins), "firstLineChars") == "200"
    assert not any(each.text.startswith(("　", " ")) for each in document.paragraphs)
    assert indent(line_of(document, "各镇（街道）"), "firstLineChars") == "0"


def test_the_addressee_ends_in_one_full_colon_even_when_it_was_typed() -> None:
    for given in ("各镇（街道）", "各镇（街道）：", "各镇（街道）:"):
        assert line_of(opened(replace(SHORT, to=given)), "各镇").text == "各镇（街道）："


def test_several_annexes_are_numbered_and_one_is_not_and_no_name_ends_in_a_mark() -> None:
    document = opened(BULLETIN)
    assert line_of(document, "附件：").text == "附件：1.重点任务进展情况表"
    assert line_of(document, "2.").text == "2.各镇街工作进展情况表"
    assert indent(line_of(document, "附件："), "leftChars") == "600"
    assert indent(line_of(document, "2."), "hangingChars") == "100"
    assert line_of(opened(SHORT), "附件：").text == "附件：值班安排表"
    assert line_of(opened(SHORT), "附件").text == "附件：值班安排表"


def test_annexes_begin_on_new_pages_and_wide_ones_lie_across() -> None:
    document = opened(BULLETIN)
    sizes = [(round(mm(s.page_width)), round(mm(s.page_height))) for s in document.sections]
    assert sizes == [(210, 297), (297, 210), (210, 297), (297, 210), (210, 297)]
    only = line_of(opened(replace(SHORT, annexes=SHORT.annexes * 2)), "附件2")
    assert only.paragraph_format.page_break_before is True


def test_heads_of_tables_are_repeated_and_rows_kept_whole() -> None:
    for table in opened(BULLETIN).tables[:3]:
        assert properties(table.rows[0]).find(qn("w:tblHeader")) is not None
        assert all(properties(row).find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_table_without_rows_says_so_over_its_whole_width() -> None:
    held = opened(BULLETIN).tables[2]
    assert {cell.text for cell in held.rows[1].cells} == {"无"}


def test_two_tables_in_a_row_do_not_grow_into_one() -> None:
    grid = Grid((Column("序号"),), (("1",),))
    document = opened(replace(FORM, blocks=(grid, grid)))
    assert len(document.tables) == 2
    assert document.tables[0]._tbl.getnext().tag == qn("w:p")


def test_numbers_stand_right_on_odd_pages_and_left_on_even_ones() -> None:
    section = opened(BULLETIN).sections[0]
    assert opened(BULLETIN).settings.odd_and_even_pages_header_footer is True
    for part, side, name in (
        (section.footer, "right", "rightChars"),
        (section.even_page_footer, "left", "leftChars"),
    ):
        line = part.paragraphs[0]
        assert line.text == "— 1 —"
        assert (properties(line).find(qn("w:jc")).get(qn("w:val")), indent(line, name)) == (
            side,
            "100",
        )
        assert type_of(line) == ("宋体", 14)


def test_practice_data_are_marked_on_every_kind_of_page() -> None:
    for paper in (BULLETIN, FORM, LETTER):
        for section in opened(paper).sections:
            heads = [section.header, section.even_page_header]
            if section.different_first_page_header_footer:
                heads.append(section.first_page_header)
            assert all("演示数据" in head.paragraphs[0].text for head in heads)
    assert not any("演示数据" in text for text in written(SHORT))


def test_a_letter_has_its_mark_and_rules_on_the_first_page_and_no_number_there() -> None:
    section = opened(LETTER).sections[0]
    mark = section.first_page_header.paragraphs[1]
    assert mark.text == LETTER.issuer
    rule = properties(mark).find(qn("w:pBdr")).find(qn("w:bottom"))
    assert (rule.get(qn("w:val")), rule.get(qn("w:color"))) == ("thickThinSmallGap", "FF0000")
    assert "1" not in "".join(each.text for each in section.first_page_footer.paragraphs)
    assert line_of(opened(LETTER), "\t提醒函2023")
    both = opened(replace(LETTER, number=TO_BE_NUMBERED))
    assert line_of(both, "提醒函2023").text == f"提醒函2023年第3号\t{TO_BE_NUMBERED}"


def test_a_paper_without_issuer_has_no_red_head() -> None:
    bare = replace(SHORT, issuer=None)
    assert "FF0000" not in opened(bare).element.xml


def test_a_task_force_issues_under_its_bare_name_and_a_government_office_adds_the_word() -> None:
    assert line_of(opened(SHORT), "嘉祥县社会").text == SHORT.issuer
    assert line_of(opened(BULLETIN), GOVERNMENT).text == f"{GOVERNMENT}文件"


def test_minutes_bear_no_signature_and_set_who_was_there_apart() -> None:
    document = opened(replace(MINUTES, signed="某某"))
    assert not any(each.text == "某某" for each in document.paragraphs)
    there = line_of(document, "出席：")
    assert type_of(there) == ("黑体", 16)
    assert properties(there.runs[1]).find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋_GB2312"


@pytest.mark.parametrize(
    ("signed", "name", "day"),
    [
        # The name leaves two characters at the right, the date begins two to the right of it.
        ("嘉祥县社会心理服务体系建设工作专班", ("rightChars", "200"), ("leftChars", "1100")),
        # The date is the longer one: it leaves the two.
        ("县卫健局", ("leftChars", "1625"), ("rightChars", "200")),
    ],
)
def test_an_unstamped_signature_stands_as_the_standard_says(
    signed: str, name: tuple[str, str], day: tuple[str, str]
) -> None:
    document = opened(replace(SHORT, signed=signed, issuer=None, printed_by=None))
    assert indent(line_of(document, signed), name[0]) == name[1]
    assert indent(line_of(document, "2023年10月9日"), day[0]) == day[1]


def test_the_signature_is_kept_with_what_stands_before_it() -> None:
    lines = opened(replace(SHORT, annexes=())).paragraphs
    at = next(place for place, each in enumerate(lines) if each.text.startswith("2023年10月"))
    assert all(each.paragraph_format.keep_with_next for each in lines[at - 3 : at])


def test_the_imprint_floats_at_the_foot_and_bears_copies_printer_and_day() -> None:
    table = opened(SHORT).tables[-1]
    place = table._tbl.tblPr.find(qn("w:tblpPr"))
    assert place.get(qn("w:tblpYSpec")) == "bottom"
    assert [row.cells[0].text for row in table.rows] == [
        "抄送：县委政法委。",
        f"{SHORT.printed_by}\t2023年10月9日印发",
    ]


def test_a_paper_without_day_leaves_room_for_it() -> None:
    document = opened(replace(SHORT, dated=None))
    assert line_of(document, "　　　　年").text == "　　　　年　　月　　日"


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_no_latin_word_no_other_date_and_no_half_bracket_is_written(paper: Paper) -> None:
    text = "\n".join(each.partition(">")[2] for each in written(paper))
    assert not re.search(r"[A-Za-z]", text)
    assert not re.search(r"\d{4}[-/.]\d|\d月0|年0", text)
    assert "[" not in text


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    document = opened(replace(SHORT, blocks=said("一\x00二\x0b三\ud800四")))
    assert any(each.text == "一二三四" for each in document.paragraphs)


def test_what_a_paragraph_breaks_becomes_paragraphs() -> None:
    document = opened(replace(SHORT, blocks=said("　　甲。\n\n乙。")))
    assert indent(line_of(document, "甲。"), "firstLineChars") == "200"
    assert line_of(document, "乙。").text == "乙。"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于做好社会心理服务工作的通知", ("关于做好社会心理服务工作的通知",)),
        (
            "关于2023年9月份全县社会心理服务体系建设工作进展情况的通报",
            ("关于2023年9月份全县社会心理服务", "体系建设工作进展情况的通报"),
        ),
        ("甲乙\n丙丁", ("甲乙", "丙丁")),
    ],
)
def test_titles_are_broken_between_words(title: str, lines: tuple[str, ...]) -> None:
    assert ladder(title, 20) == lines


def test_title_lines_fit_never_begin_with_a_particle_and_are_not_of_one_length() -> None:
    for number in range(1, 13):
        for subject in ("全县社会心理服务体系建设工作", "重点任务推进和问题整改落实工作"):
            lines = ladder(f"关于2023年{number}月份{subject}进展情况的通报", 20)
            assert all(len(line) <= 22 and line[0] not in "的）》、" for line in lines)
            assert len({len(line) for line in lines}) == len(lines)


def test_the_library_leaves_nothing_of_its_own_in_the_file() -> None:
    with ZipFile(BytesIO(docx_of(BULLETIN))) as packed:
        names, told = packed.namelist(), packed.read("docProps/core.xml").decode()
        assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "python-docx" not in told
    assert not any(re.search("thumbnail|customXml|Effects", name) for name in names)


def test_every_shape_can_be_made_without_anything_but_a_title() -> None:
    for shape in Shape:
        made: Any = opened(Paper(shape, "标题", ()))
        assert line_of(made, "标题").text == "标题"
