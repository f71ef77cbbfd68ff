"""The rows of the books as plain records: what CSV, JSON, rules and pages read.

A record speaks of other rows by their `code`, never by a database key. Each field carries
its Chinese label, and `Ref` where it names a row of another ledger, so that sheets, pages
and history take both from here. Dates are Shanghai days, moments are aware UTC.
"""

from dashboard.ledgers.cycle_records import (
    AgendaPoint,
    Bulletin,
    Dispatch,
    FrozenWeek,
    HandlingStep,
    Passage,
    Phrase,
    Supervision,
)
from dashboard.ledgers.host_records import Host, HostList, ListedHost, StandardItem
from dashboard.ledgers.marks import (
    Kept,
    Private,
    Record,
    Ref,
)
from dashboard.ledgers.plan_records import (
    Clause,
    Contact,
    Deadline,
    Indicator,
    Measure,
    Membership,
    Milestone,
    Plan,
    Post,
    ReportingLine,
    Responsibility,
    Task,
    Unit,
    WorkGroup,
)
from dashboard.ledgers.running_records import (
    Boundary,
    BoundarySet,
    Directive,
    Evidence,
    Filing,
    Inspection,
    Observation,
    Problem,
    ProblemStep,
    Review,
    Revision,
    Station,
)

__all__ = [
    "AgendaPoint",
    "Boundary",
    "BoundarySet",
    "Bulletin",
    "Clause",
    "Contact",
    "Deadline",
    "Directive",
    "Dispatch",
    "Evidence",
    "Filing",
    "FrozenWeek",
    "HandlingStep",
    "Host",
    "HostList",
    "Indicator",
    "Inspection",
    "Kept",
    "ListedHost",
    "Measure",
    "Membership",
    "Milestone",
    "Observation",
    "Passage",
    "Phrase",
    "Plan",
    "Post",
    "Private",
    "Problem",
    "ProblemStep",
    "Record",
    "Ref",
    "ReportingLine",
    "Responsibility",
    "Review",
    "Revision",
    "StandardItem",
    "Station",
    "Supervision",
    "Task",
    "Unit",
    "WorkGroup",
]
