"""Sums by unit: made once for a version of the books, shared by pages and sessions."""

from dataclasses import dataclass
from functools import cached_property

from dashboard.rules import summary
from dashboard.rules.judgement import Judgement, TaskVerdict
from dashboard.rules.questions import Question, questions
from dashboard.rules.summary import Standing, UnitStanding
from dashboard.widgets.desk import Desk
from dashboard.widgets.keeping import kept


@dataclass(frozen=True)
class Sums:
    """Each is counted when a page first asks for it."""

    judgement: Judgement

    @cached_property
    def everything(self) -> Standing:
        return summary.standing(self.judgement)

    @cached_property
    def departments(self) -> tuple[UnitStanding, ...]:
        return summary.by_department(self.judgement)

    @cached_property
    def task_force(self) -> tuple[UnitStanding, ...]:
        return summary.by_task_force(self.judgement)

    @cached_property
    def towns_and_zones(self) -> tuple[UnitStanding, ...]:
        return (*summary.by_towns(self.judgement), *summary.by_zone(self.judgement))

    @cached_property
    def collectives(self) -> tuple[UnitStanding, ...]:
        return summary.by_collective(self.judgement)

    @cached_property
    def without_lead(self) -> tuple[TaskVerdict, ...]:
        return summary.without_lead(self.judgement)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return questions(self.judgement.books)


def sums_of(desk: Desk) -> Sums:
    """The sums of the books that the desk looks at."""
    return kept("sums", desk.version, lambda: Sums(desk.judgement))
