"""The tuned start: how uvicorn runs the application.

Streamlit's own launchers bind the socket in a way that costs 40 ms a rerun, so uvicorn is
started here. Nothing in this process asks another host for anything.
"""

import logging
import signal
import socket
import sys
from pathlib import Path

import uvicorn
from sqlalchemy import Engine
from starlette.types import ASGIApp

from dashboard.access.viewer import needs_log_in
from dashboard.ledgers import database
from dashboard.server.addresses import (
    address,
    certificate_files,
    check_accounts,
    check_address,
)
from dashboard.server.application import create_app
from dashboard.settings import Settings
from dashboard.widgets.desk import engine as pages_engine

MESSAGE_BYTES = 8 * 1024 * 1024
"""What a page may send at once: forms, never files, which come by an address of their own."""


def serve(settings: Settings, engine: Engine) -> None:
    """Serve until interrupted; returns normally on SIGINT and SIGTERM.

    Raises AddressError where the settings would let strangers in.
    """
    check_address(settings)
    check_accounts(settings, has_accounts=needs_log_in(engine))
    _log_to_stderr()
    for number in (signal.SIGINT, signal.SIGTERM):
        # uvicorn raises the signal once more after it has shut down; that is not a failure.
        signal.signal(number, lambda *_: None)
    server, files = settings.server, None
    if server.certificate:
        files = certificate_files(settings)
    config = tuned(create_app(settings, engine), server.host, server.port, files)
    try:
        _Announcing(config, address(settings)).run()
    finally:
        database.close(pages_engine())  # the pages have opened the books a second time


def tuned(
    app: ASGIApp, host: str, port: int, certificate: tuple[Path, Path] | None = None
) -> uvicorn.Config:
    """The measured way to run a Streamlit application: small answers leave at once.

    `certificate` are the files of certificate and key; with them it speaks HTTPS alone.
    """
    certificate_file, key_file = certificate or (None, None)
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        ssl_certfile=certificate_file,
        ssl_keyfile=key_file,
        ws="websockets-sansio",
        ws_max_size=MESSAGE_BYTES,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        ws_per_message_deflate=False,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # `Proxies` decides whom to believe
        log_config=None,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )


class _Announcing(uvicorn.Server):
    """A server that says in Chinese where it is once it listens."""

    def __init__(self, config: uvicorn.Config, where: str) -> None:
        super().__init__(config)
        self._where = where

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            sys.stderr.write(f"挂图已启动：{self._where} （按 Ctrl+C 停止）\n")
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
