"""Before anything is posted: each sheet's rows, what is wrong with them, and what is chosen."""

from collections.abc import Sequence

import streamlit as st

from dashboard.access.rights import Right
from dashboard.posting.faults import RefusedError
from dashboard.sheets.filing_intake import Posted, Stand, TakenFile, TakenRow, post_files
from dashboard.sheets.filing_words import last_words, notes_of, online_words, report_words
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.sheet_left import LeftList, left_list, plain
from dashboard.widgets.sheet_uploads import FORM
from dashboard.widgets.table import Cell, Column, Markup, lines, markup, quiet, table

Chosen = Sequence[tuple[TakenFile, Sequence[TakenRow]]]
_COLUMNS = (
    Column("报送事项", "26%", is_title=True),
    Column("结果", "8.5rem"),
    Column("表中填写", "36%"),
    Column("上次或网上"),
)
_OPEN_AT_MOST = 3
"""So many sheets are shown open at once; of more, those with something to decide."""


def preview(desk: Desk, files: Sequence[TakenFile]) -> None:
    """Every file with its rows; one button posts what is chosen."""
    section("核对后录入" if desk.may(Right.REVIEW) else "核对后提交", _summary(files))
    turn = outbox().turn(FORM)
    chosen = [(each, _file(desk, each, number, turn, files)) for number, each in enumerate(files)]
    rows, left = sum(len(each) for _, each in chosen), left_list(desk)
    word = "录入" if desk.may(Right.REVIEW) else "提交"
    if st.button(
        f"{word}选中的{rows}条", type="primary", disabled=not rows, key=f"sheets_go_{turn}"
    ):
        with st.spinner(f"正在{word}……"):
            post(FORM, turn, lambda: _posted(desk, chosen, left))


def _summary(files: Sequence[TakenFile]) -> str:
    """“5份：可录入8条，网上已另报1条，未填2条，问题3处”."""
    told = [
        f"{stand.value}{number}条"
        for stand in (Stand.READY, Stand.CHANGED, Stand.SAME, Stand.EMPTY)
        if (number := sum(len(each.of(stand)) for each in files))
    ]
    problems = sum(len(each.problems) for each in files)
    told += [f"问题{problems}处"] if problems else []
    return f"{len(files)}份：{'，'.join(told) or '没有内容'}；尚未保存"


def _file(
    desk: Desk, each: TakenFile, number: int, turn: int, files: Sequence[TakenFile]
) -> list[TakenRow]:
    """One file; the rows of it that are chosen."""
    whose = each.unit.name if each.unit else "不能录入"
    changed = each.of(Stand.CHANGED)
    told = [f"可录入{len(each.ready)}条"] if each.ready else []
    told += [f"网上已另报{len(changed)}条"] if changed else []
    told += [f"问题{len(each.problems)}处"] if each.problems else []
    is_open = len(files) <= _OPEN_AT_MOST or bool(each.problems or changed)
    label = f"{whose}　{'，'.join(told) or '没有要录入的'}　（{plain(each.name)}）"
    key = f"{turn}_{number}"
    with st.expander(label, expanded=is_open):
        if each.problems:
            st.error("\n\n".join(plain(str(problem)) for problem in each.problems))
        if each.rows:
            caption = f"{whose}填报表{number + 1}"
            table(_COLUMNS, [_row(desk, row) for row in each.rows], caption=caption)
        return [*_chosen_ready(each, key), *_chosen_changed(changed, key)]


def _chosen_ready(each: TakenFile, key: str) -> Sequence[TakenRow]:
    """All good rows of a file or none; where some are wrong, nobody takes the rest unasked."""
    if not each.ready:
        return ()
    words = f"录入这份表中可录入的{len(each.ready)}条"
    if each.problems:
        words += "（有问题的不录入，可改好后再交）"
    return each.ready if st.checkbox(words, value=not each.problems, key=f"sheet_{key}") else ()


def _chosen_changed(changed: Sequence[TakenRow], key: str) -> list[TakenRow]:
    """Rows that others filed meanwhile: each only where somebody says so."""
    found = []
    for row in changed:
        if row.can_be_chosen:
            words = f"第{row.row.mark.row}行“{plain(row.row.title)}”：以表中填写为准，另报一次"
            if st.checkbox(words, key=f"sheet_{key}_{row.row.mark.row}"):
                found.append(row)
    return found


_MARKS = {Stand.READY: "✔", Stand.CHANGED: "▲", Stand.WRONG: "■", Stand.SAME: "–", Stand.EMPTY: "○"}


def _row(desk: Desk, row: TakenRow) -> list[Cell]:
    year = desk.day.year
    stand = Markup(f"{_MARKS[row.stand]}&nbsp;{markup(row.stand.value)}")
    title = lines(row.row.title, quiet(f"第{row.row.mark.row}行　序号{row.row.number}"))
    said = lines(*report_words(row, year), *(quiet(each) for each in notes_of(row)))
    if row.stand is Stand.CHANGED:
        wrong = (str(problem) for problem in row.problems)
        said = lines(*report_words(row, year), *(quiet(each) for each in (*notes_of(row), *wrong)))
        return [title, stand, said, lines("网上：", *online_words(row, year))]
    if row.stand is Stand.WRONG:
        return [title, stand, "见上方的问题", last_words(row)]
    is_told = row.stand is not Stand.EMPTY
    return [title, stand, said if is_told else None, last_words(row) if is_told else None]


def _posted(desk: Desk, chosen: Chosen, left: LeftList) -> str:
    """File what was chosen; what was refused after all is told by its unit, and stays listed.

    Raises RefusedError where nothing could be filed.
    """
    found = post_files(desk.engine, desk.viewer, chosen, desk.settings)
    done = [each for each in found if each.refused is None]
    refused = [each for each in found if each.refused is not None]
    if refused and not done:
        raise RefusedError(
            *(fault for each in refused if each.refused for fault in each.refused.faults)
        )
    left.note(chosen, found)
    rows = sum(each.number for each in done)
    waits = "" if desk.may(Right.REVIEW) else "，待专班办公室审核"
    word = "录入" if desk.may(Right.REVIEW) else "提交"
    said = f"已{word}{len(done)}份填报表、{rows}条填报{waits}。"
    return said + "".join(_refusal(each) for each in refused)


def _refusal(each: Posted) -> str:
    assert each.refused is not None
    whose = each.file.unit.name if each.file.unit else each.file.name
    why = "；".join(fault.message for fault in each.refused.faults)
    return f"{whose}的没有录入：{why}。"
