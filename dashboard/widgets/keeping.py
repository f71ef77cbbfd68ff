"""What is reckoned once from given books and then shared by reruns, pages and sessions."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

import streamlit as st

T = TypeVar("T")


@st.cache_resource(show_spinner=False, max_entries=200)
def _kept(name: str, key: Hashable, _build: Callable[[], Any]) -> Any:
    del name, key  # the key of the cache
    return _build()


def kept(name: str, key: Hashable, build: Callable[[], T]) -> T:
    """What `build` makes, made once for a name and a key; nobody may change it afterwards."""
    return cast("T", _kept(name, key, build))
