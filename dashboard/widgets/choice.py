"""Choices that live in the address by their code, shown to the person by their name.

Streamlit's own `bind` writes an option's label into the address; a link that another page or
document holds must name a code, which stays when a name is reworded.
"""

from collections.abc import Callable, Sequence

import streamlit as st


def choice(
    label: str,
    options: Sequence[str],
    name: str,
    words: Callable[[str], str],
    *,
    default: str | None = None,
    everything: str | None = None,
) -> str | None:
    """A select box of codes kept in the address under `name`; the chosen code.

    With `everything` (such as “全部单位”) nothing need be chosen and None is returned then. A
    code in the address that is no option is passed over. The browser's back button changes the
    address under a box already drawn, which then follows it.
    """
    open_ended = everything is not None
    offered: list[str | None] = [None, *options] if open_ended else list(options)
    if not offered:
        return None
    wanted = st.query_params.get(name, default)
    key = f"choice_{name}"
    if is_new_address(name) or st.session_state.get(key) not in offered:
        st.session_state[key] = wanted if wanted in offered else offered[0]
    return st.selectbox(
        label,
        offered,
        format_func=lambda code: str(everything) if code is None else words(code),
        key=key,
        on_change=_write,
        args=(name, key, default),
        placeholder=everything or "请选择",
    )


def is_new_address(name: str) -> bool:
    """Whether the address says something else under `name`, or on another page, than before."""
    seen = st.context.url, st.query_params.get(name)
    is_new = st.session_state.get(f"seen_{name}") != seen
    st.session_state[f"seen_{name}"] = seen
    return is_new


def _write(name: str, key: str, default: str | None) -> None:
    chosen = st.session_state.get(key)
    if chosen is None or chosen == default:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen
