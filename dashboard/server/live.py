"""The websockets of pages that are open now, by the log-in that opened them."""

import asyncio
from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress

from starlette.types import Message, Send

ENDED = 4401
"""The close code of a page whose log-in has ended; the script in the index page waits for it."""
CLOSE_SECONDS = 2.0
"""So long a close may take; the server's own ping ends what is stuck for longer."""
NO_TOKEN = ""
"""In place of a token's hash: a page opened while there were no accounts."""


class Connection:
    """One open websocket, which the server itself may close between two messages of the page."""

    def __init__(self, token_hash: str, send: Send) -> None:
        self.token_hash = token_hash
        self.is_closed = False
        self.on_wall: bool | None = None
        """Whether the page shows the wall; None until it has shown anything."""
        self._send = send

    async def send(self, message: Message) -> None:
        """Pass on what Streamlit sends; what comes after the close has nobody to go to."""
        if not self.is_closed:
            self.is_closed = message["type"] == "websocket.close"
            await self._send(message)

    async def close(self) -> None:
        """End the page; its next read is a disconnect, by which Streamlit clears up."""
        with suppress(OSError):  # it has gone by itself
            await self.send({"type": "websocket.close", "code": ENDED})


class Live:
    """All open websockets of this process. Touched by the event loop alone."""

    def __init__(self) -> None:
        self._by_hash: defaultdict[str, set[Connection]] = defaultdict(set)

    def enter(self, connection: Connection) -> None:
        """Hold a connection from its handshake on."""
        self._by_hash[connection.token_hash].add(connection)

    def leave(self, connection: Connection) -> None:
        """Let go of a connection that is over."""
        held = self._by_hash[connection.token_hash]
        held.discard(connection)
        if not held:
            del self._by_hash[connection.token_hash]

    def hashes(self) -> frozenset[str]:
        """The log-ins that have pages open."""
        return frozenset(self._by_hash)

    async def close(
        self, token_hashes: Collection[str], *, but_walls: Collection[str] = ()
    ) -> None:
        """Close every page of these log-ins; one that takes nothing any more holds up nobody.

        Of the log-ins in `but_walls` the walls stay, and what has not shown anything yet.
        """
        others = (each for each in self._of(but_walls) if each.on_wall is False)
        held = [*self._of(token_hashes), *others]
        ending = [asyncio.create_task(each.close()) for each in held]
        if ending:
            await asyncio.wait(ending, timeout=CLOSE_SECONDS)

    def _of(self, token_hashes: Collection[str]) -> list[Connection]:
        return [each for one in token_hashes for each in self._by_hash.get(one, ())]
