"""A visitor without a browser: speaks Streamlit's websocket and times one rerun at a time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol


class Visitor:
    """One session. `rerun` returns the wall time in milliseconds until the script has finished.

    `received` counts the bytes that came with the last one; `errors` are what any showed.
    """

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.received = 0
        self.errors: list[str] = []

    def rerun(self, page: str, query: str = "") -> float:
        """Ask for a page (its address without the slash) and wait for its script to end."""
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = query
        self.received = 0
        begun = time.perf_counter()
        self.socket.send(asked.SerializeToString())
        while True:
            answer = ForwardMsg()
            content = self.socket.recv(timeout=120, decode=False)
            self.received += len(content)
            answer.ParseFromString(content)
            self._look(answer)
            if answer.WhichOneof("type") == "script_finished":
                return (time.perf_counter() - begun) * 1000

    def _look(self, answer: ForwardMsg) -> None:
        if answer.WhichOneof("type") == "delta":
            element = answer.delta.new_element
            if element.WhichOneof("type") == "exception":
                self.errors.append(element.exception.message)


@contextmanager
def visiting(base: str) -> Iterator[Visitor]:
    """A session on a server, closed at the end."""
    address = base.replace("http://", "ws://") + "/_stcore/stream"
    protocols = [Subprotocol("streamlit")]
    with connect(address, subprotocols=protocols, max_size=None, origin=Origin(base)) as socket:
        yield Visitor(socket)
