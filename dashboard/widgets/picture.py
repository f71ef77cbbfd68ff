"""Pictures: a chart's specification is built once for a version of the books and then reused."""

from collections.abc import Callable, Hashable
from typing import Any

import altair as alt
import streamlit as st

from dashboard.widgets.desk import Desk
from dashboard.widgets.keeping import kept


def picture(
    desk: Desk,
    name: str,
    build: Callable[[], alt.TopLevelMixin],
    *,
    says: str,
    key: Hashable = None,
) -> None:
    """Draw a chart; `says` is its content in words, `key` what it depends on beside the books."""
    spec: dict[str, Any] = kept(name, (desk.version, key), lambda: build().to_dict())
    st.vega_lite_chart(None, spec, width="stretch", theme=None, alt=says)
