"""What an open page tells the server: whether a person did something, and which page it shows."""

from dataclasses import dataclass

from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.util import calc_hash

from dashboard.widgets.menu import WALL

_WALL_HASH = calc_hash(WALL)
"""Streamlit's name of the wall's page; by it, where it is told, the page to run is found."""


@dataclass(frozen=True)
class Said:
    """One message of a page. `on_wall` tells where it runs the wall, None where it runs nothing."""

    is_use: bool
    on_wall: bool | None = None


def said_by(message: Message) -> Said | None:
    """What a page's message says; None for what needs no look at the log-in.

    A page that refreshes itself uses nothing; of the wall that is all that is ever heard, and
    the gate counts it for the wall.
    """
    data = message.get("bytes") if message["type"] == "websocket.receive" else None
    if not data:
        return None
    told = BackMsg()
    try:
        told.ParseFromString(data)
    except Exception:  # protobuf's error, whose module has no types; Streamlit closes on it
        return Said(is_use=False)
    kind = told.WhichOneof("type")
    if kind == "app_heartbeat":
        return None
    if kind != "rerun_script":
        return Said(is_use=False)
    return Said(not told.rerun_script.is_auto_rerun, _runs_wall(told.rerun_script))


def _runs_wall(state: ClientState) -> bool:
    """Whether Streamlit will run the wall: it goes by the hash, and by the name without one."""
    told = state.page_script_hash
    return bool(told == _WALL_HASH if told else state.page_name == WALL)


def is_wall(path: str) -> bool:
    """Whether an address is the wall's."""
    return path.strip("/") == WALL
