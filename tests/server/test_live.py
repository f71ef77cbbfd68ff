"""Closing the pages of a log-in, whatever state their connections are in."""

import asyncio

import pytest
from starlette.types import Message

from dashboard.server import live
from dashboard.server.live import ENDED, Connection, Live


def test_a_connection_that_is_gone_or_stuck_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live, "CLOSE_SECONDS", 0.01)
    sent: list[Message] = []

    async def gone(message: Message) -> None:
        raise OSError("the client has disconnected")

    async def stuck(message: Message) -> None:
        await asyncio.Event().wait()

    async def well(message: Message) -> None:
        sent.append(message)

    async def close_all() -> None:
        held = Live()
        for send in (gone, stuck, well):
            held.enter(Connection("a", send))
        held.enter(Connection("b", stuck))
        await held.close(("a", "nobody's"))

    asyncio.run(close_all())
    assert sent == [{"type": "websocket.close", "code": ENDED}]


def test_nothing_is_sent_after_the_close() -> None:
    sent: list[str] = []

    async def send(message: Message) -> None:
        sent.append(message["type"])

    async def talk() -> None:
        connection = Connection("a", send)
        await connection.send({"type": "websocket.accept"})
        await connection.close()
        await connection.send({"type": "websocket.send", "bytes": b"x"})
        await connection.close()

    asyncio.run(talk())
    assert sent == ["websocket.accept", "websocket.close"]


def test_only_log_ins_with_open_pages_are_asked_for() -> None:
    async def send(message: Message) -> None:
        """Nobody listens."""

    held = Live()
    one, two = Connection("a", send), Connection("a", send)
    held.enter(one)
    held.enter(two)
    held.leave(one)
    assert held.hashes() == {"a"}
    held.leave(two)
    assert held.hashes() == frozenset()
