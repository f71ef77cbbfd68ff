"""佐证材料: what is taken in, under what name, and what is refused with its cure."""

import os

import pytest

from dashboard import settings
from dashboard.access.rights import ForbiddenError
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.evidence import all_evidence, evidence_of, one_evidence
from dashboard.ledgers.store import Store, StoredFile
from dashboard.ledgers.terms import AccountRole, EvidenceKind
from dashboard.posting.evidence import file_fault, keep_file
from dashboard.posting.faults import RefusedError, faults_of
from dashboard.posting.file_names import LONGEST, cleaned
from dashboard.posting.plans import now_of
from dashboard.posting.progress import Report, file_progress
from dashboard.rules.calendar import end_of
from tests.books import CODE, Desk
from tests.editing import DAY
from tests.people import person, refusals
from tests.sample_files import (
    EXCEL,
    WORD,
    docx,
    gif,
    jpg,
    macro_docx,
    package,
    pdf,
    pixel_bomb,
    png,
    types_of,
    xlsx,
    zip_bomb,
)

LINE, UNIT = "l-3-1", "u-wjj"
GOOD = {
    "会议纪要.docx": docx(),
    "签到表.xlsx": xlsx(),
    "通知.pdf": pdf(),
    "现场.jpg": jpg(),
    "现场.jpeg": jpg(),
    "截图.PNG": png(),
}


def keep(desk: Desk, name: str, content: bytes) -> StoredFile:
    return keep_file(desk.engine, CONSOLE, CODE, UNIT, name, content, settings.current())


def refused(name: str, content: bytes) -> str:
    message = file_fault(name, content, settings.current())
    assert message is not None
    return message


# What is taken in


@pytest.mark.parametrize("name", list(GOOD))
def test_each_kind_is_taken_in_and_lies_whole_in_the_store(office: Desk, name: str) -> None:
    stored = keep(office, name, GOOD[name])
    assert Store(settings.current().files.store).read(stored.sha256) == GOOD[name]
    assert stored.size == len(GOOD[name])
    assert stored.name.endswith(f".{stored.kind.value}")


def test_a_file_is_tied_to_its_filing(office: Desk) -> None:
    stored = keep(office, "通知.pdf", pdf())
    filing = office.file(LINE, 20, DAY, text="已印发", evidence=(stored,))
    now = now_of(office.plan())
    (row,) = evidence_of(office.engine, CODE, now, filings=[filing])[filing]
    assert (row.name, row.sha256, row.unit, row.step) == ("通知.pdf", stored.sha256, UNIT, None)
    assert one_evidence(office.engine, CODE, row.code) == row
    assert all_evidence(office.engine, CODE) == (row,)


def test_a_file_is_known_from_its_filing_on_and_not_before(office: Desk) -> None:
    stored = keep(office, "通知.pdf", pdf())
    filing = office.file(LINE, 20, DAY, text="已印发", evidence=(stored,))
    before = end_of(DAY.replace(day=DAY.day - 1))
    assert evidence_of(office.engine, CODE, before, filings=[filing]) == {}
    assert evidence_of(office.engine, CODE, end_of(DAY)) == {}


def test_the_hash_of_a_file_is_no_telephone_number() -> None:
    """Runs of figures in a hash must not keep three files of a thousand out of the books."""
    sha256 = f"{'a' * 26}13812345678{'b' * 27}"
    row = r.Evidence(
        code="E000001", unit="u", name="通知.pdf", kind=EvidenceKind.PDF, size=1, sha256=sha256
    )
    assert list(faults_of(row)) == []


def test_a_liaison_uploads_for_the_own_unit_alone_and_the_attempt_is_on_record(
    office: Desk,
) -> None:
    liaison = person(office.engine, AccountRole.LIAISON, "u-mzj")
    given = ("通知.pdf", pdf(), settings.current())
    assert keep_file(office.engine, liaison, CODE, "u-mzj", *given).name == "通知.pdf"
    with pytest.raises(ForbiddenError):
        keep_file(office.engine, liaison, CODE, UNIT, *given)
    ((account, act, _),) = refusals(office.engine)
    assert (account, act) == (liaison.account, "上传佐证材料")


def test_whoever_only_reads_uploads_nothing(office: Desk) -> None:
    leader = person(office.engine, AccountRole.LEADER)
    with pytest.raises(ForbiddenError):
        keep_file(office.engine, leader, CODE, UNIT, "通知.pdf", pdf(), settings.current())
    assert not settings.current().files.store.exists()


def test_what_is_refused_is_not_kept(office: Desk) -> None:
    with pytest.raises(RefusedError, match="宏"):
        keep(office, "会议纪要.docx", macro_docx())
    assert not settings.current().files.store.exists()


def test_a_store_whose_place_is_taken_is_said(office: Desk) -> None:
    settings.current().files.store.write_text("no folder")
    with pytest.raises(RefusedError, match="系统管理员"):
        keep(office, "通知.pdf", pdf())


def test_several_reports_share_one_posting_and_number_their_files_on(office: Desk) -> None:
    files = (keep(office, "通知.pdf", pdf()), keep(office, "现场.jpg", jpg()))
    report = Report(line=LINE, value=20, text="已印发", evidence=files)
    file_progress(office.engine, CONSOLE, CODE, report, settings.current())
    report = Report(line="l-3-2", value=20, text="已印发", evidence=files[:1])
    file_progress(office.engine, CONSOLE, CODE, report, settings.current())
    codes = [each.code for each in all_evidence(office.engine, CODE)]
    assert codes == ["E000001", "E000002", "E000003"]


# What is refused


@pytest.mark.parametrize(
    "name",
    ["程序.exe", "旧表.xls", "旧文.doc", "压缩包.zip", "图.gif", "网页.html", "无后缀"],
)
def test_other_endings_are_refused_and_the_allowed_ones_named(name: str) -> None:
    assert "docx、xlsx、pdf、jpg、png" in refused(name, pdf())


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf", "jpg", "png"])
def test_a_content_under_another_kind_s_ending_is_refused(ending: str) -> None:
    own = {"jpeg": "jpg"}
    for name, content in {**GOOD, "图.gif": gif(), "文本.txt": "你好".encode()}.items():
        kind = name.rpartition(".")[2].lower()
        if own.get(kind, kind) != ending:
            assert "内容不是" in refused(f"材料.{ending}", content), (name, ending)


@pytest.mark.parametrize(
    ("size", "fits"), [(-1, True), (0, True), (1, False), (180 * 1024 * 1024, False)]
)
def test_a_file_may_be_as_large_as_the_settings_say_and_not_a_byte_larger(
    size: int, fits: bool
) -> None:
    most = settings.current().files.max_bytes
    content = pdf(bytes(most + size - len(pdf(b""))))
    assert len(content) == most + size
    message = file_fault("通知.pdf", content, settings.current())
    assert (message is None) == fits
    assert fits or "超过20MB" in (message or "")


def test_an_empty_file_is_refused() -> None:
    assert "空的" in refused("通知.pdf", b"")


@pytest.mark.parametrize(
    "name", ["会议纪要.docx", "签到表.xlsx", "通知.pdf", "现场.jpg", "截图.png"]
)
def test_a_file_that_was_cut_off_is_refused(name: str) -> None:
    content = {**GOOD, "截图.png": png()}[name]
    assert "不完整" in refused(name, content[:-12])


MACROS = {
    "a macro": macro_docx(),
    "a macro deeper down": docx(**{"word/sub/VBAPROJECT.BIN": b"x"}),
    "a control": docx(**{"word/activeX/activeX1.xml": b"x"}),
    "an old macro sheet": package(
        types_of(WORD, '<Default ContentType="application/vnd.ms-excel.intlmacrosheet+xml"/>')
    ),
    "the type of a macro file": package(
        types_of("application/vnd.ms-word.document.macroEnabled.main+xml")
    ),
}


@pytest.mark.parametrize("what", list(MACROS))
def test_a_document_with_a_program_in_it_is_refused(what: str) -> None:
    assert "宏或控件" in refused("会议纪要.docx", MACROS[what])


def test_a_macro_whose_type_is_spelt_round_a_corner_is_refused() -> None:
    spelt = types_of(WORD, '<Default ContentType="application/vnd.ms-office.&#118;baProject"/>')
    assert "损坏" in refused("会议纪要.docx", package(spelt))


def test_a_list_of_parts_that_swells_by_itself_is_refused() -> None:
    swelling = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + types_of(WORD)
    assert "损坏" in refused("会议纪要.docx", package(swelling))


def test_a_document_that_swells_when_opened_is_refused() -> None:
    content = zip_bomb()
    assert len(content) < settings.current().files.max_bytes
    assert "过大" in refused("会议纪要.docx", content)


def test_a_document_of_countless_parts_is_refused() -> None:
    parts = {f"word/{number}.xml": b"" for number in range(5_001)}
    assert "过大" in refused("会议纪要.docx", package(types_of(WORD), parts=parts))


def test_a_document_whose_parts_lead_out_of_it_is_refused() -> None:
    for name in ("../../etc/passwd", "/etc/passwd", "word/..\\..\\x"):
        assert "损坏" in refused("会议纪要.docx", docx(**{name: b"x"}))


def test_a_changed_byte_in_a_document_is_found() -> None:
    content = bytearray(package(types_of(WORD), parts={"word/document.xml": os.urandom(4096)}))
    content[2000] ^= 0xFF
    assert "损坏" in refused("会议纪要.docx", bytes(content))


def test_a_locked_or_old_office_file_is_told_what_to_do() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    assert "密码" in refused("会议纪要.docx", old)
    assert "密码" in refused("签到表.xlsx", old)


def test_an_archive_that_is_no_document_is_refused() -> None:
    assert "内容不是Word文档" in refused("会议纪要.docx", package(None, parts={"a.txt": b"x"}))
    assert "内容不是Excel表格" in refused("签到表.xlsx", package(types_of(WORD)))
    assert "内容不是Word文档" in refused("会议纪要.docx", package(types_of(EXCEL)))


@pytest.mark.parametrize(
    ("name", "first"), [("通知.pdf", pdf()), ("现场.jpg", jpg()), ("截图.png", png())]
)
def test_a_file_that_is_an_archive_as_well_is_refused(name: str, first: bytes) -> None:
    both = first + docx()
    if name.endswith("pdf"):
        both = first + package(types_of(WORD), comment=b"%%EOF")
    assert "夹带" in refused(name, both)


def test_a_document_with_something_hung_on_behind_is_refused() -> None:
    assert "夹带" in refused("会议纪要.docx", docx() + b"MZ\x90\x00")
    assert "夹带" in refused("会议纪要.docx", package(types_of(WORD), comment=b"MZ\x90\x00"))


def test_something_hung_on_before_a_document_is_refused() -> None:
    assert "内容不是" in refused("会议纪要.docx", b"MZ\x90\x00" + docx())


@pytest.mark.parametrize("size", [(9_000, 9_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_of_countless_points_is_refused(size: tuple[int, int]) -> None:
    message = refused("截图.png", pixel_bomb(*size))
    assert "过大" in message or "损坏" in message


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("患者11010519491231002X体检.pdf", "身份证号"),
        ("13812345678.pdf", "手机号码"),
        ("患者张伟.pdf", "患者姓名"),
    ],
)
def test_a_name_that_speaks_of_one_person_is_refused(name: str, said: str) -> None:
    message = refused(name, pdf())
    assert said in message
    assert "改名" in message


# Under what name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("培训  签到表.PDF", ("培训 签到表", "pdf")),
        ("C:\\fakepath\\培训.pdf", ("培训", "pdf")),
        ("../../etc/培训.pdf", ("培训", "pdf")),
        ("培训\u202egnp.pdf", ("培训gnp", "pdf")),
        ("培训\x00\r\n.pdf", ("培训", "pdf")),
        ('培训<第1期>:"a|b?*".pdf', ("培训第1期ab", "pdf")),
        ("con.pdf", ("佐证材料con", "pdf")),
        ("LPT1.培训.pdf", ("佐证材料LPT1.培训", "pdf")),
        ("console.pdf", ("console", "pdf")),
        (".pdf", ("佐证材料", "pdf")),
        ("...pdf", ("佐证材料", "pdf")),
        ("培训. .pdf", ("培训", "pdf")),
        ("培训.pdf ", ("培训", "pdf")),
        ("培训", ("培训", "")),
        ("e\u0301.pdf", ("\u00e9", "pdf")),
        ("训" * 300 + ".pdf", ("训" * LONGEST, "pdf")),
        ("", ("佐证材料", "")),
    ],
)
def test_a_name_keeps_what_is_read_and_loses_what_a_computer_trips_over(
    given: str, kept: tuple[str, str]
) -> None:
    assert cleaned(given) == kept
