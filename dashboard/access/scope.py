"""What a viewer may see: cut from a judgement that is made once for all, and never part of its key.

Who sees the whole plan gets the very object back. A liaison gets what is the own units': the tasks
in which they bear a responsibility (through a collective too) or report, with the verdicts as
they are, and of all running records the own ones. The printed plan (clauses, units, work groups,
standards, host lists) is nobody's secret and stays whole.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from dashboard.access.rights import Reach, Right, may, reach
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.history import Filed
from dashboard.ledgers.shape import LEDGERS
from dashboard.ledgers.terms import Part, StationKind
from dashboard.rules.coverage import owed_in_all
from dashboard.rules.judgement import Judgement
from dashboard.rules.summary import duties_of_unit

V = TypeVar("V")


def sees_all(viewer: Viewer) -> bool:
    """Whether the viewer sees the whole of each plan."""
    return reach(viewer.role, Right.SEE_PLAN) is Reach.ALL


def own_units(viewer: Viewer, plan: str) -> frozenset[str]:
    """The codes of the units to which a viewer who does not see all is kept."""
    kept = reach(viewer.role, Right.SEE_PLAN) is Reach.OWN
    return viewer.units_in(plan) if kept else frozenset()


def plans_open_to(viewer: Viewer, plans: Iterable[str]) -> tuple[str, ...]:
    """The plans of which the viewer sees anything."""
    return tuple(code for code in plans if sees_all(viewer) or own_units(viewer, code))


def scope_of(viewer: Viewer, plan: str) -> Hashable:
    """What distinguishes this viewer's cut of a plan: for keys of what is made from the cut."""
    rights = (Right.SEE_CONTACTS, Right.SEE_INSTRUCTIONS)
    seen = tuple(reach(viewer.role, right).value for right in rights)
    return (*seen, *(() if sees_all(viewer) else ("only", *sorted(own_units(viewer, plan)))))


def cut(judgement: Judgement, viewer: Viewer) -> Judgement:
    """What of a judgement the viewer may see; the same object where that is all of it."""
    if sees_all(viewer):
        books = _without_secrets(judgement.books, viewer)
        return judgement if books is judgement.books else replace(judgement, books=books)
    own = own_units(viewer, judgement.books.plan.code)
    kept = _tasks_of(judgement, own)
    return replace(
        judgement,
        books=cut_books(judgement.books, viewer, kept),
        tasks=tuple(each for each in judgement.tasks if each.task.code in kept),
        lines=tuple(each for each in judgement.lines if each.line.unit in own),
    )


def _tasks_of(judgement: Judgement, own: frozenset[str]) -> frozenset[str]:
    """The tasks that bind one of the units, and those on which one reports."""
    books = judgement.books
    units = [unit for unit in (books.find(r.Unit, code) for code in own) if unit]
    bound = {duty.printed.task for unit in units for duty in duties_of_unit(judgement, unit)}
    lines = books.by(r.ReportingLine, "unit")
    return frozenset(bound | {line.task for code in own for line in lines[code]})


def cut_books(books: Books, viewer: Viewer, tasks: frozenset[str]) -> Books:
    """The books of a viewer who does not see all; `tasks` are the codes of those that are shown."""
    see = _Sight(books, viewer, own_units(viewer, books.plan.code), tasks)
    rows = {name: see.rows(name, held) for name, held in books.rows.items()}
    return replace(
        books,
        rows=rows,
        last_filed=see.of_own_lines(books.last_filed),
        last_accepted=see.of_own_lines(books.last_accepted),
        last_said=see.of_own_lines(books.last_said),
        last_replies=see.of_own_lines(books.last_replies),
        expected=see.of_shown_lines(books.expected),
        owed={hosts.code: owed_in_all(books, hosts) for hosts in books.all(r.HostList)},
    )


def _without_secrets(books: Books, viewer: Viewer) -> Books:
    """Contacts and registered instructions only for whom they are meant."""
    plan = books.plan.code
    contacts = tuple(
        each for each in books.all(r.Contact) if may(viewer, Right.SEE_CONTACTS, plan, {each.unit})
    )
    directives = tuple(each for each in books.all(r.Directive) if _is_open(each, viewer, plan))
    if (contacts, directives) == (books.all(r.Contact), books.all(r.Directive)):
        return books
    return with_directives(replace(books, rows={**books.rows, "contact": contacts}), directives)


def with_directives(books: Books, shown: tuple[r.Directive, ...]) -> Books:
    """The books with these directives and what was done with them, and no others."""
    codes = {each.code for each in shown}
    steps = tuple(
        each
        for each in books.all(r.HandlingStep)
        if each.directive is None or each.directive in codes
    )
    return replace(books, rows={**books.rows, "directive": shown, "handling_step": steps})


def _is_open(directive: r.Directive, viewer: Viewer, plan: str) -> bool:
    registered = directive.register_no is not None
    return not registered or may(viewer, Right.SEE_INSTRUCTIONS, plan, {directive.unit})


@dataclass(frozen=True)
class _Sight:
    """Which row of which ledger is shown to whoever is kept to the own units."""

    books: Books
    viewer: Viewer
    own: frozenset[str]
    tasks: frozenset[str]

    def rows(self, ledger: str, held: tuple[r.Record, ...]) -> tuple[r.Record, ...]:
        """The rows of a ledger that are shown."""
        passes = self._tests.get(LEDGERS[ledger])
        return held if passes is None else tuple(row for row in held if passes(row))

    @property
    def _tests(self) -> Mapping[type[r.Record], Callable[..., bool]]:
        """Ledgers without a test are the printed plan's, and whole."""
        return {
            r.Task: lambda row: row.code in self.tasks,
            **dict.fromkeys(_OF_A_TASK, lambda row: row.task in self.tasks),
            r.ReportingLine: self._line,
            **dict.fromkeys((r.Host, r.Observation, r.Problem), lambda row: row.unit in self.own),
            r.Contact: lambda row: may(self.viewer, Right.SEE_CONTACTS, self._plan, {row.unit}),
            r.ProblemStep: self._step,
            r.Directive: self._directive,
            r.Supervision: lambda row: row.unit in self.own,
            r.HandlingStep: self._handled,
            **dict.fromkeys(_OF_THE_OFFICE, lambda _: False),
            r.ListedHost: self._body,
            r.Station: self._station,
            r.Inspection: lambda row: self._stands(self.books.find(r.Station, row.station)),
        }

    @property
    def _plan(self) -> str:
        return self.books.plan.code

    def _line(self, line: r.ReportingLine) -> bool:
        """Who sums up a shown task is told; what others report to it is not."""
        is_total = line.part is Part.TOTAL and line.task in self.tasks
        return is_total or line.unit in self.own

    def _directive(self, directive: r.Directive) -> bool:
        return directive.unit in self.own and _is_open(directive, self.viewer, self._plan)

    def _step(self, step: r.ProblemStep) -> bool:
        problem = self.books.find(r.Problem, step.problem)
        return problem is not None and problem.unit in self.own

    def _handled(self, step: r.HandlingStep) -> bool:
        supervision = self.books.find(r.Supervision, step.supervision)
        if supervision is not None:
            return supervision.unit in self.own
        directive = self.books.find(r.Directive, step.directive)
        return directive is not None and self._directive(directive)

    def _body(self, body: r.ListedHost) -> bool:
        """Bodies by name are the printed plan's, but for those that are places of custody."""
        hosts = self.books.find(r.HostList, body.host_list)
        if hosts is None or hosts.station_kind is not StationKind.SPECIAL or body.town in self.own:
            return True
        return any(map(self._station, self.books.by(r.Station, "listed_host")[body.code]))

    def _station(self, station: r.Station) -> bool:
        return bool({station.town, station.unit} & self.own)

    def _stands(self, station: r.Station | None) -> bool:
        return station is not None and self._station(station)

    def of_own_lines(self, held: Mapping[str, V]) -> dict[str, V]:
        """What is held by reporting line, of the own lines alone."""
        lines = _lines_of(self.books, self.own)
        return {code: value for code, value in held.items() if code in lines}

    def of_shown_lines(self, held: Mapping[str, V]) -> dict[str, V]:
        """What is held by reporting line, of the lines that are shown."""
        lines = (self.books.find(r.ReportingLine, code) for code in held)
        shown = {line.code for line in lines if line and self._line(line)}
        return {code: value for code, value in held.items() if code in shown}


def _lines_of(books: Books, units: frozenset[str]) -> frozenset[str]:
    held = books.by(r.ReportingLine, "unit")
    return frozenset(line.code for unit in units for line in held[unit])


_OF_A_TASK = (r.Measure, r.Indicator, r.Deadline, r.Milestone, r.Responsibility)


_OF_THE_OFFICE = (r.Dispatch, r.AgendaPoint, r.Passage, r.Phrase)
"""What the office prepares its meetings and bulletins with."""


def cut_filings(filed: tuple[Filed, ...], seen: Books, viewer: Viewer) -> tuple[Filed, ...]:
    """Of the filings read beside a snapshot those on own lines; `seen` are the viewer's books."""
    if sees_all(viewer):
        return filed
    lines = _lines_of(seen, own_units(viewer, seen.plan.code))
    return tuple(each for each in filed if each.filing.line in lines)


def cut_revisions(
    revisions: Iterable[r.Revision], seen: Books, viewer: Viewer
) -> tuple[r.Revision, ...]:
    """Of the changes read beside a snapshot those of rows that the viewer's books show.

    Who sees the whole plan also reads what became of rows that have ended, save secrets.
    """
    return tuple(_readable(revisions, seen, viewer))


def _readable(revisions: Iterable[r.Revision], seen: Books, viewer: Viewer) -> Iterator[r.Revision]:
    for each in revisions:
        kind = LEDGERS[each.ledger]
        if _is_free(kind, viewer) or seen.find(kind, each.row) is not None:
            yield each


def _is_free(kind: type[r.Record], viewer: Viewer) -> bool:
    """Whether the viewer reads every row of the ledger, whoever it is about."""
    right = {r.Contact: Right.SEE_CONTACTS, r.Directive: Right.SEE_INSTRUCTIONS}.get(kind)
    return sees_all(viewer) and (right is None or reach(viewer.role, right) is Reach.ALL)
