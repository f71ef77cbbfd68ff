"""Who leads a task, in words; where the plan names no lead, none is made up."""

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Role
from dashboard.rules.summary import duties_of_task


def lead_words(books: Books, task: str) -> tuple[str, str]:
    """The names of those who lead, and a remark on them; either may be empty, never both."""
    duties = duties_of_task(books, task)
    names = [books.get(r.Unit, duty.unit).name for duty in duties[Role.LEAD]]
    if names:
        return wording.join_names(names), ""
    clause = books.get(r.Clause, books.get(r.Task, task).clause)
    if clause.has_bracket:
        return "", "原文未明确牵头单位"
    named = [books.get(r.Unit, duty.unit).name for duty in duties[Role.SHARED]]
    if not named:
        return "", "本条未列责任单位"
    return wording.join_names(named), "职责所列"
