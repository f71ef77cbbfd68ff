"""A file of boundaries as it is given: the file, and what the office says of it."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard.ledgers.terms import Datum
from dashboard.posting.file_names import cleaned
from dashboard.sheets.boundary_features import MOST_MB
from dashboard.widgets.boundary_facts import FORM
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.notice import outbox

_ASKED = (
    "由地图软件导出的GeoJSON，每个镇街一个要素，属性中有统计代码或名称。",
    "核对后才载入，载入后可以撤下；没有边界资料，地图照常按点位画示意图。",
)


@dataclass(frozen=True)
class Given:
    """What was chosen and typed so far; what is empty is still to be told."""

    file_name: str
    content: bytes
    datum: Datum | None
    title: str
    source: str
    review_no: str


def uploading(desk: Desk) -> Given | None:
    """The uploader and its questions; None until a file is chosen."""
    section("载入边界资料")
    turn = outbox().turn(FORM)
    file = st.file_uploader(
        "边界文件（GeoJSON）",
        key=f"{FORM}_{turn}",
        max_upload_size=MOST_MB,
    )
    if file is None:
        practice = ("演示期间载入的边界，清除演示数据时一并清除。",) if desk.is_practice else ()
        _say(*_ASKED, *practice)
        return None
    stem, ending = cleaned(file.name)
    key = f"{FORM}_{turn}_{file.file_id}"
    datum = st.selectbox(
        "文件的坐标系",
        list(Datum),
        index=None,
        format_func=lambda each: each.label,
        placeholder="请选择，不清楚的请问提供资料的单位",
        key=f"{key}_datum",
    )
    title = st.text_input("资料名称", stem, key=f"{key}_title", max_chars=60)
    source = st.text_input(
        "资料来源", key=f"{key}_source", max_chars=100, placeholder="如：县自然资源和规划局"
    )
    review_no = st.text_input(
        "审图号",
        key=f"{key}_review",
        max_chars=40,
        placeholder="如：鲁SG（2023）012号；没有的留空",
    )
    name = f"{stem}.{ending}" if ending else stem
    told = (title.strip(), source.strip(), review_no.strip())
    return Given(name, file.getvalue(), datum, *told)


def _say(*told: str) -> None:
    st.html("".join(f'<p class="g-quiet" style="margin:0">{escape(each)}</p>' for each in told))
