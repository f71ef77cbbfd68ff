"""Who closes a gap: the items that a host list's stations move, and the units bound to them."""

from dataclasses import dataclass

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Role
from dashboard.rules.judgement import ItemVerdict, Judgement, TaskVerdict
from dashboard.rules.summary import duties_of_task
from dashboard.rules.verdicts import Light


@dataclass(frozen=True)
class Closing:
    """One task that closes a gap; `item` is the part of it that counts the stations, if any."""

    task: TaskVerdict
    item: ItemVerdict | None

    @property
    def title(self) -> str:
        """What is to be done, in a few words."""
        return self.item.item.title if self.item else self.task.task.title

    @property
    def light(self) -> Light:
        return self.item.verdict.light if self.item else self.task.light

    @property
    def word(self) -> str:
        return self.item.verdict.word if self.item else self.task.word


def closing(judgement: Judgement, hosts: r.HostList) -> tuple[Closing, ...]:
    """What closes a gap on a host list: its counted items, else the tasks of its clause."""
    counted = [each for each in judgement.items if each.item.hosts == hosts]
    named = [each for each in counted if each.item.indicator] or counted
    if named:
        return tuple(Closing(judgement.by_task[each.item.task.code], each) for each in named)
    tasks = [each for each in judgement.tasks if each.task.clause == hosts.clause]
    return tuple(Closing(each, None) for each in tasks)


def bound(books: Books, task: str) -> tuple[tuple[Role, str], ...]:
    """The units that answer for a task, by role and as printed, with 等 where it is printed."""
    found = []
    for role, duties in duties_of_task(books, task).items():
        names = "、".join(dict.fromkeys(duty.as_printed for duty in duties))
        more = "等" if any(duty.is_open_ended for duty in duties) else ""
        if names:
            found.append((role, f"{names}{more}"))
    return tuple(found)
