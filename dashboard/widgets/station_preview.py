"""Before a book of stations is posted: what it would do, what is wrong, what others changed."""

from collections.abc import Sequence

import streamlit as st

from dashboard.sheets.station_intake import Taken, TakenBook, post_book
from dashboard.sheets.station_layout import LEDGER_OF
from dashboard.sheets.station_names import Names
from dashboard.sheets.station_rows import Stand
from dashboard.sheets.station_words import Change, changes_of, in_short, place_of, title_of
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.sheet_left import plain
from dashboard.widgets.station_sheets import FORM
from dashboard.widgets.table import Cell, Column, lines, page_of, quiet, table

_MOST_CHOSEN = 30
"""So many conflicts are chosen one by one; of more, all or none."""
_PROBLEMS = (Column("位置", "15rem", is_title=True), Column("问题和改法"))
_ROWS = (
    Column("站点或单位", "30%", is_title=True),
    Column("结果", "5.5rem"),
    Column("内容"),
)
_SIDES = (
    Column("项目", "9rem", is_title=True),
    Column("下载时", "24%"),
    Column("表中填写", "24%"),
    Column("台账现有"),
)


def preview(desk: Desk, taken: TakenBook) -> None:
    """The book row by row; one button posts what is chosen."""
    section("核对后入账", _summary(taken))
    turn, names = outbox().turn(FORM), Names(desk.books)
    _problems(taken)
    chosen = [*_ready(taken, turn), *_conflicts(names, taken.of(Stand.CONFLICT), turn)]
    if taken.ready or taken.of(Stand.CONFLICT):
        _button(desk, chosen, turn)
    _rows(names, taken)


def _summary(taken: TakenBook) -> str:
    """“新增站点12处、修改站点3处，新检查40条，无改动56行，问题2处；尚未入账”."""
    told = []
    for sheet in LEDGER_OF:
        for stand in (Stand.ADDED, Stand.CHANGED, Stand.CONFLICT):
            number = len(taken.of(stand, sheet))
            told += [f"{sheet}{stand.value}{number}行"] if number else []
    told += [f"无改动{taken.same}行"] if taken.same else []
    told += [f"问题{len(taken.problems)}处"] if taken.problems else []
    return f"{'，'.join(told) or '没有内容'}；尚未入账"


def _problems(taken: TakenBook) -> None:
    """Every problem by its cell."""
    if not taken.problems:
        return
    found: list[Sequence[Cell]] = []
    for each in page_of(taken.problems, "problem_page"):
        row = f"第{each.row}行" if each.row else ""
        where = " ".join(part for part in (each.sheet, row, each.column or "") if part)
        found.append([where or taken.name, each.message])
    table(_PROBLEMS, found, caption="表中的问题")


def _ready(taken: TakenBook, turn: int) -> Sequence[Taken]:
    """All good rows or none; where some are wrong, nobody takes the rest unasked."""
    if not taken.ready or not taken.problems:
        return taken.ready
    wrong = len(taken.of(Stand.WRONG))
    words = f"先录入没有问题的{len(taken.ready)}行（有问题的{wrong}行不录入，可改好后再上传）"
    return taken.ready if st.checkbox(words, value=False, key=f"stations_{turn}") else ()


def _conflicts(names: Names, found: Sequence[Taken], turn: int) -> list[Taken]:
    """Rows that others changed since the book went out: each only where somebody says so."""
    if not found:
        return []
    section("下载后台账中另有改动的行", "选中的只覆盖表中改动的项目，其余保留台账现有内容")
    if len(found) > _MOST_CHOSEN:
        words = f"{len(found)}行全部以表中填写为准"
        whole = st.checkbox(words, value=False, key=f"stations_all_{turn}")
        for each in page_of(found, "conflict_page", 10):
            _sides(names, each)
        return list(found) if whole else []
    chosen = []
    for each in found:
        _sides(names, each)
        key = f"stations_{turn}_{each.line.sheet}_{each.line.row}"
        if st.checkbox(f"{place_of(each)}：以表中填写为准", key=key):
            chosen.append(each)
    return chosen


def _sides(names: Names, each: Taken) -> None:
    st.markdown(f"**{plain(title_of(each))}**")
    rows = [_side(change) for change in changes_of(names, each)]
    table(_SIDES, rows, caption=f"{place_of(each)}两方的改动")


def _side(change: Change) -> list[Cell]:
    who = quiet(f"{change.who}改") if change.who else None
    said = change.said or quiet("未改动")
    return [change.label, change.was or "空", said, lines(change.now or "空", who)]


def _rows(names: Names, taken: TakenBook) -> None:
    """What is new and what is changed, in the order of the book."""
    if not taken.ready:
        return
    rows: list[Sequence[Cell]] = [
        [lines(title_of(each), quiet(place_of(each))), each.stand.value, in_short(names, each)]
        for each in page_of(taken.ready, "row_page")
    ]
    table(_ROWS, rows, caption="将要录入的行")


def _button(desk: Desk, chosen: Sequence[Taken], turn: int) -> None:
    words = f"录入选中的{len(chosen)}行"
    if st.button(words, type="primary", disabled=not chosen, key=f"stations_go_{turn}"):
        with st.spinner("正在录入……"):
            post(FORM, turn, lambda: _posted(desk, chosen))


def _posted(desk: Desk, chosen: Sequence[Taken]) -> str:
    done = post_book(desk.engine, desk.viewer, desk.plan.code, chosen)
    told = [
        f"{word}{number}{unit}"
        for word, number, unit in (
            ("新增", done.added, "行"),
            ("修改", done.changed, "行"),
            ("登记检查", done.inspected, "条"),
        )
        if number
    ]
    return f"已录入站点台账表：{'，'.join(told)}。修改留痕可在各行“记录详情”查看。"
