"""A reverse proxy's word counts only where the office has named the proxy; HTTPS of our own."""

import asyncio
import ssl
import subprocess
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.types import Message, Receive, Scope, Send

from dashboard.ledgers.database import open_books
from dashboard.ledgers.terms import AccountRole
from dashboard.server import AddressError, check_address, create_app, tuned
from dashboard.server.addresses import address, certificate_files, names_of
from dashboard.server.proxies import Proxies
from dashboard.settings import Settings, current
from tests.conftest import free_port
from tests.people import cheap_hashing
from tests.server.house import MovableClock, cookie_of, log_in, running, started

FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.9.8.7"}


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_hashing(monkeypatch)


def settings_with(**server: object) -> Settings:
    """The settings with another server section."""
    held = current()
    return held.model_copy(update={"server": held.server.model_copy(update=server)})


def test_behind_a_trusted_proxy_the_cookie_is_secure_and_the_browsers_address_is_kept() -> None:
    settings = settings_with(trusted_proxies=("127.0.0.1/32",))
    with running(MovableClock(), settings) as house:
        house.admit("bangong", AccountRole.OFFICE)
        with house.browser(**FORWARDED) as browser:
            shown = browser.get("/login")
            form_cookie = cookie_of(shown, "guatu_form")
            assert "Secure" in form_cookie
            browser.headers["Cookie"] = form_cookie.partition(";")[0]
            answer = log_in(browser, "bangong")
        assert "Secure" in cookie_of(answer)
        assert house.sign_ins() == ["10.9.8.7"]


def test_of_several_forwarded_addresses_the_last_before_the_proxy_counts() -> None:
    """Whatever the browser wrote into the header itself stands further left."""
    settings = settings_with(trusted_proxies=("127.0.0.1/32",))
    with running(MovableClock(), settings) as house:
        house.admit("bangong", AccountRole.OFFICE)
        log_in(house.browser(**{"X-Forwarded-For": "1.2.3.4, 10.9.8.7"}), "bangong")
        assert house.sign_ins() == ["10.9.8.7"]


@pytest.mark.parametrize("trusted", [(), ("10.0.0.5/32", "10.1.0.0/24")])
def test_what_a_stranger_forwards_is_ignored(trusted: tuple[str, ...]) -> None:
    with running(MovableClock(), settings_with(trusted_proxies=trusted)) as house:
        house.admit("bangong", AccountRole.OFFICE)
        answer = log_in(house.browser(**FORWARDED), "bangong")
        assert "Secure" not in cookie_of(answer)
        assert house.sign_ins() == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("peer", "alone", "passes"),
    [
        ("10.0.0.5", True, True),
        ("10.1.0.77", True, True),
        ("127.0.0.1", True, True),
        ("::1", True, True),
        ("10.0.0.6", True, False),
        ("10.0.0.6", False, True),
        ("", True, False),
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_where_the_proxy_encrypts_nobody_comes_past_it(
    kind: str, peer: str, alone: bool, passes: bool
) -> None:
    reached: list[str] = []
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope["client"][0])

    async def receive() -> Message:
        return {"type": f"{kind}.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": kind, "client": (peer, 1), "headers": [], "method": "GET", "path": "/"}
    proxies = Proxies(app, ("10.0.0.5/32", "10.1.0.0/24"), alone=alone)
    asyncio.run(proxies(scope, receive, send))
    assert bool(reached) is passes
    if not passes:
        assert sent[0].get("status", sent[0].get("code")) in (403, 1008)


# HTTPS of our own


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for 127.0.0.1 and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    words = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=guatu -keyout key.pem -out cert.pem"
    )
    subprocess.run(
        ["openssl", *words.split(), "-addext", "subjectAltName=IP:127.0.0.1"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder


def with_certificate(folder: Path, **server: object) -> Settings:
    files = {"certificate": str(folder / "cert.pem"), "key": str(folder / "key.pem")}
    return settings_with(**files, **server)


def test_with_a_certificate_the_server_speaks_https_alone(certificate: Path) -> None:
    settings = with_certificate(certificate, port=free_port())
    check_address(settings)
    assert address(settings) == f"https://127.0.0.1:{settings.server.port}"
    engine = open_books(settings.database.url)
    app = create_app(settings, engine, clock=MovableClock())
    files = certificate_files(settings)
    with started(uvicorn.Server(tuned(app, "127.0.0.1", settings.server.port, files))):
        trusting = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
        answer = httpx.get(f"{address(settings)}/healthz", verify=trusting)
        assert answer.status_code == 200
        with pytest.raises(httpx.TransportError):
            httpx.get(f"http://127.0.0.1:{settings.server.port}/healthz")
    engine.dispose()


def test_a_certificate_that_cannot_be_used_is_refused(certificate: Path, tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_bytes((certificate / "cert.pem").read_bytes())
    (tmp_path / "key.pem").write_text("no key")
    for folder, said in (
        (tmp_path, "证书或私钥不能用"),
        (tmp_path / "nowhere", "找不到 HTTPS 证书"),
    ):
        with pytest.raises(AddressError, match=said):
            check_address(with_certificate(folder, port=free_port()))


def test_the_files_of_the_certificate_lie_beside_the_config(tmp_path: Path) -> None:
    settings = settings_with(certificate="c.pem", key="k/k.pem").model_copy(
        update={"home": tmp_path}
    )
    assert certificate_files(settings) == (tmp_path / "c.pem", tmp_path / "k" / "k.pem")


@pytest.mark.parametrize(
    ("host", "hosts", "name"),
    [("192.168.1.5", (), "192.168.1.5"), ("::1", (), "[::1]"), ("0.0.0.0", ("gt.cn",), "gt.cn")],
)
def test_the_server_may_be_called_by_the_name_it_announces(
    host: str, hosts: tuple[str, ...], name: str
) -> None:
    settings = settings_with(host=host, allowed_hosts=hosts)
    assert address(settings) == f"http://{name}:8501"
    assert name in names_of(settings)
    assert "0.0.0.0" not in names_of(settings)
