"""The tuned start: where the server may listen, and how uvicorn runs it.

Streamlit's own launchers bind the socket in a way that costs 40 ms a rerun, so uvicorn is
started here. Nothing in this process asks another host for anything.
"""

import ipaddress
import logging
import signal
import socket
import sys
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from dashboard.server.application import create_app
from dashboard.settings import Settings

UPLOAD_BYTES = 200 * 1024 * 1024


class AddressError(Exception):
    """The server cannot listen there; the text is Chinese and meant for the office."""


def check_address(host: str, port: int) -> None:
    """Raise AddressError unless host is this computer alone and port is free."""
    if not _is_loopback(host):
        raise AddressError(
            f"不能在 {host} 上启动：目前没有账号和口令，只能在本机使用。\n"
            "请把 server.host 改为 127.0.0.1，或去掉 --host。"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # there the option would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise AddressError(
                f"端口 {port} 不能用，可能挂图已经启动，或被其他程序占用。\n"
                f"请先打开 {address(host, port)} 看一看，"
                f"或换一个端口：guatu serve --port {port % 65535 + 1}"
            ) from None


def address(host: str, port: int) -> str:
    """What a person types into the browser."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(settings: Settings, database_state: Callable[[], str]) -> None:
    """Serve until interrupted; returns normally on SIGINT and SIGTERM."""
    host, port = settings.server.host, settings.server.port
    check_address(host, port)
    _log_to_stderr()
    for number in (signal.SIGINT, signal.SIGTERM):
        # uvicorn raises the signal once more after it has shut down; that is not a failure.
        signal.signal(number, lambda *_: None)
    _Announcing(tuned(create_app(settings, database_state), host, port)).run()


def tuned(app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    """The measured way to run a Streamlit application: small answers leave at once."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        ws="websockets-sansio",
        ws_max_size=UPLOAD_BYTES,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        ws_per_message_deflate=False,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        log_config=None,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )


class _Announcing(uvicorn.Server):
    """A server that says in Chinese where it is once it listens."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            where = address(self.config.host, self.config.port)
            sys.stderr.write(f"挂图已启动：{where} （按 Ctrl+C 停止）\n")
            sys.stderr.flush()


def _log_to_stderr() -> None:
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s"
    )
    # Filters, because Streamlit sets the levels of these loggers anew when it starts.
    for name in ("uvicorn.access", "uvicorn.error"):
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.WARNING)
    # Streamlit logs each traceback once more, without the id.
    logging.getLogger("streamlit.error_util").addFilter(
        lambda record: record.msg != "Uncaught app execution"
    )
