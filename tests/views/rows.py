"""The rows of a page's tables, and a page opened at an address as a link opens it."""

import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from streamlit.testing.v1 import AppTest


def rows_of(app: AppTest, caption: str) -> list[list[str]]:
    """The cells of the table with this caption, as plain text; no such table: no rows."""
    for body in (each.proto.body for each in app.get("html")):
        if f"<caption>{caption}</caption>" in body:
            found = re.findall(r"<tr>(.*?)</tr>", body.split("<tbody>")[1], flags=re.S)
            return [[_plain(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", r)] for r in found]
    return []


def _plain(cell: str) -> str:
    text = re.sub(r"<[^>]+>", " ", cell.replace("<br>", " "))
    return unescape(re.sub(r"\s+", " ", text)).strip()


def links_in(app: AppTest, caption: str) -> list[tuple[str, str]]:
    """The words and addresses of the links in the table with this caption."""
    for body in (each.proto.body for each in app.get("html")):
        if f"<caption>{caption}</caption>" in body:
            found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', body, flags=re.S)
            return [(_plain(words), unescape(to)) for to, words in found]
    return []


class Unopened(AppTest):
    """The app, whose first page is drawn when a test first looks at it.

    Most tests open an address of their own, and the first page takes longer than theirs.
    """

    _is_open = True

    def __init__(self, script: Path, *, default_timeout: float) -> None:
        super().__init__(script, default_timeout=default_timeout)
        self._is_open = False

    def __getattribute__(self, name: str) -> Any:
        known = object.__getattribute__(self, "__dict__")
        if name != "_script_path" and known.get("_is_open") is False:
            self._is_open = True
            self.run()
        return object.__getattribute__(self, name)


def opened(app: AppTest, address: str) -> AppTest:
    """The page at an address of the app, such as /tasks?light=red, in a session of its own.

    A link opens a page anew: what was chosen before on the screen is gone.
    """
    parts = urlsplit(address)
    fresh = AppTest.from_file(str(app._script_path), default_timeout=60)
    fresh.switch_page(f"views/{parts.path.strip('/')}.py")
    for name, value in parse_qsl(parts.query):
        fresh.query_params[name] = value
    fresh.run()
    assert not fresh.exception
    return fresh
