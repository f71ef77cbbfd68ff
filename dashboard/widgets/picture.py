"""Pictures: a chart's specification is built once for a version of the books and then reused."""

from collections.abc import Callable, Hashable
from typing import Any

import altair as alt
import streamlit as st
from streamlit.dataframe_util import convert_anything_to_arrow_bytes

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
    spec = kept(name, (desk.version, key), lambda: as_sent(build().to_dict()))
    st.vega_lite_chart(None, spec, width="stretch", theme=None, alt=says)


def as_sent(spec: dict[str, Any]) -> dict[str, Any]:
    """A specification with its data in the form in which Streamlit sends them.

    Else it would turn them into a table and into bytes at every rerun.
    """
    sent = {name: _bytes(rows) for name, rows in spec.get("datasets", {}).items()}
    return {**spec, "datasets": sent} if sent else spec


def _bytes(rows: Any) -> Any:
    # Geometries by name stay as they are: Streamlit leaves them in the specification.
    is_table = isinstance(rows, list) and not any("geometry" in row for row in rows)
    return convert_anything_to_arrow_bytes(rows) if is_table else rows
