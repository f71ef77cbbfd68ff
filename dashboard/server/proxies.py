"""What a reverse proxy says of the browser behind it, believed of the configured ones alone."""

from collections.abc import Sequence
from typing import Any, cast

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from dashboard.server.addresses import is_loopback


class Proxies:
    """Outermost middleware: takes a trusted proxy's word for address and scheme.

    `alone` shuts out everybody who comes past the proxy: the way to this server is not encrypted.
    """

    def __init__(self, app: ASGIApp, trusted: Sequence[str], *, alone: bool) -> None:
        self.app = app
        self._believing = ProxyHeadersMiddleware(cast("Any", app), list(trusted))
        self._alone = alone

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to strangers, or pass on."""
        if scope["type"] in ("http", "websocket") and self._alone and not self._admits(scope):
            return await refuse(scope, receive, send, "请从本单位公布的网址访问。")
        return await cast("ASGIApp", self._believing)(scope, receive, send)

    def _admits(self, scope: Scope) -> bool:
        peer = (scope.get("client") or ("",))[0]
        return is_loopback(peer) or peer in self._believing.trusted_hosts


async def refuse(scope: Scope, receive: Receive, send: Send, text: str) -> None:
    """A 403, on HTTP and websocket alike."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})  # before accepting: a 403
        return
    await PlainTextResponse(text, 403)(scope, receive, send)
