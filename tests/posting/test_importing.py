"""A plan's document on its way into the books: kept, gone through by anybody, posted whole."""

from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboard.access.audit import Filter, events
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load, plan_codes
from dashboard.ledgers.importing import DocumentState, RowState
from dashboard.ledgers.store import Store
from dashboard.posting import import_posting, plans
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.import_posting import post_draft
from dashboard.posting.import_reading import (
    Document,
    DraftRow,
    document,
    documents,
    is_sourced,
    rows_of,
    sources_of,
)
from dashboard.posting.importing import MovedOnError, put_away, receive, save_about, save_row, say
from dashboard.rules.calendar import Clock
from dashboard.rules.invariants import breaches
from dashboard.settings import current
from tests.books import ISSUED
from tests.import_acts import accept_all
from tests.made_plan import ABOUT, NAME, TEXT, laid_by


@pytest.fixture
def key(engine: Engine) -> int:
    """A document that nobody has looked at yet."""
    return laid_by(engine)


def held(engine: Engine, key: int) -> Document:
    found = document(engine, key)
    assert found is not None
    return found


def row(engine: Engine, key: int, ledger: str, code: str) -> DraftRow:
    found = rows_of(engine, key)
    return next(each for each in found if (each.row.ledger, each.row.code) == (ledger, code))


def tell(engine: Engine, key: int, state: RowState, *rows: DraftRow) -> None:
    say(engine, CONSOLE, key, {each.id: each.version for each in rows}, state)


def told(engine: Engine, key: int, code: str = "made") -> list[str]:
    """What keeps the draft out."""
    return [str(fault) for fault in post_draft(engine, CONSOLE, key, code, today=ISSUED)]


# Handed in


def test_a_document_is_kept_with_its_hash_and_its_draft_waits(engine: Engine, key: int) -> None:
    found = held(engine, key)
    assert found.sha256 == sha256(TEXT.encode()).hexdigest()
    assert Store(current().files.store).read(found.sha256) == TEXT.encode()
    assert (found.name, found.state, found.text) == (NAME, DocumentState.OPEN, TEXT)
    assert found.rows == found.waiting == len(rows_of(engine, key)) > 0
    assert found.about["title"] == "某县河湖整治工作方案"
    assert found.about["office"] is None
    assert [each.id for each in documents(engine)] == [key]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("方案.xls", b"x", "不是能读的文件"),
        ("方案.txt", b"\x00\x01\x02\xff\xfe\xfd" * 9, "编码|不是文字|读不出"),
        ("方案.txt", "没有条款的几句话。".encode(), "没有读到带编号的条款"),
        ("方案.txt", b"", "没有文字"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(
    engine: Engine, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(RefusedError, match=said) as refused:
        receive(engine, CONSOLE, name, content, current())
    assert not str(refused.value).endswith("。")  # the page ends the sentence
    assert documents(engine) == ()


def test_numbers_of_persons_do_not_reach_a_draft_and_names_are_told(engine: Engine) -> None:
    said = "为证号370829190001010000、电话13800000000的人员建成咨询室20个。"
    duty = "（责任单位：县教育局、张伟）"
    content = f"某县工作方案\n\n一、重点任务\n（一）{said}{duty}\n".encode()
    found = rows_of(engine, receive(engine, CONSOLE, NAME, content, current()))
    told = [text for each in found for text in each.row.fields.values() if text]
    assert not [text for text in told if "13800000000" in text or "3708291900" in text]
    notes = {each.row.fields.get("name"): each.row.note for each in found}
    assert "像是个人姓名" in (notes["张伟"] or "")
    assert "像是个人姓名" not in (notes["县教育局"] or "")
    (only,) = [each.row for each in found if each.row.ledger == "task"]
    assert "（号码略）" in (only.fields["title"] or "")
    assert "已略去" in (only.note or "")


def test_too_large_a_file_is_refused_unread(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUATU_FILES_MAX_MB", "1")
    current.cache_clear()
    with pytest.raises(RefusedError, match="文件超过1MB"):
        receive(engine, CONSOLE, NAME, b" " * (1024 * 1024 + 1), current())


# Gone through


def test_two_editors_are_kept_apart_row_by_row(engine: Engine, key: int) -> None:
    first, other = rows_of(engine, key)[:2]
    tell(engine, key, RowState.ACCEPTED, first)
    with pytest.raises(MovedOnError, match="在您打开之后改过"):
        tell(engine, key, RowState.DROPPED, other, first)
    with pytest.raises(MovedOnError):
        save_row(engine, CONSOLE, key, first.id, {"title": "另题"}, seen=first.version)
    states = {each.id: each.state for each in rows_of(engine, key)}
    assert (states[first.id], states[other.id]) == (RowState.ACCEPTED, RowState.WAITING)
    save_about(engine, CONSOLE, key, ABOUT, seen=1)
    with pytest.raises(MovedOnError):
        save_about(engine, CONSOLE, key, {"office": "另一办公室"}, seen=1)
    assert held(engine, key).about["office"] == ABOUT["office"]


def test_an_edited_row_is_accepted_with_what_was_typed_and_the_rest_as_read(
    engine: Engine, key: int
) -> None:
    before = row(engine, key, "indicator", "i-03-1")
    save_row(engine, CONSOLE, key, before.id, {"value": "30"}, seen=before.version)
    after = row(engine, key, "indicator", "i-03-1")
    assert after.row.fields == {**before.row.fields, "value": "30"}
    assert (after.state, after.is_edited, after.by_post) == (
        RowState.ACCEPTED,
        True,
        CONSOLE.post,
    )


@pytest.mark.parametrize("text", ["王某，37082919900101123X", "联系人13812345678"])
def test_identity_and_mobile_numbers_are_refused(engine: Engine, key: int, text: str) -> None:
    found = row(engine, key, "task", "t-02")
    with pytest.raises(RefusedError, match="疑似含有"):
        save_row(engine, CONSOLE, key, found.id, {"note": text}, seen=found.version)
    with pytest.raises(RefusedError, match="疑似含有"):
        save_about(engine, CONSOLE, key, {"office": text}, seen=1)
    assert row(engine, key, "task", "t-02").row.fields == found.row.fields


def test_a_draft_put_away_stays_on_record_and_is_changed_no_more(engine: Engine, key: int) -> None:
    put_away(engine, CONSOLE, key)
    assert held(engine, key).state is DocumentState.DROPPED
    with pytest.raises(RefusedError, match="已放弃，不能再改"):
        tell(engine, key, RowState.ACCEPTED, rows_of(engine, key)[0])
    assert told(engine, key) == ["方案 made：这份草稿已入账或已放弃，请刷新后再看"]
    actions = [each.action for each in events(engine, Filter(), limit=10).rows]
    assert {"上传方案文件", "放弃方案草稿"} <= set(actions)


# Posted


def test_nothing_enters_while_a_row_waits_or_a_field_is_open(engine: Engine, key: int) -> None:
    first, *rest = rows_of(engine, key)
    tell(engine, key, RowState.ACCEPTED, *rest)
    assert told(engine, key) == ["方案 made：还有1条待核，请先采用或不采用"]
    tell(engine, key, RowState.ACCEPTED, first)
    missing = told(engine, key)
    assert "方案 made“专班办公室”：不能为空，请填写" in missing
    save_about(engine, CONSOLE, key, ABOUT, seen=1)
    wrong = row(engine, key, "indicator", "i-03-1")
    save_row(engine, CONSOLE, key, wrong.id, {"value": "二十"}, seen=wrong.version)
    assert told(engine, key) == ["指标 i-03-1“目标值”：“二十”不是数字"]
    assert plan_codes(engine) == ("p",)
    assert held(engine, key).state is DocumentState.OPEN


def test_a_row_that_speaks_of_a_dropped_one_keeps_all_out(engine: Engine, key: int) -> None:
    save_about(engine, CONSOLE, key, ABOUT, seen=1)
    accept_all(engine, key)
    tell(engine, key, RowState.DROPPED, row(engine, key, "unit", "u-02"))
    (only,) = told(engine, key)
    assert only.startswith("责任清单 r-02-02“单位”：所指的单位“u-02”没有采用")
    tell(engine, key, RowState.DROPPED, row(engine, key, "responsibility", "r-02-02"))
    assert told(engine, key) == []
    books = load(engine, "made", Clock().now())
    assert "县财政局" not in [each.name for each in books.all(r.Unit)]


@pytest.mark.parametrize("code", ["p", "某县", "A-1", "-a", "x" * 41])
def test_a_code_that_is_taken_or_no_code_is_refused(engine: Engine, key: int, code: str) -> None:
    save_about(engine, CONSOLE, key, ABOUT, seen=1)
    accept_all(engine, key)
    (only,) = told(engine, key, code)
    assert "编号" in only
    assert plan_codes(engine) == ("p",)


def test_a_posted_plan_holds_what_was_accepted_and_where_each_row_came_from(
    engine: Engine, key: int
) -> None:
    save_about(engine, CONSOLE, key, ABOUT, seen=1)
    accept_all(engine, key)
    assert told(engine, key) == []
    books = load(engine, "made", Clock().now())
    assert (books.plan.office, books.get(r.Unit, books.plan.office_unit).name) == (
        ABOUT["office"],
        "县水务局",
    )
    assert breaches(books) == ()
    wanted = [("indicator", "i-03-1"), ("responsibility", "r-02-01"), ("reporting_line", "l-02-0")]
    found = sources_of(engine, "made", wanted)
    quotes = {name: source.span.of(source.text) for name, source in found.items()}
    assert quotes[wanted[0]].endswith("20公里")
    assert quotes[wanted[1]] == "县水务局"
    assert wanted[2] not in quotes  # nobody printed who reports how often
    assert {source.sha256 for source in found.values()} == {held(engine, key).sha256}
    assert is_sourced(engine, "made", "task", "t-02")
    assert not is_sourced(engine, "p", "task", "t-02")
    assert (held(engine, key).state, held(engine, key).plan) == (DocumentState.POSTED, "made")
    assert told(engine, key, "again") == ["方案 again：这份草稿已入账或已放弃，请刷新后再看"]


def test_a_draft_posted_by_two_at_once_enters_once_and_the_other_is_told(
    engine: Engine, key: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_about(engine, CONSOLE, key, ABOUT, seen=1)
    accept_all(engine, key)

    def overtaken(*args: Any, **kwargs: Any) -> tuple[Fault, ...]:
        monkeypatch.undo()
        assert told(engine, key) == []
        with monkeypatch.context() as late:
            late.setattr(plans, "plan_codes", lambda _: ("p",))
            return plans.post_plan(*args, **kwargs)

    monkeypatch.setattr(import_posting, "post_plan", overtaken)
    assert told(engine, key) == ["方案 made：这份草稿已入账或已放弃，请刷新后再看"]
    assert plan_codes(engine) == ("p", "made")


def test_the_office_sums_up_where_its_body_was_dropped(engine: Engine, key: int) -> None:
    """县林业局 is dropped with its duty; its lines go to the office's unit."""
    save_about(engine, CONSOLE, key, ABOUT, seen=1)
    accept_all(engine, key)
    tell(
        engine,
        key,
        RowState.DROPPED,
        row(engine, key, "unit", "u-03"),
        row(engine, key, "responsibility", "r-03-01"),
    )
    assert told(engine, key) == []
    line = load(engine, "made", Clock().now()).get(r.ReportingLine, "l-03-1")
    assert (line.unit, line.is_designated) == ("u-01", True)
