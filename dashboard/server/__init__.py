"""The ASGI front: the gate, the pages at the door, the Chinese index page, the tuned start."""

from dashboard.server.addresses import AddressError, address, check_accounts, check_address
from dashboard.server.application import create_app, lifespan, show_error_id
from dashboard.server.guard import Guard
from dashboard.server.index import ChineseIndex, in_chinese
from dashboard.server.launch import serve, tuned

__all__ = [
    "AddressError",
    "ChineseIndex",
    "Guard",
    "address",
    "check_accounts",
    "check_address",
    "create_app",
    "in_chinese",
    "lifespan",
    "serve",
    "show_error_id",
    "tuned",
]
