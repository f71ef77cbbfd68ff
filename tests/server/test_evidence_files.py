"""Evidence goes out to whom it belongs, and nothing too large comes in."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from dashboard import settings
from dashboard.__main__ import main
from dashboard.access.viewer import CONSOLE, LOCAL
from dashboard.ledgers.evidence import all_evidence
from dashboard.ledgers.terms import AccountRole, AuditKind, CheckVerdict, StationKind
from dashboard.posting.evidence import keep_file
from dashboard.posting.inspecting import Finding, Visit, inspect
from dashboard.rules.calendar import FixedClock
from dashboard.server.evidence_files import EvidenceFiles
from tests.books import CODE, Desk, database, shipped
from tests.editing import DAY, added
from tests.people import person
from tests.sample_files import docx, pdf
from tests.server.asking import Ask, asking, last_event
from tests.server.house import House, close_code, live_page, rerun

NOW = datetime(2026, 1, 5, 1, 30, tzinfo=UTC)
UNIT, OTHER, TOWN = "u-wjj", "u-mzj", "370829110"
NAME = "心理健康 培训“签到表”&名单.pdf"
ADDRESS = f"/files/evidence?plan={CODE}&code=E000001"
MB = 1024 * 1024


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The shipped plan with one filing of `UNIT` and two files to it."""
    monkeypatch.setenv("GUATU_DATABASE_URL", database(tmp_path))
    settings.current.cache_clear()
    office = Desk(shipped(tmp_path))
    office.at(DAY)
    given = settings.current()
    files = tuple(
        keep_file(office.engine, CONSOLE, CODE, UNIT, name, content, given)
        for name, content in ((NAME, pdf()), ("纪要.docx", docx()))
    )
    office.file("l-3-1", 20, DAY, text="已培训", evidence=files)
    return office.engine


@pytest.fixture
def ask(engine: Engine) -> Ask:
    """Asks for an address as somebody."""
    routes = EvidenceFiles(engine, settings.current(), FixedClock(NOW)).routes()
    return asking(routes)


def kept_file(engine: Engine, code: str = "E000001") -> Path:
    """Where a row's file lies."""
    row = next(each for each in all_evidence(engine, CODE) if each.code == code)
    return settings.current().files.store / row.sha256[:2] / row.sha256


def inspected(engine: Engine) -> str:
    """A town's station with an inspection, and a file to it; the file's code."""
    given = {"kind": StationKind.VILLAGE, "town": TOWN, "host_list": "h-village"}
    station = added(Desk(engine), "station", built_on=DAY, **given)
    photo = keep_file(engine, CONSOLE, CODE, TOWN, "制度上墙.pdf", pdf(), settings.current())
    finding = Finding(verdict=CheckVerdict.MET, evidence=(photo,))
    visit = Visit(
        station=station.code, inspected_on=DAY, by_post="督导组", findings={"s3-12": finding}
    )
    inspect(engine, CONSOLE, CODE, visit)
    return all_evidence(engine, CODE)[-1].code


# Who may have what


def test_a_file_to_an_inspection_is_for_the_station_s_own_town_and_named_on_record(
    engine: Engine, ask: Ask
) -> None:
    code = inspected(engine)
    address = f"/files/evidence?plan={CODE}&code={code}"
    assert ask(person(engine, AccountRole.LIAISON, OTHER), address).status_code == 403
    assert ask(person(engine, AccountRole.LIAISON, TOWN), address).content == pdf()
    assert (last_event(engine).detail or "").startswith(f"制度上墙.pdf（{code}，站点检查I")


def test_the_file_comes_out_as_it_was_filed_under_its_chinese_name(ask: Ask) -> None:
    answer = ask(LOCAL, ADDRESS)
    assert answer.status_code == 200
    assert answer.content == pdf()
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment; filename=\"evidence.pdf\"; filename*=UTF-8''")
    assert unquote(disposition.partition("''")[2]) == "心理健康 培训“签到表”&名单.pdf"


def test_a_browser_shows_nothing_of_it_and_keeps_no_copy(ask: Ask) -> None:
    headers = ask(LOCAL, ADDRESS).headers
    assert headers["content-type"] == "application/octet-stream"
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


def test_each_download_is_put_on_record(engine: Engine, ask: Ask) -> None:
    office = person(engine, AccountRole.OFFICE)
    ask(office, ADDRESS)
    event = last_event(engine)
    assert (event.kind, event.account, event.is_ok) == (AuditKind.EXPORT, office.account, True)
    assert event.action == "下载佐证材料"
    assert "E000001" in (event.detail or "")


@pytest.mark.parametrize(
    ("role", "units", "status"),
    [
        (AccountRole.OFFICE, (), 200),
        (AccountRole.LEADER, (), 200),
        (AccountRole.LIAISON, (UNIT,), 200),
        (AccountRole.LIAISON, (OTHER,), 403),
        (AccountRole.LIAISON, (OTHER, UNIT), 200),
        (AccountRole.AUDITOR, (), 403),
        (AccountRole.ADMINISTRATOR, (), 403),
    ],
)
def test_a_liaison_has_the_own_units_files_and_whoever_may_not_is_put_on_record(
    engine: Engine, ask: Ask, role: AccountRole, units: tuple[str, ...], status: int
) -> None:
    viewer = person(engine, role, *units)
    answer = ask(viewer, ADDRESS)
    assert answer.status_code == status
    event = last_event(engine)
    assert event.is_ok == (status == 200)
    assert event.account == viewer.account
    if status == 403:
        assert b"PDF" not in answer.content
        assert NAME not in answer.text


def test_a_liaison_cannot_tell_a_foreign_file_from_none(engine: Engine, ask: Ask) -> None:
    liaison = person(engine, AccountRole.LIAISON, OTHER)
    foreign = ask(liaison, ADDRESS)
    nothing = ask(liaison, f"/files/evidence?plan={CODE}&code=E999999")
    assert (foreign.status_code, foreign.text) == (nothing.status_code, nothing.text)


def test_whoever_is_not_logged_in_gets_nothing(ask: Ask) -> None:
    assert ask(None, ADDRESS).status_code == 401


@pytest.mark.parametrize(
    "query",
    ["", "plan=jiaxiang-2023", "code=E000001", "plan=jiaxiang-2023&code=E999999",
     "plan=none&code=E000001", "plan=jiaxiang-2023&code=../../etc/passwd",
     "plan=jiaxiang-2023&code=E000001&path=/etc/passwd"],
)  # fmt: skip
def test_what_is_not_there_is_told_in_chinese(ask: Ask, query: str) -> None:
    answer = ask(LOCAL, f"/files/evidence?{query}")
    assert answer.status_code == 400
    assert answer.text.endswith("。")


# What the store has lost


def test_a_changed_file_is_not_handed_out(engine: Engine, ask: Ask) -> None:
    kept_file(engine).write_bytes(b"%PDF-1.7 forged %%EOF")
    answer = ask(LOCAL, ADDRESS)
    assert answer.status_code == 400
    assert "内容已变" in answer.text
    assert b"forged" not in answer.content


def test_a_file_that_is_gone_is_said_to_be(engine: Engine, ask: Ask) -> None:
    kept_file(engine).unlink()
    assert "缺失" in ask(LOCAL, ADDRESS).text


def test_check_names_the_files_that_are_missing_or_changed(engine: Engine) -> None:
    def check() -> list[str]:
        found = CliRunner().invoke(main, ["check"]).stdout.splitlines()
        return [line for line in found if "files_present_with_their_hash" in line]

    assert check() == []
    kept_file(engine).unlink()
    kept_file(engine, "E000002").write_bytes(b"")
    assert check() == [
        f"{CODE} files_present_with_their_hash E000001：佐证材料“{NAME}”缺失",
        f"{CODE} files_present_with_their_hash E000002：佐证材料“纪要.docx”内容已变",
    ]


# What comes in


@contextmanager
def uploading(house: House) -> Iterator[tuple[socket.socket, str]]:
    """A connection of a person with an open page, and the head of an upload by that person."""
    browser = house.logged_in("bangong")
    with live_page(browser) as page:
        session = _session(rerun(page))
        place = urlsplit(house.base)
        browser.get("/_stcore/health")
        xsrf = browser.cookies.get("_streamlit_xsrf") or ""
        cookies = "; ".join(f"{each.name}={each.value}" for each in browser.cookies.jar)
        head = (
            f"PUT /_stcore/upload_file/{session}/one HTTP/1.1\r\nHost: {place.netloc}\r\n"
            f"Cookie: {cookies}\r\nX-Xsrftoken: {xsrf}\r\n"
            "Content-Type: multipart/form-data; boundary=xx\r\n"
        )
        with socket.create_connection((place.hostname, place.port), timeout=30) as line:
            yield line, head


def _session(shown: list[ForwardMsg]) -> str:
    return next(
        each.new_session.initialize.session_id
        for each in shown
        if each.WhichOneof("type") == "new_session"
    )


PART = (
    b'--xx\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\n'
    b"Content-Type: application/pdf\r\n\r\n"
)


def status_of(line: socket.socket) -> int:
    return int(line.recv(4096).split(b" ")[1])


def test_two_hundred_megabytes_are_refused_by_their_announced_length_alone(house: House) -> None:
    with uploading(house) as (line, head):
        line.sendall(f"{head}Content-Length: {200 * MB}\r\n\r\n".encode() + PART)
        assert status_of(line) == 413


def test_an_upload_that_tells_no_length_is_cut_off_at_the_limit(house: House) -> None:
    sent, most = 0, house.settings.files.max_mb
    with uploading(house) as (line, head):
        line.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        line.sendall(b"%x\r\n%b\r\n" % (len(PART), PART))
        try:
            for _ in range(200):
                line.sendall(b"%x\r\n%b\r\n" % (MB, bytes(MB)))
                sent += 1
        except OSError:
            assert most <= sent < 3 * most  # the rest lay in the buffers of the connection
        else:
            assert status_of(line) == 413


def test_a_file_of_the_largest_size_still_comes_in(house: House) -> None:
    content = PART + bytes(house.settings.files.max_bytes) + b"\r\n--xx--\r\n"
    with uploading(house) as (line, head):
        line.sendall(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)
        assert status_of(line) == 204


def test_a_page_cannot_send_files_through_its_own_connection(house: House) -> None:
    browser = house.logged_in("bangong")
    with live_page(browser) as page:
        rerun(page)
        with suppress(ConnectionClosed, OSError):
            page.send(bytes(9 * MB))
        assert close_code(page) in (1009, 1006)  # too big; or cut off while still being sent
