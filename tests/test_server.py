"""The server as a browser meets it."""

import asyncio
import logging
import re
import signal
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import streamlit
from starlette.types import Message, Receive, Scope, Send
from streamlit.testing.v1 import AppTest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from dashboard import __version__
from dashboard.server import ChineseIndex, Guard, in_chinese, show_error_id
from tests.conftest import serving

FRONTEND = Path(streamlit.__file__).parent / "static"
ZH = Path(__file__).resolve().parent.parent / "dashboard" / "static" / "zh.js"
HTML = {"Accept": "text/html"}


def test_health_tells_version_and_state_of_the_database(live_server: str) -> None:
    answer = httpx.get(f"{live_server}/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"version": __version__, "database": "ok"}


@pytest.mark.parametrize("path", ["/", "/station_map", "/task?code=1"])
def test_every_page_address_gets_the_chinese_index(live_server: str, path: str) -> None:
    answer = httpx.get(live_server + path, headers=HTML)
    assert '<html lang="zh-CN">' in answer.text
    assert "<title>挂图</title>" in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_the_index_loads_our_script_before_any_of_streamlits() -> None:
    page = in_chinese((FRONTEND / "index.html").read_bytes()).decode()
    assert page.index("./guatu/zh.js") < page.index('type="module"')
    assert "./guatu/favicon.png" in page
    assert 'as="font"' not in page
    assert "service-desc" not in page
    visible = re.sub(r"<!--.*?-->|<script.*?</script>|<[^>]+>", "", page, flags=re.DOTALL)
    assert not re.search("[A-Za-z]", visible)


def test_own_files_are_served_and_nothing_else(live_server: str) -> None:
    script = httpx.get(f"{live_server}/guatu/zh.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.text == ZH.read_text(encoding="utf-8")
    assert httpx.get(f"{live_server}/guatu/favicon.png").headers["content-type"] == "image/png"
    assert httpx.get(f"{live_server}/guatu/..%2Fserver.py").status_code in (400, 403, 404)
    assert httpx.get(f"{live_server}/guatu/config.toml").status_code == 404


def test_an_answer_that_is_not_the_index_passes_unchanged(live_server: str) -> None:
    asked = httpx.get(f"{live_server}/healthz", headers=HTML)
    assert asked.json()["database"] == "ok"


def test_security_headers_keep_every_request_on_this_server(live_server: str) -> None:
    headers = httpx.get(live_server, headers=HTML).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    hosts = re.findall(r"\w+://\S+?(?=[ ;])", policy)
    assert {urlsplit(host).netloc for host in hosts} == {urlsplit(live_server).netloc}
    assert "server" not in headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil", ""])
def test_a_foreign_host_name_is_refused_on_http(live_server: str, host: str) -> None:
    answer = httpx.get(f"{live_server}/healthz", headers={"Host": host})
    assert answer.status_code == 403
    assert "allowed_hosts" in answer.text


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_a_foreign_origin_is_refused_on_http_and_websocket(live_server: str, origin: str) -> None:
    assert httpx.get(f"{live_server}/healthz", headers={"Origin": origin}).status_code == 403
    with pytest.raises(InvalidStatus) as refused:
        connect(stream(live_server), additional_headers={"Origin": origin})
    assert refused.value.response.status_code == 403


def test_a_rebinding_name_is_refused_on_the_websocket(live_server: str) -> None:
    """A name that an attacker points at this computer comes with Host and Origin alike."""
    address = urlsplit(live_server)
    headers = {"Origin": "http://evil.example"}
    with (
        socket.create_connection((address.hostname, address.port)) as sock,
        pytest.raises(InvalidStatus) as refused,
    ):
        connect("ws://evil.example/_stcore/stream", sock=sock, additional_headers=headers)
    assert refused.value.response.status_code == 403


def test_our_own_page_is_let_onto_the_websocket(live_server: str) -> None:
    with connect(
        stream(live_server),
        additional_headers={"Origin": live_server},
        subprotocols=["streamlit"],  # type: ignore[list-item]
    ) as socket_:
        assert socket_.response is not None
        assert socket_.response.status_code == 101
        assert "permessage-deflate" not in str(socket_.response.headers)


def stream(base: str) -> str:
    return base.replace("http", "ws", 1) + "/_stcore/stream"


@pytest.mark.parametrize(
    ("host", "admitted"),
    [
        ("127.0.0.1:8501", True),
        ("localhost", True),
        ("LOCALHOST:8501", True),
        ("[::1]:8501", True),
        ("guatu.local:80", True),
        ("guatu.local.", False),
        ("localhost:8501.evil", False),
        ("", False),
    ],
)
def test_loopback_and_configured_names_are_admitted(host: str, admitted: bool) -> None:
    names = frozenset({"127.0.0.1", "localhost", "[::1]", "Guatu.local"})
    assert Guard(_nothing, names).admits(host, None) is admitted


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that never answers."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot send a process these signals")
def test_the_server_fills_empty_books_says_where_it_is_and_stops_cleanly(
    tmp_path: Path, number: signal.Signals
) -> None:
    with serving(tmp_path, is_first=True) as (base, process):
        httpx.get(base, headers=HTML)
        process.send_signal(number)
        assert process.wait(timeout=30) == 0
    log = tmp_path / "books" / "guatu.db-wal"
    assert not log.exists() or not log.stat().st_size, "the file alone is a whole copy"
    said = (tmp_path / "stderr.txt").read_text(encoding="utf-8")
    assert said.splitlines() == [
        "首次启动，正在载入方案 jiaxiang-2023 ……",
        "已载入演示数据；看过以后，可在页面左侧一键清除。",
        f"挂图已启动：{base} （按 Ctrl+C 停止）",
    ]


def test_the_database_is_made_beside_the_config_in_force(tmp_path: Path) -> None:
    with serving(tmp_path, is_first=True):
        assert (tmp_path / "books" / "guatu.db").is_file()


def test_an_error_shows_its_id_alone_and_logs_the_traceback(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def page() -> None:
        from dashboard.server import show_error_id  # noqa: PLC0415

        show_error_id(ValueError("a secret detail"))

    with caplog.at_level(logging.ERROR, logger="guatu"):
        screen = AppTest.from_function(page).run()
    shown = screen.error[0].value
    number = re.search(r"错误编号：([0-9a-f]{8})。", shown)
    assert number is not None
    assert "secret" not in shown
    assert number[1] in caplog.text
    assert "a secret detail" in caplog.text


def test_the_default_display_of_an_error_is_suppressed() -> None:
    assert show_error_id(ValueError("x")) is True


def test_a_chunked_index_is_translated_whole() -> None:
    """Streamlit may send its page in pieces; the length must be that of the Chinese page."""
    page = (FRONTEND / "index.html").read_bytes()
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/html"), (b"etag", b"x"), (b"content-length", b"1")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": page[:100], "more_body": True})
        await send({"type": "http.response.body", "body": page[100:]})

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {"type": "http", "path": "/", "method": "GET", "headers": [(b"accept", b"text/html")]}
    asyncio.run(ChineseIndex(app)(scope, receive, send))
    start, body = sent
    assert body["body"] == in_chinese(page)
    assert dict(start["headers"]) == {
        b"content-type": b"text/html",
        b"content-length": str(len(body["body"])).encode(),
    }


@pytest.mark.parametrize("path", ["/task/x", "/a/b/c"])
def test_an_address_below_a_page_leads_to_the_first_page(live_server: str, path: str) -> None:
    answer = httpx.get(f"{live_server}{path}", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (307, "/")
    assert httpx.get(f"{live_server}/tasks", headers=HTML).status_code == 200
