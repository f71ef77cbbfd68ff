"""站点台账表 out and in: whose stations a book holds, and the book that came back filled."""

from collections.abc import Hashable
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.rules.areas import areas_of, has_levels, path_to
from dashboard.sheets.filing_form import SheetProblem
from dashboard.sheets.station_intake import TakenBook, held_against
from dashboard.sheets.station_layout import BOOK
from dashboard.sheets.station_sheet import StationBook, read_station_book
from dashboard.sheets.station_wishes import StationWish
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.links import address
from dashboard.widgets.notice import outbox
from dashboard.widgets.table import Markup, link, quiet

FORM = "station_sheets"
_HELD = "station_book"


def by_sheet(desk: Desk) -> Markup:
    """The way here, for a list of stations."""
    return link("用表格批量登记、修改和登记检查", address(desk, FORM))


def answer_of(desk: Desk) -> str:
    """What the book holds, in one sentence."""
    stations, hosts = len(desk.books.all(r.Station)), len(desk.books.all(r.ListedHost))
    if not stations and not hosts:
        return "站点台账尚无登记：下载空表，填好站点和应设单位后上传。"
    named = f"、应设单位{hosts}个" if hosts else ""
    return f"台账现有站点{stations}处{named}：下载后用WPS填写，再上传核对入账。"


def back_to_ledger(desk: Desk) -> None:
    """The ledger that the book belongs to."""
    way = link("站点台账", address(desk, "stations"))
    st.html(f'<p class="g-links">{way.html}</p>')


def downloading(desk: Desk) -> None:
    """The choice of town and list, with the link."""
    section("下载", "已填入现有内容，可直接修改，也可增加行")
    books = desk.books
    areas = {each.code: _area_words(books, each) for each in areas_of(books)}
    lists = {each.code: each.title for each in books.all(r.HostList)}
    town = choice("镇街", list(areas), "town", areas.__getitem__, everything="全部镇街")
    hosts = choice("应设名录", list(lists), "list", lists.__getitem__, everything="全部名录")
    wish = StationWish(books, books.find(r.Unit, town), books.find(r.HostList, hosts))
    if wish.too_many:
        st.html(f'<p class="g-empty">{escape(wish.too_many)}</p>')
        return
    query = {"plan": desk.plan.code, "town": town, "list": hosts}
    given = {name: value for name, value in query.items() if value}
    to = escape(f"/files/stations.xlsx?{urlencode(given)}")
    words = escape(f"下载站点台账表（{wish.scope}，{wish.size[0]}处）")
    note = quiet("表中注明导出岗位和时间，下载记入审计记录；服务人次少于5的只写“少于5”。")
    st.html(f'<p class="g-links"><a href="{to}" target="_self">{words}</a><br>{note.html}</p>')


def _area_words(books: Books, area: r.Unit) -> str:
    """A town with the areas that it lies in, where there are levels."""
    if not has_levels(books):
        return area.name
    return " › ".join(each.name for each in path_to(books, area))


def uploading(desk: Desk) -> TakenBook | None:
    """The uploader; the file held against the books, and nothing posted."""
    section("上传填好的表", "上传后先核对，确认后才入账")
    given = st.file_uploader(
        "选择填好的站点台账表（xlsx）",
        key=f"{FORM}_{outbox().turn(FORM)}",
        max_upload_size=min(desk.settings.files.max_mb, BOOK.most_bytes // 1024 // 1024),
    )
    if given is None:
        return None
    with st.spinner("正在读取并核对……"):
        return _held(desk, given)


@dataclass(frozen=True)
class _Held:
    """A file as it was read, and as it was held against one version of the books."""

    file: str
    read: tuple[StationBook | None, tuple[SheetProblem, ...]]
    version: tuple[Hashable, ...]
    taken: TakenBook


def _held(desk: Desk, given: UploadedFile) -> TakenBook:
    """A file is read once, and held against the books once as long as they stay the same.

    It is kept in this session alone, since there may be thousands of rows.
    """
    held = st.session_state.get(_HELD)
    if not isinstance(held, _Held) or held.file != given.file_id:
        read = read_station_book(given.getvalue())
    elif held.version == desk.version:
        return held.taken
    else:
        read = held.read
    taken = held_against(desk.engine, desk.books, given.name, *read)
    st.session_state[_HELD] = _Held(given.file_id, read, desk.version, taken)
    return taken
