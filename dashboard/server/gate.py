"""Who may pass: every HTTP request and every websocket is asked for its log-in before Streamlit.

Without accounts (单机模式) everything passes. What passes carries its viewer in
`request.state.viewer`; pages ask the database anew at every run, so a page never trusts the gate.
"""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access.asking import refusal
from dashboard.access.audit import Event, append
from dashboard.access.viewer import Viewer, hash_of
from dashboard.ledgers.database import writing
from dashboard.ledgers.terms import AccountRole
from dashboard.server.index import STREAMLITS_OWN
from dashboard.server.keeper import Keeper, token_of
from dashboard.server.live import ENDED, NO_TOKEN, Connection
from dashboard.server.messages import is_wall, said_by
from dashboard.server.rendering import Rendering
from dashboard.widgets.menu import PAGES, home_of, is_open

IDENTITY = b"x-guatu-sign-in"
"""Streamlit resumes a session only for the identity that began it (.streamlit/config.toml)."""
OPEN = frozenset({"/login", "/healthz", "/_stcore/health", "/_stcore/host-config"})
"""Open to all. The last two are what a page asks before it connects and learns of its end."""
OPEN_FOLDERS = ("/guatu/", "/static/")
"""Our own and Streamlit's scripts, signs and styles, which are the same for everybody."""
UNUSED = ("/_stcore/metrics", "/_stcore/agent/", "/auth/")
"""Streamlit's own services that no page of ours needs: its counters, its robots, its log-in."""
WHILE_CHANGING = frozenset({"/password", "/logout"})
"""What stands open to somebody who must first change the start password."""
PROXY_HEADERS = frozenset(
    {b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto"}
    | {b"x-real-ip"}
)


EXPOSED = "还没有账号，只能在本机直接使用，不能经过代理服务器。"


class Gate:
    """Middleware: lets pass, leads to the log-in page, or refuses."""

    def __init__(self, app: ASGIApp, keeper: Keeper, rendering: Rendering) -> None:
        self.app, self.keeper, self.rendering = app, keeper, rendering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge HTTP and websocket; everything else passes."""
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        # Only the gate says who somebody is.
        headers = [pair for pair in scope["headers"] if pair[0].lower() != IDENTITY]
        scope = {**scope, "headers": headers, "state": dict(scope.get("state", {}))}
        if scope["type"] == "websocket":
            return await self._websocket(scope, receive, send)
        if not is_public(scope["path"]):
            refusal = await self._judge(Request(scope))
            if refusal is not None:
                return await refusal(scope, receive, send)
        return await self.app(scope, receive, send)

    async def _judge(self, request: Request) -> Response | None:
        """What to answer instead of the page; None lets the request pass."""
        token = token_of(request)
        path = request.url.path
        look = await self.keeper.look(token, active=is_use(path), on_wall=is_wall(path))
        if look.viewer is None:
            return await self._send_to_log_in(request, token if look.ended_by else None)
        request.state.viewer = look.viewer
        if is_exposed(look.viewer, request.scope):
            return self._refuse(request, EXPOSED)
        if look.viewer.must_change and request.url.path not in WHILE_CHANGING:
            return self._lead(request, "/password", HTTPStatus.FORBIDDEN, "请先修改初始口令")
        if request.url.path.startswith(UNUSED):
            return PlainTextResponse("没有这个地址", HTTPStatus.NOT_FOUND)
        return await self._judge_page(request, look.viewer)

    async def _send_to_log_in(self, request: Request, ended: str | None) -> Response:
        if ended and not is_document(request):
            await self.keeper.told_refused(ended, request.url.path)
        return self._lead(request, "/login", HTTPStatus.UNAUTHORIZED, "请先登录")

    def _lead(self, request: Request, to: str, status: HTTPStatus, why: str) -> Response:
        """A document goes elsewhere and comes back later; what a script asks for is refused."""
        if not is_document(request):
            return PlainTextResponse(why, status, headers={"Cache-Control": "no-store"})
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{to}?next={quote(wanted, safe='/')}", HTTPStatus.SEE_OTHER)

    async def _judge_page(self, request: Request, viewer: Viewer) -> Response | None:
        page = PAGES.get(request.url.path.strip("/"))
        if page is not None and page.name == home_of(viewer):
            # Streamlit knows its first page by no address but the root.
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"/{query}", HTTPStatus.TEMPORARY_REDIRECT)
        if page is None or is_open(viewer, page):
            return None
        event = refusal(f"打开“{page.title}”", f"{viewer.role.label}没有这个页面")
        await run_in_threadpool(self._record, viewer, event)
        return self._refuse(request, f"“{page.title}”不在您的账号可以查看的范围内。", viewer)

    def _record(self, viewer: Viewer, event: Event) -> None:
        with writing(self.keeper.engine) as connection:
            append(connection, viewer, event, at=self.keeper.clock.now())

    def _refuse(self, request: Request, why: str, viewer: Viewer | None = None) -> Response:
        content = {"why": why, "viewer": viewer}
        return self.rendering.page(request, "refused.html", content, HTTPStatus.FORBIDDEN)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = token_of(HTTPConnection(scope))
        # The page behind it may be the wall; its first message tells.
        look = await self.keeper.look(token, active=False, on_wall=True)
        viewer = look.viewer
        if viewer is None or viewer.must_change or is_exposed(viewer, scope):
            if token and look.ended_by:
                await self.keeper.told_refused(token, scope["path"])
            await receive()
            return await send({"type": "websocket.close", "code": ENDED})  # before accepting: a 403
        scope["state"]["viewer"] = viewer
        if viewer.sign_in is not None:
            scope["headers"].append((IDENTITY, str(viewer.sign_in).encode()))
        connection = Connection(NO_TOKEN if viewer.sign_in is None else hash_of(token or ""), send)
        self.keeper.live.enter(connection)
        try:
            await self.app(scope, partial(self._hear, token, connection, receive), connection.send)
        finally:
            self.keeper.live.leave(connection)

    async def _hear(self, token: str | None, connection: Connection, receive: Receive) -> Message:
        """The page's next message, unless the log-in has ended meanwhile."""
        message = await receive()
        if message["type"] == "websocket.receive" and message.get("bytes") is None:
            # A text, which no page sends and Streamlit cannot take.
            await connection.close()
            return {"type": "websocket.disconnect", "code": ENDED}
        said = said_by(message)
        if said is None:
            return message
        if said.on_wall is not None:
            connection.on_wall = said.on_wall
        on_wall = connection.on_wall is not False
        is_use = said.is_use or said.on_wall is True
        look = await self.keeper.look(token, active=is_use, on_wall=on_wall)
        began_local = connection.token_hash == NO_TOKEN
        if look.viewer is not None and (look.viewer.sign_in is None) == began_local:
            return message
        if token and look.ended_by:
            await self.keeper.told_refused(token, "继续操作已打开的页面")
        await connection.close()
        return {"type": "websocket.disconnect", "code": ENDED}


def is_public(path: str) -> bool:
    """Whether an address is open without a log-in."""
    return path in OPEN or (path.startswith(OPEN_FOLDERS) and ".." not in path)


def is_use(path: str) -> bool:
    """Whether asking for this address is a person's doing: pages, files and forms are."""
    return path.strip("/").partition("/")[0] not in STREAMLITS_OWN


def is_document(request: Request) -> bool:
    """Whether a browser asks for a page to show."""
    asked = request.headers.get("accept", "")
    return request.method in ("GET", "HEAD") and "text/html" in asked


def is_exposed(viewer: Viewer, scope: Mapping[str, object]) -> bool:
    """Whether a proxy would lend somebody elsewhere the rights of the office computer."""
    if viewer.role is not AccountRole.LOCAL:
        return False
    names = {name.encode() for name in Headers(scope=dict(scope))}
    return bool(names & PROXY_HEADERS)
