"""Messages: what was done, after the page is drawn anew; what was refused, beside its form."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

import streamlit as st

from dashboard.access.rights import ForbiddenError
from dashboard.ledgers.shape import label_of
from dashboard.posting.faults import RefusedError

STAYS_SECONDS = 3.0
REFUSALS = (RefusedError, ForbiddenError)
"""What posting raises where it writes nothing: the row has faults, or it is not the viewer's."""


class Outbox:
    """What a session has sent: how often each form, and what is still to be said of it.

    A second click starts a run of its own while the first still posts, and stops that one at
    its next call of Streamlit, reading the session included. So a form takes its outbox before
    it posts, posts `alone`, and notes the success in plain Python: nothing comes between, and
    the second click finds a new form.
    """

    def __init__(self) -> None:
        self.turns: Counter[str] = Counter()
        self.message: str | None = None
        self.said_at: float | None = None
        self._books: Hashable = None
        self._books_changed = 0
        self._posting = Lock()

    def turn(self, form: str) -> int:
        """A number that makes the form's fields new, and so empty, after each success."""
        return self.turns[form] + self._books_changed

    def look_at(self, books: Hashable) -> None:
        """Make every form new where the books are others than a moment ago.

        A form that was drawn among practice data, in a tab left open, must not post into the
        real books once those data are gone.
        """
        self._books_changed += self._books is not None and self._books != books
        self._books = books

    @contextmanager
    def alone(self, form: str, turn: int) -> Iterator[bool]:
        """One post at a time; whether the form drawn at this turn has not been sent meanwhile."""
        with self._posting:
            yield self.turn(form) == turn

    def sent(self, form: str, message: str) -> None:
        """Note that a form was posted, which makes its fields new, and so empty."""
        self.turns[form] += 1
        self.say(message)

    def say(self, message: str) -> None:
        """Note what is to be said when the page is drawn anew."""
        self.message, self.said_at = message, None


def outbox() -> Outbox:
    """This session's outbox."""
    found = st.session_state.setdefault("outbox", Outbox())
    assert isinstance(found, Outbox)
    return found


def post(form: str, turn: int, act: Callable[[], str]) -> None:
    """Post a form that was drawn at this turn, once, and draw the page anew with what `act` says.

    What posting refuses is said beside the form, which keeps what was typed.
    """
    box = outbox()
    try:
        with box.alone(form, turn) as is_first:
            if is_first:
                box.sent(form, act())
    except REFUSALS as refused:
        say_refused(refused)
        return
    st.rerun()


def done(message: str) -> None:
    """Draw the page anew and say there what was done."""
    outbox().say(message)
    st.rerun()


def say_what_was_done() -> None:
    """Say what the last act did; a double click's second run must not wipe it away at once."""
    box = outbox()
    if box.message is None:
        return
    if box.said_at is None:
        box.said_at = monotonic()
    if monotonic() - box.said_at > STAYS_SECONDS:
        box.message = None
        return
    st.success(box.message)


def say_refused(refused: RefusedError | ForbiddenError) -> None:
    """Say beside a form which field was refused, and the cure; or that one may not do this."""
    if isinstance(refused, ForbiddenError):
        st.error(f"没有保存。{refused}。")
        return
    for fault in refused.faults:
        field = f"“{label_of(fault.ledger, fault.field)}”" if fault.field else ""
        st.error(f"没有保存。{field}{fault.message}。")
