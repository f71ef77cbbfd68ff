"""Files to text: Word's own numbers and tables, PDF with and without a text layer, any coding."""

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from fpdf import FPDF

from dashboard.policy.documents import text_of
from dashboard.policy.reading import read
from dashboard.policy.source import UnreadableError
from dashboard.reports.pdf import pdf_of

LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
LISTS = (
    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">'
    + "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(LEVELS)
    )
    + "</w:abstractNum>"
)


def saved(document: Any) -> bytes:
    """A python-docx document as bytes."""
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def numbered() -> Any:
    """An empty document in which list 77 counts 一、（一）1. as Chinese plans do."""
    document = docx.Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(LISTS))
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    held = OxmlElement("w:abstractNumId")
    held.set(qn("w:val"), "77")
    number.append(held)
    root.append(number)
    return document


def item(document: Any, depth: int, text: str) -> None:
    """A paragraph of list 77 at a depth."""
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
        )
    )


def test_numbers_that_word_generates_are_read_as_printed() -> None:
    document = numbered()
    for depth, text in [
        *((0, "重点任务"), (1, "清淤。清理。"), (1, "绿化。"), (2, "种树。"), (2, "种草。")),
        *((1, "巡查。"), (0, "保障措施"), (1, "加强领导。")),
    ]:
        item(document, depth, text)
    document.add_paragraph("没有编号的一段。")
    lines = text_of(saved(document), "方案.docx").splitlines()
    assert lines == [
        *("一、重点任务", "（一）清淤。清理。", "（二）绿化。", "1.种树。", "2.种草。"),
        *("（三）巡查。", "二、保障措施", "（一）加强领导。", "没有编号的一段。"),
    ]


def test_numbers_over_ten_are_written_as_officials_do() -> None:
    document = numbered()
    for number in range(1, 22):
        item(document, 0, f"第{number}项")
    lines = text_of(saved(document), "方案.docx").splitlines()
    assert [lines[place].split("、")[0] for place in (9, 10, 11, 19, 20)] == [
        *("十", "十一", "十二", "二十", "二十一"),
    ]


def test_tables_come_row_by_row_and_merged_cells_once() -> None:
    document = docx.Document()
    document.add_paragraph("附件1")
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows,
        [("指标", "", "2025年"), ("水质", "断面达标率", "95%"), ("水质", "劣五类断面", "0%")],
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "水质"
    text = text_of(saved(document), "方案.docx")
    assert text.splitlines() == [
        "附件1",
        "指标\t\t2025年",
        "水质\t断面达标率\t95%",
        "\t劣五类断面\t0%",
    ]
    assert [(e.scope, e.value) for e in read(text).targets] == [("水质", 95.0), ("水质", 0.0)]


def test_what_was_struck_out_is_not_read_and_what_was_put_in_is() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("一、重点")
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>任务</w:t></w:r></w:ins>"))
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>工程</w:delText></w:r></w:del>")
    )
    assert text_of(saved(document), "方案.docx") == "一、重点任务"


def test_a_printed_plan_is_read_as_its_word_file() -> None:
    document = docx.Document()
    for text in (
        "一、重点任务",
        "（一）清淤。全面清理全县所有河道和沟渠，建立健全日常巡查、定期通报和群众监督相结合的工作机制，"
        "落实县、镇、村三级责任，确保2025年底前完成12条河道整治。（县水务局牵头，各镇街配合）",
        "附件1",
    ):
        document.add_paragraph(text)
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    for cell, text in zip(
        (*table.rows[0].cells, *table.rows[1].cells),
        ("指标", "2025年", "断面达标率", "95%"),
        strict=True,
    ):
        cell.text = text
    content = saved(document)
    word, pdf = (
        read(text_of(kept, name))
        for kept, name in ((content, "方案.docx"), (pdf_of(content), "方案.pdf"))
    )
    assert [each.id for each in word.clauses] == ["一", "一（一）", "附件1"]
    for found in (word, pdf):
        assert [each.unit for each in found.duties] == ["县水务局", "各镇街"]
        assert [str(each.due_on) for each in found.deadlines] == ["2025-12-31"]
        assert [(each.value, each.unit) for each in found.targets] == [(12.0, "条"), (95.0, "%")]
    assert [each.id for each in pdf.clauses] == [each.id for each in word.clauses]


def test_a_pdf_without_text_is_told_to_be_a_scan() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(10, 10, 50, 50, style="F")
    with pytest.raises(UnreadableError, match="扫描件"):
        text_of(bytes(pdf.output()), "方案.pdf")


@pytest.mark.parametrize("name", ["方案.pdf", "方案.docx"])
def test_a_broken_file_is_told_with_the_cure(name: str) -> None:
    with pytest.raises(UnreadableError, match="请"):
        text_of(b"%PDF-1.4 no more", name)


@pytest.mark.parametrize("name", ["方案.doc", "方案.xlsx", "方案"])
def test_other_files_are_told_what_is_taken(name: str) -> None:
    with pytest.raises(UnreadableError, match="txt、docx、pdf"):
        text_of("一、任务".encode(), name)


def test_an_empty_file_is_told() -> None:
    with pytest.raises(UnreadableError, match="没有文字"):
        text_of(b" \n", "方案.txt")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_of_any_usual_coding_is_read(coding: str) -> None:
    assert text_of("一、重点任务\r\n".encode(coding), "方案.txt") == "一、重点任务\r\n"


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(UnreadableError, match="编码"):
        text_of(b"\x00\x81\xff\xff\x00", "方案.txt")
