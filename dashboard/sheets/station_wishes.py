"""Which stations and obliged bodies a book is to hold."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Engine

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load, load_plan
from dashboard.ledgers.terms import StationKind
from dashboard.posting.plans import now_of
from dashboard.rules.areas import towns_under
from dashboard.sheets.station_layout import MOST_LINES

ACTION = "下载站点台账表"
"""What the audit calls it."""


class TooManyRowsError(ValueError):
    """More stations than one book holds; the message says what to ask for instead."""


@dataclass(frozen=True)
class StationWish:
    """Which stations and bodies a book holds: all, or those of one area or one host list."""

    books: Books
    area: r.Unit | None = None
    host_list: r.HostList | None = None

    @property
    def scope(self) -> str:
        """Whose they are, in words."""
        parts = [
            self.area.name if self.area else "",
            self.host_list.title if self.host_list else "",
        ]
        return "，".join(part for part in parts if part) or "全部"

    @property
    def detail(self) -> str:
        """Whose and how many rows: what the audit tells."""
        stations, hosts = self.size
        return f"{self.scope}，站点{stations}处，应设单位{hosts}个"

    @cached_property
    def size(self) -> tuple[int, int]:
        """How many stations and how many bodies."""
        stations = sum(self._holds(each) for each in self.books.all(r.Station))
        return stations, sum(self._holds(each) for each in self.books.all(r.ListedHost))

    @property
    def too_many(self) -> str:
        """Why one book cannot hold them, and the cure; empty where it can."""
        number, bodies = self.size
        if max(number, bodies) <= MOST_LINES:
            return ""
        return (
            f"站点{number}处、应设单位{bodies}个，一个表最多{MOST_LINES}行，"
            "请按镇街或应设名录分别下载。"
        )

    def stations(self) -> tuple[r.Station, ...]:
        """The stations asked for, by kind, then by town in the office's order."""
        found = [each for each in self.books.all(r.Station) if self._holds(each)]
        kinds = list(StationKind)
        found.sort(key=lambda each: (kinds.index(each.kind), self._place(each)))
        return tuple(found)

    def hosts(self) -> tuple[r.ListedHost, ...]:
        """The bodies asked for, by host list, then by town in the office's order."""
        found = [each for each in self.books.all(r.ListedHost) if self._holds(each)]
        found.sort(
            key=lambda each: (_seq(self.books, r.HostList, each.host_list), self._place(each))
        )
        return tuple(found)

    def _place(self, row: r.Station | r.ListedHost) -> int:
        return _seq(self.books, r.Unit, row.town)

    def _holds(self, row: r.Station | r.ListedHost) -> bool:
        is_there = self._towns is None or row.town in self._towns
        return is_there and (self.host_list is None or row.host_list == self.host_list.code)

    @cached_property
    def _towns(self) -> frozenset[str] | None:
        """The area and the towns in it; None for everywhere."""
        if self.area is None:
            return None
        return frozenset({self.area.code, *(e.code for e in towns_under(self.books, self.area))})


def present_books(engine: Engine, code: str) -> Books:
    """The books as of the plan's present; on its day of issue it is known only from the day's end.

    Raises UnknownPlanError.
    """
    plan = load_plan(engine, code)
    now = now_of(plan)
    return load(engine, code, max(now, plan.known_at or now))


def _seq(books: Books, kind: type[r.Unit] | type[r.HostList], code: str | None) -> int:
    found = books.find(kind, code)
    return found.seq if found else 0
