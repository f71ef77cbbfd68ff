"""Where snapshots are kept between readings: small, bounded, shared by all sessions."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from sqlalchemy import Engine

from dashboard.ledgers.books import Books, load, version_at


class Library:
    """A small bounded store of snapshots, keyed by plan, instant and version."""

    def __init__(self, engine: Engine, size: int = 12) -> None:
        self.engine = engine
        self._size = size
        self._lock = Lock()
        self._held: OrderedDict[tuple[str, datetime, int], Books] = OrderedDict()

    def books(self, code: str, as_of: datetime) -> Books:
        """The plan's books as of an instant, from the store where they are unchanged."""
        key = (code, as_of, version_at(self.engine, code, as_of))
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        books = load(self.engine, code, as_of)
        with self._lock:
            self._held[code, as_of, books.version] = books
            while len(self._held) > self._size:
                self._held.popitem(last=False)
        return books
