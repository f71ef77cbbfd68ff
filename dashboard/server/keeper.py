"""What the gate, its pages and the watcher share: who is logged in, and which pages are live."""

import asyncio
import logging
import re
from collections.abc import Callable
from itertools import count
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from dashboard.access import sign_ins
from dashboard.access.attempts import Rules
from dashboard.access.lasting import Ended, Look, end_over, ended, look
from dashboard.access.viewer import COOKIE, LOCAL, needs_log_in
from dashboard.rules.calendar import Clock
from dashboard.server.live import NO_TOKEN, Live

P = ParamSpec("P")
R = TypeVar("R")
WATCH_SECONDS = 1.0
"""How soon a live page learns that its log-in was ended elsewhere."""
_SWEEPS_TO_AN_END = 60
"""Log-ins of browsers that were closed are ended once in so many sweeps."""
_HASHES_AT_ONCE = 4
"""A password's hash takes 64 MB by design; a flood of tries must not take them all at once."""
_TOKEN = re.compile(r"[\w-]{1,100}", re.ASCII)
log = logging.getLogger("guatu")


def token_of(connection: HTTPConnection) -> str | None:
    """The log-in's token in the browser's cookie, where it can be one."""
    found = connection.cookies.get(COOKIE, "")
    return found if _TOKEN.fullmatch(found) else None


class Keeper:
    """Asks the database on behalf of the event loop; `live` holds the websockets of pages."""

    def __init__(self, engine: Engine, rules: Rules, clock: Clock) -> None:
        self.engine, self.rules, self.clock = engine, rules, clock
        self.live = Live()
        self._hashing = CapacityLimiter(_HASHES_AT_ONCE)
        self._has_accounts = False

    async def look(self, token: str | None, *, active: bool, on_wall: bool = False) -> Look:
        """Who stands behind a token now; `active` says that a person did something."""
        return await run_in_threadpool(self._look, token, active=active, on_wall=on_wall)

    def _look(self, token: str | None, *, active: bool, on_wall: bool) -> Look:
        if not self._needs_log_in():
            return Look(LOCAL, None)
        now = self.clock.now()
        return look(self.engine, token, self.rules, now, active=active, on_wall=on_wall)

    def _needs_log_in(self) -> bool:
        # Accounts are disabled and never deleted: once there are some, there always are.
        self._has_accounts = self._has_accounts or needs_log_in(self.engine)
        return self._has_accounts

    async def hashing(self, work: Callable[[], R]) -> R:
        """Run what hashes passwords in a thread, few at a time."""
        return await to_thread.run_sync(work, limiter=self._hashing)

    async def told_refused(self, token: str, what: str) -> None:
        """Put on record that somebody goes on asking with an ended log-in."""
        await run_in_threadpool(sign_ins.refused, self.engine, token, self.clock.now(), what)

    async def sweep(self) -> None:
        """Close the live pages of log-ins that are over by now; where one rests, all but walls."""
        held = self.live.hashes()
        if held:
            found = await run_in_threadpool(self._ended, held)
            await self.live.close(found.over, but_walls=found.resting)

    def _ended(self, held: frozenset[str]) -> Ended:
        local = frozenset({NO_TOKEN} if NO_TOKEN in held and self._needs_log_in() else ())
        tokens = held - {NO_TOKEN}
        if not tokens:
            return Ended(local, frozenset())
        found = ended(self.engine, tokens, self.rules, self.clock.now())
        return Ended(found.over | local, found.resting)

    def _end_over(self) -> None:
        end_over(self.engine, self.rules, self.clock.now())

    async def watch(self) -> None:
        """Sweep for as long as the server runs, whatever ends the log-ins."""
        for tick in count(1):
            await asyncio.sleep(WATCH_SECONDS)
            try:
                await self.sweep()
                if tick % _SWEEPS_TO_AN_END == 0:
                    await run_in_threadpool(self._end_over)
            except Exception:  # whatever it is, the watch goes on
                log.exception("the live pages could not be checked")
