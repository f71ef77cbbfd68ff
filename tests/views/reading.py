"""What a person can read on a page that AppTest ran."""

import re
from html import unescape

from streamlit.testing.v1 import AppTest


def text_of(app: AppTest) -> str:
    """All visible text of the page, tags taken away."""
    parts: list[str] = [each.value for each in (*app.title, *app.markdown, *app.caption)]
    parts += [each.value for each in (*app.success, *app.error, *app.warning, *app.info)]
    parts += [each.proto.body for each in app.get("html")]
    plain = [re.sub(r"<style.*?</style>|<[^>]+>", " ", part, flags=re.S) for part in parts]
    return unescape(re.sub(r"\s+", " ", " ".join(plain)))


def links_of(app: AppTest) -> list[str]:
    """The addresses that the page's own HTML leads to."""
    bodies = " ".join(each.proto.body for each in app.get("html"))
    return [unescape(found) for found in re.findall(r'href="([^"]+)"', bodies)]
