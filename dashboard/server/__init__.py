"""The ASGI front: who may call, the Chinese index page, health, and the tuned start."""

from dashboard.server.application import create_app, lifespan, show_error_id
from dashboard.server.guard import Guard
from dashboard.server.index import ChineseIndex, in_chinese
from dashboard.server.launch import AddressError, address, check_address, serve, tuned

__all__ = [
    "AddressError",
    "ChineseIndex",
    "Guard",
    "address",
    "check_address",
    "create_app",
    "in_chinese",
    "lifespan",
    "serve",
    "show_error_id",
    "tuned",
]
