"""The pages at the door: log in and log out."""

from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.access import sign_ins
from dashboard.access.sign_ins import DeniedError, Ending, Origin
from dashboard.access.viewer import COOKIE
from dashboard.server.browsers import complaint
from dashboard.server.keeper import Keeper, token_of
from dashboard.server.rendering import (
    FORM_COOKIE,
    Rendering,
    local_path,
    new_token,
    posted,
    see,
    set_cookie,
)

STALE = "页面放置过久，请重新提交。"
AGAIN = "请重新登录"
_CURES = {
    Ending.DISABLED.value: "请联系系统管理员",
    Ending.RESET.value: "请向系统管理员领取新的初始口令",
}
"""What helps where logging in again does not."""


class DoorPages:
    """/login and /logout, and /guatu/standing for pages that have lost their connection."""

    def __init__(self, keeper: Keeper, rendering: Rendering) -> None:
        self.keeper, self.rendering = keeper, rendering

    def routes(self) -> list[Route]:
        """The addresses of these pages."""
        return [
            Route("/login", self.show_login, methods=["GET"]),
            Route("/login", self.log_in, methods=["POST"]),
            Route("/logout", self.show_logout, methods=["GET"]),
            Route("/logout", self.log_out, methods=["POST"]),
        ]

    async def show_login(self, request: Request) -> Response:
        """The form; whoever is logged in already is led on."""
        wanted = local_path(request.query_params.get("next"))
        look = await self.keeper.look(token_of(request), active=False)
        if look.viewer is not None:
            return see(wanted)
        message = (
            f"{look.ended_by}，{_CURES.get(look.ended_by, AGAIN)}。" if look.ended_by else None
        )
        return self._form(request, wanted, message=message)

    def _form(
        self,
        request: Request,
        wanted: str,
        status: HTTPStatus = HTTPStatus.OK,
        *,
        name: str = "",
        message: str | None = None,
    ) -> Response:
        content = {
            "next": wanted,
            "name": name,
            "message": message,
            "complaint": complaint(request.headers.get("user-agent")),
        }
        return self.rendering.page(request, "login.html", content, status)

    async def log_in(self, request: Request) -> Response:
        """A new log-in with a new token, and on to the address wanted at first."""
        fields = await posted(request)
        if fields is None:
            wanted = local_path(request.query_params.get("next"))
            return self._form(request, wanted, HTTPStatus.FORBIDDEN, message=STALE)
        wanted, name = local_path(fields.get("next")), fields.get("name", "").strip()
        try:
            token = await self._token(request, name, fields.get("password", ""))
        except DeniedError as denied:
            status = HTTPStatus.UNAUTHORIZED
            return self._form(request, wanted, status, name=name, message=str(denied))
        await self.keeper.sweep()  # pages still open under the browser's former log-in
        answer = see(wanted)
        set_cookie(answer, request, COOKIE, token)
        set_cookie(answer, request, FORM_COOKIE, new_token(), same_site="strict")
        return answer

    async def _token(self, request: Request, name: str, password: str) -> str:
        """Where a name and a password become a log-in: the one call of `sign_ins.log_in`.

        An outside identity provider comes in beside it: a route that ends in such a token, for
        which `sign_ins` makes the log-in; cookie, gate and pages stay as they are.
        """
        if not name or not password:
            raise DeniedError("请填写账号和口令。")
        keeper, former = self.keeper, token_of(request)
        origin = Origin(address_of(request), request.headers.get("user-agent"))
        return await keeper.hashing(
            lambda: sign_ins.log_in(
                keeper.engine,
                name,
                password,
                origin,
                keeper.rules,
                keeper.clock.now(),
                former=former,
            )
        )

    async def show_logout(self, request: Request) -> Response:
        """Ask first: an address alone changes nothing."""
        if request.state.viewer.sign_in is None:
            return see("/")
        return self.rendering.page(request, "logout.html", {"viewer": request.state.viewer})

    async def log_out(self, request: Request) -> Response:
        """End the log-in and every page open under it."""
        if await posted(request) is None:
            content = {"viewer": request.state.viewer, "message": STALE}
            return self.rendering.page(request, "logout.html", content, HTTPStatus.FORBIDDEN)
        keeper, token = self.keeper, token_of(request)
        if token:
            now = keeper.clock.now()
            await run_in_threadpool(sign_ins.log_out, keeper.engine, token, now)
            await keeper.sweep()
        answer = see("/login")
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        return answer


def address_of(request: Request) -> str:
    """From where a request comes, as the trusted proxy says where there is one."""
    return request.client.host if request.client else "未知"
