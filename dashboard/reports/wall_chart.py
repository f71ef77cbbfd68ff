"""作战图: the plan for the wall, as a PDF of one or more sheets: tasks on months, then towns.

The same books as of the same day give the same bytes.
"""

from dashboard import wording
from dashboard.reports.release import Wish
from dashboard.reports.wall_axis import axis_of
from dashboard.reports.wall_frame import draw_frame, frame_of
from dashboard.reports.wall_layout import sheets_of
from dashboard.reports.wall_legend import draw_counts, draw_legend
from dashboard.reports.wall_pen import PAPERS, Pen
from dashboard.reports.wall_rows import period, task_rows
from dashboard.reports.wall_tasks import TaskSheet
from dashboard.reports.wall_towns import draw_towns, town_sheets
from dashboard.rules.judgement import Judgement
from dashboard.rules.town_matrix import town_matrix, towns_sentence
from dashboard.settings import Settings

__all__ = ["ACTION", "PAPERS", "detail_of_chart", "wall_chart"]

ACTION = "导出作战图"
"""What the audit calls it."""


def wall_chart(judgement: Judgement, settings: Settings, *, paper: str = "A1") -> bytes:
    """The sheets as a PDF. Raises KeyError for other papers and NoTypefaceError."""
    frame = frame_of(judgement, "作战图")
    pen = Pen(paper, frame.title, judgement.books.as_of)
    rows, matrix = task_rows(judgement), town_matrix(judgement)
    tasks, towns = sheets_of(pen, rows), town_sheets(matrix)
    total = len(tasks) + len(towns)
    sheet = TaskSheet(pen, axis_of(*period(judgement, rows)), judgement.today, settings)
    for number, held in enumerate(tasks, start=1):
        pen.new_sheet()
        draw_frame(pen, frame, _numbered(number, total))
        draw_counts(pen, judgement, settings)
        sheet.draw(held)
        draw_legend(pen, rows)
    said = towns_sentence(judgement, matrix) if towns else ""
    by_towns = frame_of(judgement, "镇街进度图")
    for number, matrix_sheet in enumerate(towns, start=len(tasks) + 1):
        pen.new_sheet()
        draw_frame(pen, by_towns, _numbered(number, total))
        draw_towns(pen, matrix_sheet, said)
    return pen.finished()


def _numbered(number: int, total: int) -> str:
    return f"共{total}张，第{number}张" if total > 1 else ""


def detail_of_chart(paper: str, wish: Wish) -> str:
    """What the audit event tells of a chart."""
    return f"作战图，{paper}，统计截止日{wording.full_day(wish.day)}"
