"""Pictures: a chart's specification is built once for a version of the books and then reused."""

from collections.abc import Callable, Hashable
from typing import Any

import altair as alt
import streamlit as st

from dashboard.widgets.desk import Desk


@st.cache_resource(show_spinner=False, max_entries=200)
def _spec(name: str, key: Hashable, _build: Callable[[], alt.TopLevelMixin]) -> dict[str, Any]:
    del name, key  # the key of the cache
    return _build().to_dict()


def picture(
    desk: Desk,
    name: str,
    build: Callable[[], alt.TopLevelMixin],
    *,
    says: str,
    key: Hashable = None,
) -> None:
    """Draw a chart; `says` is its content in words, `key` what it depends on beside the books."""
    spec = _spec(name, (desk.version, key), build)
    st.vega_lite_chart(None, spec, width="stretch", theme=None, alt=says)
