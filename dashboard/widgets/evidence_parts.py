"""佐证材料 on a page: choosing files, which are kept at once, and the links to what was filed."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import wording
from dashboard.access.rights import ForbiddenError
from dashboard.ledgers import records as r
from dashboard.ledgers.store import StoredFile
from dashboard.ledgers.terms import EvidenceKind
from dashboard.posting.evidence import keep_file
from dashboard.posting.faults import RefusedError
from dashboard.widgets.desk import Desk
from dashboard.widgets.table import NOTHING, Cell, Markup, lines

MOST_FILES = 9
_ACCEPTED = [*(kind.value for kind in EvidenceKind), "jpeg"]


def choose_files(
    desk: Desk, unit_code: str, key: str, held: Sequence[StoredFile] = ()
) -> tuple[StoredFile, ...]:
    """Ask for files of a unit, keep each at once, and return what is chosen so far.

    `held` is what a draft holds, taken over when the key is first drawn. What is chosen outlives
    a redraw of the page and can be taken off again. Not for use inside `st.form`.
    """
    kept = _kept(key, held)
    turn = st.session_state.get(f"{key}_turn", 0)
    given = st.file_uploader(
        "佐证材料（可不传）",
        type=_ACCEPTED,
        accept_multiple_files=True,
        key=f"{key}_upload_{turn}",
        max_upload_size=desk.settings.files.max_mb,
        help="请勿上传写有个人信息的材料；旧版doc、xls请另存为新格式。",
    )
    if given:
        _take_in(desk, unit_code, key, given)
        _drop(given)
        st.session_state[f"{key}_turn"] = turn + 1
        st.rerun(scope="fragment" if in_fragment() else "app")
    for message in st.session_state.pop(f"{key}_refused", ()):
        st.error(message)
    for each in kept:
        _kept_row(key, each)
    return tuple(kept)


def forget_files(key: str) -> None:
    """Choose anew: called when what was chosen has been filed."""
    for part in ("kept", "turn", "refused"):
        st.session_state.pop(f"{key}_{part}", None)


def _kept(key: str, held: Sequence[StoredFile]) -> list[StoredFile]:
    found = st.session_state.setdefault(f"{key}_kept", list(held))
    assert isinstance(found, list)
    return found


def in_fragment() -> bool:
    """Whether only a part of the page is being drawn anew."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def _drop(given: Iterable[UploadedFile]) -> None:
    """Free the memory in which Streamlit would hold the bytes until the page is closed."""
    context = get_script_run_ctx()
    held = context.uploaded_file_mgr if context else None
    if context is not None and isinstance(held, MemoryUploadedFileManager):
        for each in given:
            held.remove_file(context.session_id, each.file_id)


def _take_in(desk: Desk, unit: str, key: str, given: Iterable[UploadedFile]) -> None:
    """Keep what can be kept; say of the rest why not, file by file."""
    kept = _kept(key, ())
    refused: list[str] = []
    for each in given:
        if len(kept) >= MOST_FILES:
            refused.append(f"最多{MOST_FILES}个文件，“{each.name}”没有收下。")
            continue
        try:
            stored = keep_file(
                desk.engine,
                desk.viewer,
                desk.plan.code,
                unit,
                each.name,
                each.getvalue(),
                desk.settings,
            )
        except RefusedError as error:
            refused += [f"“{fault.code}”没有收下：{fault.message}。" for fault in error.faults]
        except ForbiddenError as error:
            refused.append(f"“{each.name}”没有收下：{error}。")
        else:
            if all(stored.sha256 != other.sha256 for other in kept):
                kept.append(stored)
    st.session_state[f"{key}_refused"] = refused


def _kept_row(key: str, each: StoredFile) -> None:
    row = st.container(horizontal=True, vertical_alignment="center")
    size = escape(wording.file_size(each.size))
    told = f'{escape(each.name)}<span class="g-quiet">（{size}）</span>'
    row.html(f'<p class="g-file">{told}</p>')
    row.button(
        "移除",
        key=f"{key}_off_{each.sha256[:16]}",
        on_click=_take_off,
        args=(key, each.sha256),
    )


def _take_off(key: str, sha256: str) -> None:
    kept = _kept(key, ())
    kept[:] = [each for each in kept if each.sha256 != sha256]


def file_links(desk: Desk, rows: Iterable[r.Evidence]) -> Cell:
    """Links to files, one a line, each with its size; nothing where there are none."""
    found = [_file_link(desk, each) for each in rows]
    return lines(*found) if found else NOTHING


def _file_link(desk: Desk, each: r.Evidence) -> Markup:
    to = f"/files/evidence?{urlencode({'plan': desk.plan.code, 'code': each.code})}"
    size = escape(wording.file_size(each.size))
    return Markup(
        f'<a href="{escape(to)}" target="_self" download>{escape(each.name)}</a>'
        f'<span class="g-quiet">（{size}）</span>'
    )
