"""方案导入, first: a document is handed in, or one on its way is taken up."""

from collections.abc import Sequence
from hashlib import sha256
from html import escape

import streamlit as st
from sqlalchemy import Engine

from dashboard import wording
from dashboard.access.rights import Right, may_some
from dashboard.access.viewer import Viewer
from dashboard.ledgers.importing import DocumentState
from dashboard.policy.documents import KINDS
from dashboard.posting.import_reading import Document
from dashboard.posting.importing import receive
from dashboard.settings import Settings
from dashboard.widgets.heading import empty, section
from dashboard.widgets.import_course import DOCUMENT, PAGE, go, import_address
from dashboard.widgets.notice import outbox, post
from dashboard.widgets.table import Cell, Column, lines, link, quiet, table

FORM = PAGE
_OPENED = "import_opened"
_COLUMNS = (
    Column("文件", "36%", is_title=True),
    Column("上传", "24%"),
    Column("进度"),
    Column("操作", "7rem"),
)


def answer(held: Sequence[Document]) -> str:
    """How many documents are on their way, in a sentence."""
    going = sum(each.state is DocumentState.OPEN for each in held)
    posted = sum(each.state is DocumentState.POSTED for each in held)
    if not held:
        return "上传方案文件，读出条款、单位、任务、时限和指标，逐条核对后入账。"
    told = [f"核对中{going}份"] if going else ["没有正在核对的方案"]
    told += [f"已入账{posted}份"] if posted else []
    return "，".join(told) + "。"


def begin(viewer: Viewer) -> None:
    """Where there is no plan yet: what to do, for who may do it."""
    if not may_some(viewer, Right.LOAD_PLAN):
        empty("账中还没有方案。", "办公室导入方案后，这里显示进展。")
        return
    empty(
        "账中还没有方案。", "上传方案文件，核对后入账；已有方案文件夹的，可用命令guatu load载入。"
    )
    st.html(f'<p class="g-links">{link("方案导入", import_address()).html}</p>')


def uploading(engine: Engine, viewer: Viewer, settings: Settings, held: Sequence[Document]) -> None:
    """The uploader; a document is read once somebody says so, and opened then."""
    kinds = "、".join(kind.lstrip(".") for kind in KINDS)
    section("上传方案文件", f"{kinds}，不超过{settings.files.max_mb}MB")
    turn = outbox().turn(FORM)
    given = st.file_uploader(
        "方案全文（含附件）", key=f"{FORM}_{turn}", max_upload_size=settings.files.max_mb
    )
    if given is None:
        told = "pdf须能选中文字，扫描件请先转成docx；读出的内容逐条核对，确认后才入账。"
        st.html(f'<p class="g-quiet" style="margin:0">{told}</p>')
        return
    content = given.getvalue()
    _known(content, held)
    if st.button("上传并读取", type="primary", key=f"{FORM}_go_{turn}"):
        opened: dict[str, int] = st.session_state.setdefault(_OPENED, {})

        def act() -> str:
            opened["key"] = receive(engine, viewer, given.name, content, settings)
            return "文件已读取，请先补齐方案信息，再逐条核对。"

        with st.spinner("正在读取方案……"):
            post(FORM, turn, act, not_done="没有上传")


def follow_upload() -> None:
    """Go on to the document that was just handed in."""
    key = st.session_state.get(_OPENED, {}).pop("key", None)
    if key is not None:
        go(**{DOCUMENT: key})


def _known(content: bytes, held: Sequence[Document]) -> None:
    """Say that the very same file came in before, so that nobody works on it twice."""
    digest = sha256(content).hexdigest()
    same = next((each for each in held if each.sha256 == digest), None)
    if same is None or same.state is DocumentState.DROPPED:
        return
    to = link("打开", import_address(document=same.id)).html
    when = wording.moment(same.received_at)
    told = escape(f"同一文件已由{same.by_post}于{when}上传，{same.state.label}。")
    st.html(f'<p class="g-empty g-links">{told}{to}</p>')


def document_list(held: Sequence[Document]) -> None:
    """Every document, to be taken up by anybody."""
    section("方案文件", "核对中的，任何有权限的人都可以接着核对")
    rows: list[Sequence[Cell]] = [
        [
            lines(_title(each), quiet(f"{each.name}　{wording.file_size(each.size)}")),
            lines(wording.moment(each.received_at), quiet(each.by_post)),
            lines(each.state.label, quiet(_progress(each))),
            _way(each),
        ]
        for each in held
    ]
    table(_COLUMNS, rows, caption="方案文件", empty="还没有上传过方案文件。请在上面选择文件。")


def _title(each: Document) -> str:
    return each.about.get("title") or each.name


def _progress(each: Document) -> str:
    if each.state is not DocumentState.OPEN:
        return f"共{each.rows}条"
    return f"待核{each.waiting}条，共{each.rows}条" if each.waiting else f"{each.rows}条已核完"


def _way(each: Document) -> Cell:
    word = "接着核对" if each.state is DocumentState.OPEN else "查看"
    return link(word, import_address(document=each.id))
