"""What was left of the sheets that were looked at, when the good ones among them were posted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.sheets.filing_intake import Posted, Stand, TakenFile, TakenRow
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section

_HELD = "sheets_left"


@dataclass(frozen=True)
class Left:
    """A sheet of which something was not posted, with the reasons; `unit` is its unit's code."""

    name: str
    unit: str | None
    whose: str
    reasons: tuple[str, ...]

    def is_replaced_by(self, files: Iterable[TakenFile]) -> bool:
        """Whether the sheet came in again: the same file, or the same unit's."""
        return any(
            each.name == self.name or (each.unit is not None and each.unit.code == self.unit)
            for each in files
        )


class LeftList:
    """A plan's sheets that wait to be put right, in this session.

    It is taken before a form posts and changed in plain Python while it does.
    """

    def __init__(self) -> None:
        self.sheets: tuple[Left, ...] = ()

    def note(
        self, chosen: Sequence[tuple[TakenFile, Sequence[TakenRow]]], posted: Sequence[Posted]
    ) -> None:
        """Keep what was not posted of these files; what was left of them before is replaced."""
        files = [each for each, _ in chosen]
        before = [each for each in self.sheets if not each.is_replaced_by(files)]
        found = (_left(each, rows, posted) for each, rows in chosen)
        self.sheets = (*before, *(each for each in found if each.reasons))


def left_list(desk: Desk) -> LeftList:
    """This session's list for the plan at the desk."""
    found = st.session_state.setdefault(f"{_HELD}_{desk.plan.code}_{desk.is_practice}", LeftList())
    assert isinstance(found, LeftList)
    return found


def left_over(desk: Desk, came_back: Sequence[TakenFile]) -> None:
    """The sheets that were not posted, with their problems, until they come in again."""
    held = left_list(desk)
    shown = [each for each in held.sheets if not each.is_replaced_by(came_back)]
    if not shown:
        return
    section("没有录入的", f"{len(shown)}份，改好后重新上传")
    for each in shown:
        with st.expander(f"{each.whose}　（{plain(each.name)}）", expanded=True):
            st.error("\n\n".join(plain(reason) for reason in each.reasons))
    if st.button("不再列出", key=_HELD):
        held.sheets = ()
        st.rerun()


def _left(each: TakenFile, rows: Sequence[TakenRow], posted: Sequence[Posted]) -> Left:
    whose = each.unit.name if each.unit else "不能录入"
    reasons = [str(problem) for problem in each.problems]
    reasons += [
        fault.message
        for done in posted
        if done.file is each and done.refused is not None
        for fault in done.refused.faults
    ]
    free = (*each.ready, *(row for row in each.of(Stand.CHANGED) if row.can_be_chosen))
    if number := sum(row not in rows for row in free):
        reasons.append(f"可录入而没有选中的{number}条，没有录入")
    return Left(each.name, each.unit.code if each.unit else None, whose, tuple(reasons))


def plain(text: str) -> str:
    """Text of others' files, so that no sign in it becomes markup."""
    return "".join(f"\\{sign}" if sign in _MARKUP else sign for sign in text)


_MARKUP = frozenset("\\`*_{}[]<>#|~$:")
