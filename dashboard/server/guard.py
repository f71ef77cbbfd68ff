"""Which hosts and origins may ask at all, and the headers that every answer carries."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server.proxies import refuse

REFUSAL = "不接受从这个地址访问。允许的主机名写在 config.toml 的 server.allowed_hosts 中。"
FOREIGN = (
    "网页的地址与请求的主机名（含端口）不一致，不予接受。"
    "经过反向代理的，请核对代理是否原样转来 Host。"
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
            why = FOREIGN if self.admits(host, None) else REFUSAL
            return await refuse(scope, receive, send, why)

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                _secure(MutableHeaders(scope=message), host)
            await send(message)

        return await self.app(scope, receive, send_secured)

    def admits(self, host: str, origin: str | None) -> bool:
        """Whether the Host header is a known name and the Origin, if any, is the same."""
        known = re.sub(r":\d+$", "", host).lower() in self.names
        return known and (origin is None or _host_of(origin) == host.lower())


def _host_of(origin: str) -> str | None:
    """The host and port of an Origin; None for what is no address at all."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def _secure(headers: MutableHeaders, host: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    if "content-security-policy" in headers:  # our own pages allow themselves less
        return
    # Charts compile their expressions, hence unsafe-eval; the browser itself now keeps every
    # request on this server. Older browsers do not count ws: as 'self'.
    headers["Content-Security-Policy"] = (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self' ws://{host} wss://{host} data: blob:; worker-src 'self' blob:; "
        "frame-src 'self' data: blob:; frame-ancestors 'none'; object-src 'none'; base-uri 'self'"
    )
