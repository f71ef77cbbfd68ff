"""The rows of the books as plain records: what CSV, JSON, rules and pages read.

A record speaks of other rows by their `code`, never by a database key. Each field carries
its Chinese label, and `Ref` where it names a row of another ledger, so that sheets, pages
and history take both from here. Dates are Shanghai days, moments are aware UTC.
"""

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
    Host,
    HostList,
    Indicator,
    Measure,
    Membership,
    Milestone,
    Plan,
    Post,
    ReportingLine,
    Responsibility,
    StandardItem,
    Task,
    Unit,
    WorkGroup,
)
from dashboard.ledgers.running_records import (
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
    "Clause",
    "Contact",
    "Deadline",
    "Directive",
    "Evidence",
    "Filing",
    "Host",
    "HostList",
    "Indicator",
    "Inspection",
    "Kept",
    "Measure",
    "Membership",
    "Milestone",
    "Observation",
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
    "Task",
    "Unit",
    "WorkGroup",
]
