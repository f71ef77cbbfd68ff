"""What every sheet of a wall chart has around its table: title, day, practice mark, office."""

from dataclasses import dataclass

from dashboard import wording
from dashboard.reports.wall_layout import MARGIN
from dashboard.reports.wall_pen import HEIGHT, INK, QUIET, WIDTH, Pen
from dashboard.rules.judgement import Judgement

TITLE_SIZE = 22.0
FOOT = HEIGHT - 17.0
_LINE = 7.0
PRACTICE = "演示数据"


@dataclass(frozen=True)
class Frame:
    """What is said around the table of every sheet."""

    title: str
    number: str
    day: str
    office: str
    is_practice: bool


def frame_of(judgement: Judgement, what: str) -> Frame:
    """The frame of a plan's sheets; `what` is the kind of chart."""
    plan = judgement.books.plan
    place = "" if plan.short_title.startswith(plan.place) else plan.place
    return Frame(
        title=f"{place}{plan.short_title}{what}",
        number=plan.number,
        day=wording.full_day(judgement.today),
        office=plan.office,
        is_practice=judgement.books.has_practice,
    )


def draw_frame(pen: Pen, frame: Frame, sheet: str) -> None:
    """Title, day and office; `sheet` says which of how many."""
    room = WIDTH - 2 * MARGIN - 150
    size = min(TITLE_SIZE, TITLE_SIZE * room / pen.width(frame.title, TITLE_SIZE, bold=True))
    middle = WIDTH / 2
    pen.text((middle, 27), frame.title, size, bold=True, colour=INK, align="centre")
    said = [frame.number, f"统计截止日：{frame.day}", sheet]
    line = "　　".join(each for each in said if each)
    pen.text((middle, 46), line, _LINE, colour=QUIET, align="centre")
    if frame.is_practice:
        end = WIDTH - MARGIN
        pen.rect((end - 62, 17), (62, 19), stroke=INK, line=1.2)
        pen.text((end - 31, 26.5), PRACTICE, 12, bold=True, colour=INK, align="centre")
    foot = (WIDTH - MARGIN, FOOT)
    pen.text(foot, f"{frame.office}　{frame.day}", _LINE, colour=INK, align="right")
