"""Files asked for by their addresses without a server, and what the audit says of it."""

import asyncio
from collections.abc import Callable, Sequence

import httpx
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from dashboard.access.audit import Filter, Recorded, events
from dashboard.access.viewer import Viewer

Ask = Callable[[Viewer | None, str], httpx.Response]


def asking(routes: Sequence[Route]) -> Ask:
    """Asks for an address as somebody; as nobody where the viewer is None."""
    app = Starlette(routes=routes)

    async def get(viewer: Viewer | None, address: str) -> httpx.Response:
        async def as_viewer(scope: Scope, receive: Receive, send: Send) -> None:
            # Stands where the gate stands: says who asks.
            state = {} if viewer is None else {"viewer": viewer}
            await app({**scope, "state": state}, receive, send)

        transport = httpx.ASGITransport(as_viewer)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
            return await browser.get(address)

    return lambda viewer, address: asyncio.run(get(viewer, address))


def last_event(engine: Engine) -> Recorded:
    """The newest event on record."""
    return events(engine, Filter(), limit=1).rows[0]
