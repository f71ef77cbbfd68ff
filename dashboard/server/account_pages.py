"""The pages of one's own account: 我的账号 and 修改口令."""

import re
from http import HTTPStatus
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.access import sign_ins
from dashboard.access.rights import ForbiddenError
from dashboard.access.sign_ins import DeniedError
from dashboard.server.browsers import name_of
from dashboard.server.door_pages import STALE
from dashboard.server.keeper import Keeper
from dashboard.server.rendering import Rendering, local_path, posted, see


class AccountPages:
    """/account and /password. The gate lets nobody in who is not logged in."""

    def __init__(self, keeper: Keeper, rendering: Rendering) -> None:
        self.keeper, self.rendering = keeper, rendering

    def routes(self) -> list[Route]:
        """The addresses of these pages."""
        return [
            Route("/account", self.show_account, methods=["GET"]),
            Route("/account", self.end_sign_in, methods=["POST"]),
            Route("/password", self.show_password, methods=["GET"]),
            Route("/password", self.change_password, methods=["POST"]),
        ]

    async def show_account(self, request: Request) -> Response:
        """Who one is, and where else one is logged in."""
        if request.state.viewer.sign_in is None:
            return see("/")
        done = {"password": "口令已修改。", "ended": "已结束该处登录。"}
        return await self._account(request, done=done.get(request.query_params.get("done", "")))

    async def _account(
        self,
        request: Request,
        status: HTTPStatus = HTTPStatus.OK,
        *,
        done: str | None = None,
        message: str | None = None,
    ) -> Response:
        keeper, viewer = self.keeper, request.state.viewer
        rows = await run_in_threadpool(
            sign_ins.others, keeper.engine, viewer, keeper.rules, keeper.clock.now()
        )
        content = {
            "viewer": viewer,
            "sign_ins": [(each, name_of(each.browser)) for each in rows],
            "done": done,
            "message": message,
        }
        return self.rendering.page(request, "account.html", content, status)

    async def end_sign_in(self, request: Request) -> Response:
        """End one of the log-ins listed; its pages close at once."""
        fields = await posted(request)
        if fields is None:
            return await self._account(request, HTTPStatus.FORBIDDEN, message=STALE)
        keeper, which = self.keeper, fields.get("sign_in", "")
        if re.fullmatch(r"[0-9]{1,9}", which):
            now = keeper.clock.now()
            try:
                await run_in_threadpool(
                    sign_ins.end_one, keeper.engine, request.state.viewer, int(which), now
                )
            except ForbiddenError as forbidden:
                return await self._account(request, HTTPStatus.FORBIDDEN, message=str(forbidden))
            await keeper.sweep()
        return see("/account?done=ended")

    async def show_password(self, request: Request) -> Response:
        """The form for a new password."""
        if request.state.viewer.sign_in is None:
            return see("/")
        return self._password(request, local_path(request.query_params.get("next")))

    def _password(
        self,
        request: Request,
        wanted: str,
        status: HTTPStatus = HTTPStatus.OK,
        message: str | None = None,
    ) -> Response:
        content: dict[str, Any] = {
            "viewer": request.state.viewer,
            "next": wanted,
            "message": message,
        }
        return self.rendering.page(request, "password.html", content, status)

    async def change_password(self, request: Request) -> Response:
        """A new password; every other log-in of the account ends."""
        fields = await posted(request)
        if fields is None:
            return self._password(request, "/", HTTPStatus.FORBIDDEN, STALE)
        wanted, must = local_path(fields.get("next")), request.state.viewer.must_change
        old, new, again = (fields.get(name, "") for name in ("old", "new", "again"))
        try:
            await self._change(request, old, new, again)
        except DeniedError as denied:
            return self._password(request, wanted, HTTPStatus.UNPROCESSABLE_ENTITY, str(denied))
        await self.keeper.sweep()
        return see(wanted if must else "/account?done=password")

    async def _change(self, request: Request, old: str, new: str, again: str) -> None:
        if not old or not new:
            raise DeniedError("请填写原口令和新口令。")
        if new != again:
            raise DeniedError("两次填写的新口令不一致。")
        keeper, viewer = self.keeper, request.state.viewer
        await keeper.hashing(
            lambda: sign_ins.change_password(
                keeper.engine, viewer, old, new, keeper.rules, keeper.clock.now()
            )
        )
