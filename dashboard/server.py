"""The ASGI front: who may call, the Chinese index page, health, and the tuned start.

Streamlit's own launchers bind the socket in a way that costs 40 ms a rerun, so uvicorn is
started here. Nothing in this process asks another host for anything.
"""

import asyncio
import gc
import importlib
import ipaddress
import logging
import re
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import __version__
from dashboard.settings import Settings

HERE = Path(__file__).resolve().parent
LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
OWN_FILES = {"zh.js": "text/javascript", "favicon.png": "image/png"}
STREAMLITS_OWN = frozenset({"_stcore", "media", "component", "static", "app", "guatu"})
"""The folders of addresses that are not pages."""
UPLOAD_BYTES = 200 * 1024 * 1024
log = logging.getLogger("guatu")


class AddressError(Exception):
    """The server cannot listen there; the text is Chinese and meant for the office."""


def check_address(host: str, port: int) -> None:
    """Raise AddressError unless host is this computer alone and port is free."""
    if not _is_loopback(host):
        raise AddressError(
            f"不能在 {host} 上启动：目前没有账号和口令，只能在本机使用。\n"
            "请把 server.host 改为 127.0.0.1，或去掉 --host。"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # there the option would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise AddressError(
                f"端口 {port} 不能用，可能挂图已经启动，或被其他程序占用。\n"
                f"请先打开 {address(host, port)} 看一看，"
                f"或换一个端口：guatu serve --port {port % 65535 + 1}"
            ) from None


def address(host: str, port: int) -> str:
    """What a person types into the browser."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(settings: Settings, database_state: Callable[[], str]) -> None:
    """Serve until interrupted; returns normally on SIGINT and SIGTERM."""
    host, port = settings.server.host, settings.server.port
    check_address(host, port)
    _log_to_stderr()
    for number in (signal.SIGINT, signal.SIGTERM):
        # uvicorn raises the signal once more after it has shut down; that is not a failure.
        signal.signal(number, lambda *_: None)
    _Announcing(tuned(create_app(settings, database_state), host, port)).run()


def tuned(app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    """The measured way to run a Streamlit application: small answers leave at once."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        ws="websockets-sansio",
        ws_max_size=UPLOAD_BYTES,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        ws_per_message_deflate=False,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        log_config=None,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )


class _Announcing(uvicorn.Server):
    """A server that says in Chinese where it is once it listens."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            where = address(self.config.host, self.config.port)
            sys.stderr.write(f"挂图已启动：{where} （按 Ctrl+C 停止）\n")
            sys.stderr.flush()


def create_app(settings: Settings, database_state: Callable[[], str]) -> st.App:
    """The whole ASGI application; `database_state` answers “ok” or what is wrong."""

    async def health(_: Request) -> JSONResponse:
        state = await run_in_threadpool(database_state)
        return JSONResponse(
            {"version": __version__, "database": state},
            status_code=200 if state == "ok" else 503,
            headers={"Cache-Control": "no-store"},
        )

    return st.App(
        HERE / "app.py",
        lifespan=lifespan,
        routes=[Route("/healthz", health), Route("/guatu/{name}", _own_file)],
        middleware=[
            Middleware(Guard, names=LOOPBACK_NAMES | set(settings.server.allowed_hosts)),
            Middleware(ChineseIndex),
        ],
        on_script_error=show_error_id,
    )


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Before the first visitor: import what pages need and keep it out of garbage collection."""
    await asyncio.to_thread(_warm_up)
    gc.collect()
    gc.freeze()
    yield


def _warm_up() -> None:
    """Import what every page needs, so that the first visitor does not wait for it."""
    for name in ("altair", "pandas", "pyarrow", "pydeck", "sqlmodel"):
        importlib.import_module(name)


async def _own_file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in OWN_FILES:
        return PlainTextResponse("没有这个文件", 404)
    # Named kinds: a Windows registry may call scripts plain text, which “nosniff” then blocks.
    kind, fresh = OWN_FILES[name], {"Cache-Control": "no-cache"}
    return FileResponse(HERE / "static" / name, media_type=kind, headers=fresh)


def show_error_id(error: Exception) -> bool:
    """An id on the screen and, with the traceback, in the log; nothing else is shown."""
    number = secrets.token_hex(4)
    log.error("错误编号 %s", number, exc_info=error)
    st.error(f"这一页没能显示完整。错误编号：{number}。请记下编号，与系统管理员联系。")
    return True


def _log_to_stderr() -> None:
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s"
    )
    # Filters, because Streamlit sets the levels of these loggers anew when it starts.
    for name in ("uvicorn.access", "uvicorn.error"):
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.WARNING)
    # Streamlit logs each traceback once more, without the id.
    logging.getLogger("streamlit.error_util").addFilter(
        lambda record: record.msg != "Uncaught app execution"
    )


class Guard:
    """Lets in only known host names and pages of our own, and sets the security headers.

    A page of another origin must not reach a server on this computer (DNS rebinding), and
    Streamlit would ask the internet for its own address to judge a foreign Origin.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self.app = app
        self.names = {name.lower() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403, on HTTP and websocket alike, or pass on."""
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self.admits(host, headers.get("origin")):
            return await _refuse(scope, receive, send)

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                _secure(MutableHeaders(scope=message), host)
            await send(message)

        return await self.app(scope, receive, send_secured)

    def admits(self, host: str, origin: str | None) -> bool:
        """Whether the Host header is a known name and the Origin, if any, is the same."""
        known = re.sub(r":\d+$", "", host).lower() in self.names
        return known and (origin is None or urlsplit(origin).netloc.lower() == host.lower())


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})  # before accepting: a 403
        return
    text = "不接受从这个地址访问。允许的主机名写在 config.toml 的 server.allowed_hosts 中。"
    await PlainTextResponse(text, 403)(scope, receive, send)


def _secure(headers: MutableHeaders, host: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "SAMEORIGIN"
    headers["Referrer-Policy"] = "same-origin"
    # Charts compile their expressions, hence unsafe-eval; the browser itself now keeps every
    # request on this server. Older browsers do not count ws: as 'self'.
    headers["Content-Security-Policy"] = (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self' ws://{host} wss://{host} data: blob:; worker-src 'self' blob:; "
        "frame-src 'self' data: blob:; frame-ancestors 'self'; object-src 'none'; base-uri 'self'"
    )


class ChineseIndex:
    """Turns Streamlit's index page into a Chinese one, wherever it is served."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold back an HTML answer until it is whole, then send it in Chinese."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            return await self.app(scope, receive, send)
        if _is_nested(scope["path"]):  # there the page would look for its scripts in vain
            return await RedirectResponse("/", 307)(scope, receive, send)
        start: MutableMapping[str, Any] = {}
        body = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await _send_whole(start, bytes(body), send)

        return await self.app(_plain(scope), receive, hold)


def _is_nested(path: str) -> bool:
    """Whether an address lies below a page; pages have none below them."""
    first, _, rest = path.strip("/").partition("/")
    return bool(rest) and first not in STREAMLITS_OWN


def _plain(scope: Scope) -> Scope:
    """The same request for an answer that is neither compressed, partial nor “not modified”."""
    drop = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in drop]}


async def _send_whole(
    start: MutableMapping[str, Any], body: bytes, send: Callable[[Message], Awaitable[None]]
) -> None:
    headers = MutableHeaders(scope=start)
    if headers.get("content-type", "").startswith("text/html") and b'<div id="root">' in body:
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
    script = f'<script src="./guatu/zh.js?{__version__}"></script>'
    return text.replace('<meta charset="UTF-8" />', f'<meta charset="UTF-8" />{script}', 1).encode()


_NO_SCRIPT = "<noscript><p>请在浏览器中允许运行脚本，再打开挂图。</p></noscript>"
