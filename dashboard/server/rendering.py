"""Our own pages: plain HTML without any script, and the forms on them."""

import hmac
import re
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dashboard import __version__, wording
from dashboard.settings import Settings

FORM_COOKIE = "guatu_form"
"""The browser's half of a form's proof; the other half stands in the form."""
FORM_BYTES = 16 * 1024
_MOST_FIELDS = 20
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
}
_TOKEN = re.compile(r"[\w-]{32}")
_TEMPLATES = Path(__file__).resolve().parent / "templates"


class Rendering:
    """Fills the templates with the office's name and each form with its proof."""

    def __init__(self, settings: Settings) -> None:
        self._templates = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True)
        self._templates.filters["moment"] = wording.moment
        self._templates.globals.update(
            office=settings.office.name, title=settings.office.title, version=__version__
        )

    def page(
        self,
        request: Request,
        template: str,
        content: Mapping[str, Any],
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Response:
        """A page of our own; the browser keeps the token that its forms must bring back."""
        token = _held_token(request) or new_token()
        text = self._templates.get_template(template).render(form_token=token, **content)
        response = HTMLResponse(text, status, headers=HEADERS)
        set_cookie(response, request, FORM_COOKIE, token, same_site="strict")
        return response


def new_token() -> str:
    """A form's proof."""
    return secrets.token_urlsafe(24)


def _held_token(request: Request) -> str | None:
    found = request.cookies.get(FORM_COOKIE, "")
    return found if _TOKEN.fullmatch(found) else None


def set_cookie(
    response: Response, request: Request, name: str, value: str, *, same_site: Any = "lax"
) -> None:
    """A cookie that no script reads, sent back over HTTPS alone where it came that way."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, httponly=True, samesite=same_site, secure=secure, path="/")


async def posted(request: Request) -> Mapping[str, str] | None:
    """The fields of a form of ours; None where another page, or nobody's, sent it.

    The token in the form must be the one in the cookie, which other origins can neither read nor
    set; the guard has refused a foreign Origin before.
    """
    if not _is_form(request):
        return None
    try:
        form = await request.form(max_fields=_MOST_FIELDS)
    except HTTPException:  # more fields than any form of ours has
        return None
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    held = _held_token(request)
    genuine = held is not None and hmac.compare_digest(held, _ascii(fields.get("form_token", "")))
    return fields if genuine else None


def _is_form(request: Request) -> bool:
    """Whether it is what a form of ours sends; other kinds name an encoding of their own."""
    length = request.headers.get("content-length", "")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    short = re.fullmatch(r"[0-9]{1,9}", length) is not None and int(length) <= FORM_BYTES
    return short and kind == "application/x-www-form-urlencoded"


def _ascii(text: str) -> str:
    return text.encode("ascii", "replace").decode()


def local_path(wanted: str | None) -> str:
    """An address on this server, as `next` may name one; the first page for anything else."""
    wanted = wanted or "/"
    # Browsers drop control characters and take a backslash for a slash: /\t/evil is //evil.
    plain = wanted.isprintable() and "\\" not in wanted and len(wanted) <= 2000
    if not plain or not wanted.startswith("/") or wanted.startswith("//"):
        return "/"
    parts = urlsplit(wanted)
    door = parts.path.rstrip("/") in ("/login", "/logout")
    return "/" if parts.scheme or parts.netloc or door else wanted


def see(path: str) -> Response:
    """Lead the browser on after a form."""
    return RedirectResponse(path, HTTPStatus.SEE_OTHER, headers={"Cache-Control": "no-store"})
