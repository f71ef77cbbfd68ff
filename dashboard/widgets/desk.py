"""What a page works with: the plan's books and verdicts as of the day chosen in the address."""

from collections.abc import Container, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

import streamlit as st
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Engine

from dashboard.access.rights import Right, may, may_some
from dashboard.access.scope import cut, cut_filings, cut_revisions, own_units, scope_of, sees_all
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load_plans, version_at
from dashboard.ledgers.database import open_books
from dashboard.ledgers.history import Filed, filings_of_task, revisions_of
from dashboard.ledgers.library import Library
from dashboard.ledgers.shapes import set_in_force, shapes_in
from dashboard.ledgers.terms import AccountRole
from dashboard.posting.plans import now_of
from dashboard.posting.progress import Report
from dashboard.posting.unchanged import Unchanged, unchanged_reports
from dashboard.rules.asking import AddedUp, Ask, added_up, verdict_with
from dashboard.rules.calendar import end_of, shanghai_day
from dashboard.rules.grounds import grounds
from dashboard.rules.judgement import Judgement, judge_books, times_of
from dashboard.rules.rounds import RoundTimes, stands_until
from dashboard.rules.verdicts import Verdict
from dashboard.settings import Settings, current
from dashboard.widgets.keeping import kept

DATE = "date"
"""The address's name for 统计截止日; `PLAN` for the plan, where there are several."""
PLAN = "plan"


@st.cache_resource(show_spinner=False)
def library(url: str) -> Library:
    """The process's one engine and its store of snapshots."""
    return Library(open_books(url))


@st.cache_resource(show_spinner=False, max_entries=16)
def _judged(_library: Library, plan: str, as_of: datetime, version: int) -> Judgement:
    del version  # part of the key: a new posting makes a new judgement
    return judge_books(_library.books(plan, as_of), current())


@dataclass(frozen=True)
class Desk:
    """One page run's view. `today` is the plan's present day, `as_of` the instant looked at.

    `among` are the codes of all plans open to the viewer. Whatever a desk hands out of the books
    is cut to what the viewer may see.
    """

    viewer: Viewer
    library: Library
    settings: Settings
    plan: r.Plan
    today: date
    as_of: datetime
    among: tuple[str, ...]

    @property
    def engine(self) -> Engine:
        return self.library.engine

    @property
    def day(self) -> date:
        """统计截止日."""
        return shanghai_day(self.as_of)

    @property
    def books(self) -> Books:
        return self.judgement.books

    @cached_property
    def judgement(self) -> Judgement:
        """The verdicts as of the chosen day, looked up once a run."""
        return cut(self._whole, self.viewer)

    @property
    def scope(self) -> Hashable:
        """What of the books is seen: part of every key of what is made from a desk."""
        return scope_of(self.viewer, self.plan.code)

    @property
    def version(self) -> tuple[Hashable, ...]:
        """What a picture made from these books may be kept under."""
        return self.plan.code, self.as_of.isoformat(), self.books.version, self.scope

    @property
    def boundary_set(self) -> r.BoundarySet | None:
        """The boundaries in force, with their source and 审图号; None: the map is schematic."""
        return set_in_force(self.books)

    @cached_property
    def shapes(self) -> Mapping[str, BaseGeometry]:
        """The areas for which there are boundaries, by unit code, in WGS-84 degrees."""
        held = self.boundary_set
        if held is None:
            return {}
        key = (self.plan.code, self.as_of, self.books.version)
        return kept(
            "shapes", key, lambda: grounds(self.books, shapes_in(self.engine, self.plan.code, held))
        )

    def judgement_at(self, instant: datetime) -> Judgement:
        """The verdicts as of another instant, such as a closed round's cut."""
        return cut(self._judged_at(instant), self.viewer)

    def _judged_at(self, instant: datetime) -> Judgement:
        version = version_at(self.engine, self.plan.code, instant)
        return _judged(self.library, self.plan.code, instant, version)

    @cached_property
    def _whole(self) -> Judgement:
        """The verdicts uncut; nothing of it is handed out as it is."""
        return self._judged_at(self.as_of)

    def added_up(self, indicator: r.Indicator | None) -> AddedUp | None:
        """What the units' shares of an indicator come to: the sum alone, other units' too."""
        return added_up(self._whole, indicator)

    def light_with(self, filing: r.Filing) -> Verdict | None:
        """The light that a filing would bring; what must come first may be another unit's."""
        return verdict_with(self._whole.books, self.settings, filing)

    def unchanged(self, asks: Iterable[Ask], like: Report, drafted: Container[str]) -> Unchanged:
        """What may be filed again as it stands, by the lights as posting will judge them."""
        return unchanged_reports(self._whole, asks, self.settings, like=like, drafted=drafted)

    def filings_of(self, task: str) -> tuple[Filed, ...]:
        """Every filing on a task that the viewer may read, oldest first."""
        found = filings_of_task(self.engine, self.plan.code, task, self.as_of)
        return cut_filings(found, self.books, self.viewer)

    def changes_of(self, ledger: str, code: str) -> tuple[r.Revision, ...]:
        """The changes of a row that the viewer may read, newest first."""
        found = revisions_of(self.engine, self.plan.code, ledger, code, as_of=self.as_of)
        return cut_revisions(found, self.books, self.viewer)

    def may(self, right: Right, units: Iterable[str] | None = None) -> bool:
        """Whether the viewer may do this; menus and forms ask, posting decides."""
        return may(self.viewer, right, self.plan.code, units)

    def step(self, right: Right, words: str) -> str:
        """What to do next, told only to who may do it anywhere."""
        return words if may_some(self.viewer, right) else ""

    @property
    def sees_all(self) -> bool:
        """Whether the viewer sees the whole plan, and not the own units alone."""
        return sees_all(self.viewer)

    @property
    def own_units(self) -> tuple[r.Unit, ...]:
        """The units for which a liaison speaks, in protocol order; nobody else has any."""
        own = own_units(self.viewer, self.plan.code)
        return tuple(each for each in self.books.all(r.Unit) if each.code in own)

    @property
    def is_local(self) -> bool:
        """Whether there are no accounts (单机模式)."""
        return self.viewer.role is AccountRole.LOCAL

    @property
    def times(self) -> RoundTimes:
        return times_of(self.settings)

    @property
    def is_practice(self) -> bool:
        """Whether what is shown holds practice data."""
        return self.plan.practice_now is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been filed, found or built yet."""
        running = (r.Problem, r.Directive, r.Station)
        return not self.books.last_filed and not any(self.books.all(kind) for kind in running)


def engine() -> Engine:
    """The process's engine."""
    return library(current().database.url).engine


def plans() -> Mapping[str, r.Plan]:
    """The plans in the books, by their codes."""
    return load_plans(engine())


def titles_of(plans: Mapping[str, r.Plan]) -> dict[str, str]:
    """What each plan is called; plans of one name are told apart by their 文号."""
    names = [plan.short_title for plan in plans.values()]
    return {
        code: f"{plan.short_title}（{plan.number or code}）"
        if names.count(plan.short_title) > 1
        else plan.short_title
        for code, plan in plans.items()
    }


def sit_down(viewer: Viewer, plan: r.Plan, among: Iterable[str]) -> Desk:
    """The desk of a plan as of its present."""
    settings, now = current(), now_of(plan)
    shelf = library(settings.database.url)
    present = stands_until(now, plan.in_use_from, times_of(settings))
    return Desk(viewer, shelf, settings, plan, shanghai_day(now), present, tuple(among))


def desk() -> Desk:
    """The desk that the frame set for this run."""
    held = st.session_state["desk"]
    assert isinstance(held, Desk)
    return held


def set_desk(made: Desk) -> None:
    """Hand the desk to the page of this run."""
    st.session_state["desk"] = made


def as_of(made: Desk, day: date) -> Desk:
    """The same desk as of another day, kept between the plan's issue and its present."""
    return replace(made, as_of=end_of(min(max(day, made.plan.issued_on), made.today)))
