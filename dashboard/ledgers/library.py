"""Where snapshots are kept between readings: small, bounded, shared by all sessions."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from sqlalchemy import Engine

from dashboard.ledgers.books import Books, version_at
from dashboard.ledgers.database import reading
from dashboard.ledgers.rereading import Reading, read, read_again


class Library:
    """A small bounded store of snapshots, keyed by plan, instant and version."""

    def __init__(self, engine: Engine, size: int = 12) -> None:
        self.engine = engine
        self._size = size
        self._lock = Lock()
        self._held: OrderedDict[tuple[str, datetime, int], Reading] = OrderedDict()

    def books(self, code: str, as_of: datetime) -> Books:
        """The plan's books as of an instant, from the store where they are unchanged.

        After new postings only the ledgers that these touched are read again.
        """
        key = (code, as_of, version_at(self.engine, code, as_of))
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key].books
            before = self._newest(code, as_of)
        with reading(self.engine) as connection:
            found = read_again(connection, before) if before else read(connection, code, as_of)
        with self._lock:
            self._held[code, as_of, found.books.version] = found
            while len(self._held) > self._size:
                self._held.popitem(last=False)
        return found.books

    def _newest(self, code: str, as_of: datetime) -> Reading | None:
        same = [key for key in self._held if key[:2] == (code, as_of)]
        return self._held[max(same)] if same else None
