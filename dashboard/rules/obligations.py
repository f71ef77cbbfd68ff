"""Who must have how many: the numbers a host list gives, and the bodies it names."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import HostState

READS = (r.HostList, r.Host, r.ListedHost)


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one place owes on one list. `number` None is 待核定; `is_exempt` is 不适用.

    Where bodies are named there, `bodies` are the obliged ones and `doubtful` counts those
    待核定; `printed` is the number that the list gives beside them.
    """

    number: int | None
    is_exempt: bool = False
    printed: int | None = None
    bodies: frozenset[str] | None = None
    doubtful: int = 0


UNKNOWN = Obligation(None)
EXEMPT = Obligation(None, is_exempt=True)


@dataclass(frozen=True, slots=True)
class Obligations:
    """A list by place (None: bodies of no town). `others` is what a place left out owes."""

    by_place: Mapping[str | None, Obligation]
    others: Obligation
    is_named: bool

    def of(self, place: str | None) -> Obligation:
        """What one place owes."""
        return self.by_place.get(place, self.others)


def obligations_of(books: Books, hosts: r.HostList) -> Obligations:
    """What a list asks of each place, worked out once for these books.

    Where it names bodies in a town, that town owes one each; elsewhere its number counts. A list
    that names places or bodies does not oblige those it leaves out; an unwritten one is unknown.
    """
    return books.once(("obligations", hosts.code), lambda: _of(books, hosts), READS)


def _of(books: Books, hosts: r.HostList) -> Obligations:
    rows = {each.unit: each for each in books.by(r.Host, "host_list")[hosts.code]}
    named: dict[str | None, list[r.ListedHost]] = defaultdict(list)
    for body in books.by(r.ListedHost, "host_list")[hosts.code]:
        named[body.town].append(body)
    found: dict[str | None, Obligation] = {unit: _numbered(row) for unit, row in rows.items()}
    found |= {town: _named(bodies, rows.get(town or "")) for town, bodies in named.items()}
    return Obligations(found, EXEMPT if found else UNKNOWN, bool(named))


def _numbered(row: r.Host) -> Obligation:
    if row.state is HostState.EXEMPT:
        return EXEMPT
    number = row.number if row.state is HostState.OBLIGED else None
    return Obligation(number, printed=number)


def _named(bodies: list[r.ListedHost], row: r.Host | None) -> Obligation:
    obliged = frozenset(each.code for each in bodies if each.state is HostState.OBLIGED)
    doubtful = sum(each.state is HostState.UNKNOWN for each in bodies)
    printed = row.number if row is not None and row.state is HostState.OBLIGED else None
    is_exempt = not obliged and not doubtful
    return Obligation(len(obliged) or None, is_exempt, printed, obliged, doubtful)
