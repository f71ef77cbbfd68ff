"""Messages: what was done, after the page is drawn anew; what was refused, beside its form."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from time import monotonic
from types import MappingProxyType

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.access.rights import ForbiddenError
from dashboard.ledgers.shape import label_of
from dashboard.posting.faults import RefusedError

STAYS_SECONDS = 3.0
REFUSALS = (RefusedError, ForbiddenError)
"""What posting raises where it writes nothing: the row has faults, or it is not the viewer's."""
NOT_SAVED, NOT_SUBMITTED = "没有保存", "没有提交"
_NO_LABELS: Mapping[str, str] = MappingProxyType({})


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
        self.place: DeltaGenerator | None = None
        self._page: str | None = None
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

    def open(self, page: str) -> None:
        """Note which page is looked at; what was said on another one is not said here."""
        if self._page not in (None, page):
            self.message = None
        self._page = page

    def unsay(self) -> None:
        """Take back what was last done, also from the screen: something was refused since."""
        self.message = None
        if self.place is not None:
            self.place.empty()


def outbox() -> Outbox:
    """This session's outbox."""
    found = st.session_state.setdefault("outbox", Outbox())
    assert isinstance(found, Outbox)
    return found


def post(
    form: str,
    turn: int,
    act: Callable[[], str],
    *,
    not_done: str = NOT_SAVED,
    labels: Mapping[str, str] = _NO_LABELS,
) -> None:
    """Post a form that was drawn at this turn, once, and draw the page anew with what `act` says.

    What posting refuses is said beside the form, which keeps what was typed: `not_done` begins
    the sentence, `labels` are the names that the form gives to fields.
    """
    box = outbox()
    try:
        with box.alone(form, turn) as is_first:
            if is_first:
                box.sent(form, act())
    except REFUSALS as refused:
        say_refused(refused, not_done=not_done, labels=labels)
        return
    st.rerun()


def done(message: str) -> None:
    """Draw the page anew and say there what was done."""
    outbox().say(message)
    st.rerun()


def say_what_was_done(page: str) -> None:
    """Say what the last act on this page did.

    It stays for a moment, since a double click's second run must not wipe it away at once.
    """
    box = outbox()
    box.open(page)
    box.place = st.empty()
    if not box.message:  # what can be seen where it was done is not said again
        return
    if box.said_at is None:
        box.said_at = monotonic()
    if monotonic() - box.said_at > STAYS_SECONDS:
        box.message = None
        return
    box.place.success(box.message)


def say_refused(
    refused: RefusedError | ForbiddenError,
    *,
    not_done: str = NOT_SAVED,
    labels: Mapping[str, str] = _NO_LABELS,
) -> None:
    """Say beside a form which field was refused, and the cure; or that one may not do this."""
    if isinstance(refused, ForbiddenError):
        refuse(str(refused), not_done=not_done)
        return
    for fault in refused.faults:
        name = "" if fault.is_whole else fault.field
        label = labels.get(name) or label_of(fault.ledger, name) if name else ""
        refuse(f"“{label}”{fault.message}" if label else fault.message, not_done=not_done)


def refuse(message: str, *, not_done: str = NOT_SAVED) -> None:
    """Say beside a form why nothing was done; what was done before it is no longer said."""
    outbox().unsay()
    st.error(f"{not_done}。{message}。")
