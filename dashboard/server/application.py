"""The ASGI application: routes and layers of our own around Streamlit."""

import asyncio
import gc
import importlib
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard import __version__
from dashboard.server.guard import LOOPBACK_NAMES, Guard
from dashboard.server.index import ChineseIndex
from dashboard.settings import Settings

DASHBOARD = Path(__file__).resolve().parent.parent
OWN_FILES = {"zh.js": "text/javascript", "favicon.png": "image/png"}
log = logging.getLogger("guatu")


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
        DASHBOARD / "app.py",
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
    return FileResponse(DASHBOARD / "static" / name, media_type=kind, headers=fresh)


def show_error_id(error: Exception) -> bool:
    """An id on the screen and, with the traceback, in the log; nothing else is shown."""
    number = secrets.token_hex(4)
    log.error("错误编号 %s", number, exc_info=error)
    st.error(f"这一页没能显示完整。错误编号：{number}。请记下编号，与系统管理员联系。")
    return True
