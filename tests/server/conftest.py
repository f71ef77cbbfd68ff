"""A running server for each test, with an administrator so that everybody must log in."""

from collections.abc import Iterator

import pytest

from dashboard.ledgers.terms import AccountRole
from tests.people import cheap_hashing
from tests.server.house import House, MovableClock, running


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Administrator guanli, office bangong, liaison lianluo, leader lingdao, auditor shenji."""
    cheap_hashing(monkeypatch)
    with running(MovableClock()) as started:
        for name, role in NAMES.items():
            started.admit(name, role)
        yield started


NAMES = {
    "guanli": AccountRole.ADMINISTRATOR,
    "bangong": AccountRole.OFFICE,
    "lianluo": AccountRole.LIAISON,
    "lingdao": AccountRole.LEADER,
    "shenji": AccountRole.AUDITOR,
}
