"""What every page stands in: the sign, the style of the whole app, and how it prints."""

from html import escape

import streamlit as st

STYLE = """
<style>
:root { font-variant-numeric: tabular-nums; }
[data-testid="stMainMenu"], [data-testid="stAppDeployButton"], [data-testid="stDecoration"] {
  display: none !important;
}
[data-testid="stSidebarLogo"], [data-testid="stHeaderLogo"] { height: 2rem; max-width: none; }
@media (min-width: 641px) {
  [data-testid="stMainBlockContainer"] { padding-left: 2.5rem; padding-right: 2.5rem; }
}
[data-testid="stMain"] h1 { letter-spacing: 0; padding-bottom: .25rem; }

@media (max-width: 640px) {
  [data-testid="stMain"] p, [data-testid="stMain"] li, [data-testid="stMain"] label,
  [data-testid="stMain"] input, [data-testid="stMain"] textarea, [data-testid="stMain"] button {
    font-size: max(16px, 1em);
  }
  [data-testid="stMain"] button, [data-testid="stSidebar"] button, [data-testid="stMain"] input,
  [data-testid="stMain"] [data-baseweb="select"] > div, [data-testid="stSidebarNavLink"],
  [data-testid="stMain"] [data-testid="stPageLink-NavLink"],
  [data-testid="stMain"] [data-testid="stRadio"] label,
  [data-testid="stMain"] [data-testid="stCheckbox"] label {
    min-height: 44px;
  }
  [data-testid="stMain"] button, [data-testid="stExpandSidebarButton"] { min-width: 44px; }
}

@media print {
  @page { size: A4; margin: 15mm; }
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"],
  [data-testid="stElementToolbar"], [data-testid="stStatusWidget"], .stButton,
  [data-testid="stFileUploader"], [data-testid="stForm"] { display: none !important; }
  .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"] {
    position: static !important; overflow: visible !important; height: auto !important;
  }
  [data-testid="stMainBlockContainer"] { padding: 0 !important; max-width: none !important; }
  h1, h2, h3 { break-after: avoid; }
  tr, figure, [data-testid="stVegaLiteChart"] { break-inside: avoid; }
}
</style>
"""


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
