"""What every page stands in: the sign, the style of the whole app, and how it prints."""

from html import escape
from pathlib import Path

import streamlit as st

STYLE = Path(__file__).resolve().parent.parent / "static" / "guatu.css"


def frame(title: str) -> None:
    """Draw the sign with the product's title and load the style; once a run."""
    st.html(STYLE)
    st.logo(_sign(title), size="large")


def _sign(title: str) -> str:
    """A chart hanging on the wall and the title beside it, as SVG."""
    width = 46 + 22 * len(title)
    fonts = "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 32" height="32" '
        f'width="{width}"><rect x="3" y="2" width="26" height="3" rx="1.5" fill="#1F3A5F"/>'
        '<path d="M5 5h22v22a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2z" fill="#fff" stroke="#1F3A5F" '
        'stroke-width="2"/><path d="M9 11h14M9 17h9M9 23h5" stroke="#1F3A5F" stroke-width="2.5" '
        f'stroke-linecap="round"/><text x="40" y="24" font-size="22" font-weight="600" '
        f'font-family="{fonts}" fill="#1F3A5F">{escape(title)}</text></svg>'
    )
