"""Which paper is asked for, who may have it, and the paper itself, live or as it was frozen.

What was frozen comes from its frozen content alone; what is not yet frozen is made from the books
as of the day that is looked at. Pages, addresses and commands ask here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.scope import cut
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.archive import content_of, frozen_weeks, issues
from dashboard.ledgers.books import Books, load, load_plan
from dashboard.papers.ledger_papers import problems_paper, responsibilities_paper, tasks_paper
from dashboard.papers.model import Paper, thawed
from dashboard.papers.phrases import phrases_in_force
from dashboard.papers.shipped import shipped_phrases
from dashboard.papers.supervision import supervision_paper
from dashboard.papers.week import (
    KeptWeek,
    material_paper,
    minutes_paper,
    thaw_week,
    week_paper,
)
from dashboard.posting.faults import RefusedError
from dashboard.posting.month_reading import draft_of
from dashboard.posting.plans import now_of
from dashboard.reports.official import docx_of
from dashboard.reports.paper_book import xlsx_of
from dashboard.reports.pdf import pdf_of
from dashboard.reports.release import Wish, WrongWishError, judged
from dashboard.rules.calendar import end_of, shanghai_day
from dashboard.rules.judgement import Judgement, judge_books
from dashboard.rules.weekly import Meeting, meeting_from
from dashboard.settings import Settings


class PaperKind(StrEnum):
    """The papers that can be taken away."""

    WEEK = "week"
    MATERIAL = "material"
    MINUTES = "minutes"
    BULLETIN = "bulletin"
    SUPERVISION = "supervision"
    TASKS = "tasks"
    RESPONSIBILITIES = "responsibilities"
    PROBLEMS = "problems"


TITLES: Mapping[PaperKind, str] = {
    PaperKind.WEEK: "周调度表",
    PaperKind.MATERIAL: "会议材料",
    PaperKind.MINUTES: "会议纪要",
    PaperKind.BULLETIN: "月通报",
    PaperKind.SUPERVISION: "督办文书",
    PaperKind.TASKS: "任务清单",
    PaperKind.RESPONSIBILITIES: "责任清单",
    PaperKind.PROBLEMS: "问题清单",
}
OF_A_MEETING = (PaperKind.WEEK, PaperKind.MATERIAL, PaperKind.MINUTES)
ENDINGS = ("docx", "xlsx", "pdf")


@dataclass(frozen=True, kw_only=True)
class PaperWish:
    """A paper of a plan as of the end of `day`, None for the plan's present.

    `round` names a meeting and `version` a frozen version of it, else the newest; `month` a
    month, whose draft is wanted where `is_draft`, else its newest issue; `issue` one issue;
    `code` names one step of 督办; `unit` keeps a ledger to one unit.
    """

    plan: str
    kind: PaperKind
    day: date | None = None
    round: str | None = None
    version: int | None = None
    month: str | None = None
    issue: str | None = None
    is_draft: bool = False
    code: str | None = None
    unit: str | None = None

    @property
    def right(self) -> Right:
        """What the viewer must hold; a draft is nobody's but the office's."""
        return Right.PUBLISH if self.is_draft else Right.EXPORT


def units_of(engine: Engine, wish: PaperWish) -> frozenset[str]:
    """Whose matter a paper is; empty for the whole plan's.

    So it is for a step of 督办 that is not there: only who sees all is told that there is none.
    """
    if wish.kind is PaperKind.SUPERVISION:
        books = load(engine, wish.plan, known_at(engine, wish))
        found = books.find(r.Supervision, wish.code)
        return frozenset({found.unit}) if found else frozenset()
    return frozenset() if wish.unit is None else frozenset({wish.unit})


def _supervision(books: Books, wish: PaperWish) -> r.Supervision:
    found = books.find(r.Supervision, wish.code)
    if found is None:
        raise WrongWishError(f"没有编号为“{wish.code}”的督办。")
    return found


def paper_of(engine: Engine, viewer: Viewer, wish: PaperWish, settings: Settings) -> Paper:
    """The paper that is asked for. Raises WrongWishError and UnknownPlanError."""
    if wish.kind in OF_A_MEETING:
        return _of_meeting(engine, viewer, wish, settings)
    if wish.kind is PaperKind.BULLETIN:
        return _bulletin(engine, wish, settings)
    if wish.kind is PaperKind.SUPERVISION:
        return _slip(engine, viewer, wish, settings)
    return _ledger(engine, viewer, wish, settings)


def content_of_paper(paper: Paper, ending: str) -> bytes:
    """The paper as a file. Raises NoPdfError."""
    if ending == "xlsx":
        return xlsx_of(paper)
    word = docx_of(paper)
    return pdf_of(word) if ending == "pdf" else word


def known_at(engine: Engine, wish: PaperWish) -> datetime:
    """The instant as of which the paper is wanted."""
    return end_of(wish.day) if wish.day else now_of(load_plan(engine, wish.plan))


def _of_meeting(engine: Engine, viewer: Viewer, wish: PaperWish, settings: Settings) -> Paper:
    kept = _kept_week(engine, wish)
    if kept is not None:
        papers = {
            PaperKind.WEEK: kept.week,
            PaperKind.MATERIAL: kept.material,
            PaperKind.MINUTES: kept.minutes,
        }
        return papers[wish.kind]
    meeting, present = _meeting(engine, viewer, wish, settings)
    make = {
        PaperKind.WEEK: week_paper,
        PaperKind.MATERIAL: material_paper,
        PaperKind.MINUTES: minutes_paper,
    }
    return make[wish.kind](meeting, present.books, settings)


def _kept_week(engine: Engine, wish: PaperWish) -> KeptWeek | None:
    """The frozen version that is asked for, else the newest; None while the meeting is open."""
    held = frozen_weeks(engine, wish.plan, known_at(engine, wish))
    mine = [each for each in held if each.dispatch == wish.round]
    if wish.version is not None:
        mine = [each for each in mine if each.number == wish.version]
        if not mine:
            raise WrongWishError(f"这次调度没有第{wish.version}版存档。")
    if not mine:
        return None
    return thaw_week(content_of(engine, wish.plan, "frozen_week", mine[-1].code) or "")


def _meeting(
    engine: Engine, viewer: Viewer, wish: PaperWish, settings: Settings
) -> tuple[Meeting, Judgement]:
    as_of = known_at(engine, wish)

    def judgement_at(instant: datetime) -> Judgement:
        return cut(judge_books(load(engine, wish.plan, instant), settings), viewer)

    present = judgement_at(as_of)
    begun = [each for each in present.rounds if each.weeks[0].monday <= shanghai_day(as_of)]
    found = next((each for each in begun if each.code == wish.round), None)
    if found is None:
        newest = f"，最近一次是 {begun[-1].code}" if begun else ""
        raise WrongWishError(f"没有“{wish.round}”这次调度{newest}。")
    return meeting_from(judgement_at, present.rounds, found, as_of), present


def _bulletin(engine: Engine, wish: PaperWish, settings: Settings) -> Paper:
    if wish.is_draft:
        try:
            return draft_of(engine, wish.plan, wish.month or "", settings)
        except RefusedError as refused:
            raise WrongWishError("；".join(each.message for each in refused.faults)) from None
    held = issues(engine, wish.plan, known_at(engine, wish))
    mine = [each for each in held if wish.issue in (None, each.code)]
    mine = [each for each in mine if wish.month in (None, each.month)]
    if not mine:
        raise WrongWishError("没有这一期通报。通报文稿由办公室在“月通报”页核对后印发。")
    return thawed(content_of(engine, wish.plan, "bulletin", mine[-1].code) or "")


def _slip(engine: Engine, viewer: Viewer, wish: PaperWish, settings: Settings) -> Paper:
    books = load(engine, wish.plan, known_at(engine, wish))
    found = cut(judge_books(books, settings), viewer)
    phrases = phrases_in_force(books, shipped_phrases(settings.phrases_folder))
    return supervision_paper(_supervision(found.books, wish), found, settings, phrases)


def _ledger(engine: Engine, viewer: Viewer, wish: PaperWish, settings: Settings) -> Paper:
    day = wish.day or shanghai_day(known_at(engine, wish))
    found = judged(engine, viewer, Wish(wish.plan, day), settings)
    unit = found.books.find(r.Unit, wish.unit)
    if wish.unit is not None and unit is None:
        raise WrongWishError(f"方案中没有编号为“{wish.unit}”的单位。")
    if wish.kind is PaperKind.TASKS:
        return tasks_paper(found, settings, unit)
    if wish.kind is PaperKind.PROBLEMS:
        return problems_paper(found, settings, unit)
    every = sorted(found.books.all(r.Unit), key=lambda each: each.seq)
    return responsibilities_paper(found, settings, [unit] if unit else every)
