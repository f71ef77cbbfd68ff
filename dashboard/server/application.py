"""The ASGI application: routes and layers of our own around Streamlit."""

import asyncio
import gc
import importlib
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit import config

from dashboard import __version__
from dashboard.access.sign_ins import rules_of
from dashboard.ledgers import database
from dashboard.rules.calendar import Clock
from dashboard.server.account_pages import AccountPages
from dashboard.server.addresses import names_of
from dashboard.server.door_pages import DoorPages
from dashboard.server.evidence_files import EvidenceFiles
from dashboard.server.files import Files
from dashboard.server.gate import Gate
from dashboard.server.guard import Guard
from dashboard.server.index import ChineseIndex
from dashboard.server.keeper import Keeper, token_of
from dashboard.server.messages import is_wall
from dashboard.server.paper_files import PaperFiles
from dashboard.server.proxies import Proxies
from dashboard.server.rendering import Rendering
from dashboard.server.sheet_files import SheetFiles
from dashboard.server.station_files import StationFiles
from dashboard.server.wall_files import WallFiles
from dashboard.settings import Settings

DASHBOARD = Path(__file__).resolve().parent.parent
OWN_FILES = {
    "zh.js": "text/javascript",
    "meeting.js": "text/javascript",
    "favicon.png": "image/png",
    "door.css": "text/css",
}
ENVELOPE_MB = 1
"""What an upload may hold beside the file itself."""
log = logging.getLogger("guatu")


def create_app(settings: Settings, engine: Engine, *, clock: Clock | None = None) -> st.App:
    """The whole ASGI application on these books; tests hand it a clock of their own."""
    keeper = Keeper(engine, rules_of(settings), clock or Clock())
    rendering = Rendering(settings)
    server = settings.server
    only_by_proxy = bool(server.trusted_proxies) and not server.certificate
    made = st.App(
        DASHBOARD / "app.py",
        lifespan=partial(_watched, keeper),
        routes=[
            Route("/healthz", partial(_health, engine)),
            Route("/guatu/standing", partial(_standing, keeper)),
            Route("/guatu/{name}", _own_file),
            *DoorPages(keeper, rendering).routes(),
            *AccountPages(keeper, rendering).routes(),
            *Files(engine, settings, keeper.clock).routes(),
            *EvidenceFiles(engine, settings, keeper.clock).routes(),
            *SheetFiles(engine, settings, keeper.clock).routes(),
            *StationFiles(engine, settings, keeper.clock).routes(),
            *PaperFiles(engine, settings, keeper.clock).routes(),
            *WallFiles(engine, settings, keeper.clock).routes(),
        ],
        middleware=[
            Middleware(Proxies, trusted=server.trusted_proxies, alone=only_by_proxy),
            Middleware(Guard, names=names_of(settings)),
            Middleware(Gate, keeper=keeper, rendering=rendering),
            Middleware(ChineseIndex),
        ],
        on_script_error=show_error_id,
        exception_handlers={Exception: _answer_error_id},
    )
    # Streamlit turns larger uploads away by their announced length, and counts where none is told.
    # Asked before the App is made, it would not find the configuration beside its script.
    config.set_option("server.maxUploadSize", settings.files.max_mb + ENVELOPE_MB)
    return made


async def _health(engine: Engine, _: Request) -> Response:
    state = await run_in_threadpool(database.state, engine)
    return JSONResponse(
        {"version": __version__, "database": state},
        status_code=200 if state == "ok" else 503,
        headers={"Cache-Control": "no-store"},
    )


async def _standing(keeper: Keeper, request: Request) -> Response:
    """Whether the browser's log-in still stands: asked by a page that has lost its connection."""
    on_wall = is_wall(request.query_params.get("page", ""))
    look = await keeper.look(token_of(request), active=False, on_wall=on_wall)
    stands = look.viewer is not None and not look.viewer.must_change
    return JSONResponse({"stands": stands}, headers={"Cache-Control": "no-store"})


@asynccontextmanager
async def _watched(keeper: Keeper, app: Any) -> AsyncIterator[None]:
    """`lifespan`, with a watcher over the live pages."""
    async with lifespan(app):
        watcher = asyncio.create_task(keeper.watch())
        yield
        watcher.cancel()


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


def _answer_error_id(_: Request, __: Exception) -> Response:
    """The same outside Streamlit; uvicorn logs the traceback right after the id."""
    number = secrets.token_hex(4)
    log.error("错误编号 %s", number)
    text = f"没能完成。错误编号：{number}。请记下编号，与系统管理员联系。"
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return PlainTextResponse(text, 500, headers=headers)
