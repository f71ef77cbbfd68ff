"""Streamlit's index page in Chinese, wherever it is served."""

import re
from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import __version__

STREAMLITS_OWN = frozenset({"_stcore", "media", "component", "static", "app", "guatu"})
"""The folders of addresses that are not pages."""

SCRIPTS = ("zh.js", "meeting.js")
"""Our own scripts, in this order."""


class ChineseIndex:
    """Turns Streamlit's index page into a Chinese one, wherever it is served."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold back an HTML answer until it is whole, then send it in Chinese."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            return await self.app(scope, receive, send)
        start: MutableMapping[str, Any] = {}
        body = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_html(message):
                start.update(message)
            elif not start:  # a file
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await _answer(scope, start, bytes(body), receive, send)

        return await self.app(_plain(scope), receive, hold)


def _is_html(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


def _is_nested(path: str) -> bool:
    """Whether an address lies below a page; pages have none below them."""
    first, _, rest = path.strip("/").partition("/")
    return bool(rest) and first not in STREAMLITS_OWN


def _plain(scope: Scope) -> Scope:
    """The same request for an answer that is neither compressed, partial nor “not modified”."""
    drop = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in drop]}


async def _answer(
    scope: Scope, start: MutableMapping[str, Any], body: bytes, receive: Receive, send: Send
) -> None:
    headers = MutableHeaders(scope=start)
    if b'<div id="root">' in body:
        if _is_nested(scope["path"]):  # there the page would look for its scripts in vain
            await RedirectResponse("/", 307)(scope, receive, send)
            return
        body = in_chinese(body)
        headers["content-length"] = str(len(body))
        for name in ("etag", "last-modified"):
            del headers[name]
    await send(start)
    await send({"type": "http.response.body", "body": body})


@lru_cache(maxsize=2)
def in_chinese(page: bytes) -> bytes:
    """Streamlit's index page with our language, title, sign and script, and without its font."""
    text = page.decode()
    text = text.replace('<html lang="en">', '<html lang="zh-CN">')
    text = text.replace("<title>Streamlit</title>", "<title>挂图</title>")
    text = text.replace("./favicon.png", "./guatu/favicon.png")
    text = re.sub(r'<link\s+rel="preload"[^>]*as="font"[^>]*>', "", text)
    text = re.sub(r'<link rel="service-desc"[^>]*>', "", text)
    text = re.sub(r"<noscript>.*?</noscript>", _NO_SCRIPT, text, flags=re.DOTALL)
    # Before Streamlit's own scripts: they read the browser's language once.
    scripts = "".join(f'<script src="./guatu/{each}?{__version__}"></script>' for each in SCRIPTS)
    first = '<meta charset="UTF-8" />'
    return text.replace(first, f"{first}{scripts}", 1).encode()


_NO_SCRIPT = "<noscript><p>请在浏览器中允许运行脚本，再打开挂图。</p></noscript>"
