"""填报表 in: the files that came back, by what way and when they came."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.access.rights import Right
from dashboard.ledgers.terms import FilingWay
from dashboard.posting.plans import now_of
from dashboard.sheets.filing_form import SheetProblem
from dashboard.sheets.filing_intake import ReadFile, TakenFile, read_files, taken_in
from dashboard.sheets.filing_package import MOST_SHEETS, MOST_ZIP_BYTES, Given
from dashboard.sheets.filing_report import How
from dashboard.sheets.filing_sheet import FilingSheet, read_filing_sheet
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.notice import outbox
from dashboard.widgets.receipt import choose_receipt, choose_way

FORM = "sheets"
_WAYS = (FilingWay.MESSAGE, FilingWay.PAPER, FilingWay.TELEPHONE)


def uploading(desk: Desk) -> tuple[TakenFile, ...]:
    """The uploader; every file held against the books, and nothing posted."""
    is_office = desk.may(Right.REVIEW)
    note = "可一次选多份，也可选压缩包" if is_office else "上传后先核对，确认后才提交"
    section("录入填好的填报表", note)
    how = _how_it_came(desk) if is_office else _own(desk)
    given = st.file_uploader(
        "选择填好的填报表（xlsx或zip）",
        accept_multiple_files=True,
        key=f"{FORM}_{outbox().turn(FORM)}",
        max_upload_size=desk.settings.files.max_mb,
    )
    if not given:
        return ()
    with st.spinner("正在读取填报表……"):
        return taken_in(desk.judgement, desk.settings, _read(given), how)


def _own(desk: Desk) -> How:
    now = now_of(desk.plan)
    own = {unit.code for unit in desk.own_units}
    return How(FilingWay.SELF, now, now, own.__contains__)


def _how_it_came(desk: Desk) -> How:
    """By what way and when: just now unless told otherwise; lateness goes by it."""
    now = now_of(desk.plan)
    left, right = st.columns(2, vertical_alignment="bottom")
    way = choose_way(left, _WAYS, FORM)
    received_at = min(choose_receipt(desk, right, FORM) or now, now)
    return How(way, received_at, now, lambda _: True)


def _read(given: list[UploadedFile]) -> tuple[ReadFile, ...]:
    """Every file by its content; what is too large is refused unread."""
    heavy = [each for each in given if each.size > MOST_ZIP_BYTES]
    light = [Given(each.name, each.getvalue()) for each in given if each.size <= MOST_ZIP_BYTES]
    most = f"超过{MOST_ZIP_BYTES // 1024 // 1024}MB，不予打开；压缩包请分成几个再录入"
    refused = (ReadFile(each.name, None, (SheetProblem("", None, None, most),)) for each in heavy)
    return (*read_files(light, _remembered), *refused)


@st.cache_data(show_spinner=False, max_entries=MOST_SHEETS)
def _remembered(content: bytes) -> tuple[FilingSheet | None, tuple[SheetProblem, ...]]:
    """A sheet is read once, however often the page is drawn."""
    return read_filing_sheet(content)
