"""延期: which date took the place of which. A moved date stays in the books, out of force."""

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books


def moved_to(books: Books, deadline: r.Deadline) -> r.Deadline | None:
    """The approved date that took the place of this one; None where none did."""
    return next(iter(books.by(r.Deadline, "moved_from")[deadline.code]), None)


def moved_from(books: Books, deadline: r.Deadline) -> tuple[r.Deadline, ...]:
    """The dates of which this one took the place, the one just before it first."""
    found: list[r.Deadline] = []
    before = books.find(r.Deadline, deadline.moved_from)
    while before is not None and before not in found:
        found.append(before)
        before = books.find(r.Deadline, before.moved_from)
    return tuple(found)


def first_date(books: Books, deadline: r.Deadline) -> r.Deadline:
    """The date from which a chain of moved dates began; the deadline itself where none moved."""
    return (deadline, *moved_from(books, deadline))[-1]
