"""What forms of a next step share: the view that they were opened with, and what may be done."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

import streamlit as st


class Opened(Protocol):
    """A form's own view; `key` tells the form and its turn, `button` sends it."""

    @property
    def key(self) -> str: ...

    @property
    def button(self) -> str: ...


View = TypeVar("View", bound=Opened)


def as_opened(place: str, made: View) -> View:
    """The view kept at `place` while the form is being sent, so that posting can tell who was
    first; else the one made now, which is what the viewer sees from now on, whoever is refused.
    """
    held = st.session_state.get(place)
    st.session_state[place] = made
    is_sent = bool(st.session_state.get(made.button))
    return held if is_sent and isinstance(held, type(made)) and held.key == made.key else made


def one_of(labels: Mapping[str, str], key: str) -> str:
    """What is to be done, by its key; nobody is asked where there is but one thing."""
    if len(labels) == 1:
        return next(iter(labels))
    found: str = st.radio(
        "办理",
        list(labels),
        format_func=labels.__getitem__,
        horizontal=True,
        key=f"{key}_choice",
    )
    return found
