"""Records and tables fit each other, and what history writes it can read."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Boolean, Date, Enum, Float, Integer, String
from sqlalchemy.exc import StatementError

from dashboard.ledgers import records
from dashboard.ledgers.database import open_books, writing
from dashboard.ledgers.records import Plan, Record
from dashboard.ledgers.shape import (
    APPEND_ONLY,
    LEDGERS,
    TITLES,
    fields_of,
    from_text,
    ledger_of,
    to_text,
)
from dashboard.ledgers.tables import TABLES, Moment
from dashboard.ledgers.terms import Term


def test_every_record_has_a_ledger_a_title_and_a_table() -> None:
    kinds = {kind for kind in vars(records).values() if isinstance(kind, type)}
    assert set(LEDGERS.values()) == {kind for kind in kinds if issubclass(kind, Record)} - {Record}
    assert set(LEDGERS) == set(TITLES) == set(TABLES)
    assert set(APPEND_ONLY) < set(LEDGERS)


@pytest.mark.parametrize("ledger", LEDGERS)
def test_a_table_has_the_columns_of_its_record_and_its_own_head(ledger: str) -> None:
    head = {"id", "plan_id", "code", "known_at", "recorded_at", "ended_at", "is_practice"}
    if ledger == "plan":
        head.remove("plan_id")
    wanted = head | {field.column for field in fields_of(LEDGERS[ledger])}
    assert {column.name for column in TABLES[ledger].columns} == wanted


KINDS = {str: String, int: Integer, float: Float, bool: Boolean, date: Date, datetime: Moment}


@pytest.mark.parametrize("ledger", LEDGERS)
def test_a_column_holds_what_its_field_is(ledger: str) -> None:
    for field in fields_of(LEDGERS[ledger]):
        column = TABLES[ledger].c[field.column]
        if field.ref:
            assert {key.column.table.name for key in column.foreign_keys} == {field.ref}
        elif issubclass(field.kind, Term):
            assert isinstance(column.type, Enum)
            assert [*column.type.enums] == [each.value for each in field.kind]
        else:
            assert isinstance(column.type, KINDS[field.kind])
        assert column.nullable == field.optional or field.name == "known_at"


@pytest.mark.parametrize("ledger", LEDGERS)
def test_a_ledger_refers_only_to_itself_and_to_those_before_it(ledger: str) -> None:
    order = list(LEDGERS)
    for field in fields_of(LEDGERS[ledger]):
        if field.ref:
            assert order.index(field.ref) <= order.index(ledger)


@pytest.mark.parametrize("ledger", LEDGERS)
def test_labels_are_chinese_and_speak_of_one_field_each(ledger: str) -> None:
    labels = [field.label for field in fields_of(LEDGERS[ledger])]
    assert len(labels) == len(set(labels))
    assert not any(letter.isascii() and letter.isalpha() for text in labels for letter in text)


def test_a_record_knows_its_ledger() -> None:
    assert ledger_of(Record.__new__(Plan)) == "plan"


SAMPLES = {
    str: ("文字", "=1+1", "是"),
    int: (0, -3, 2023),
    float: (0.1, 16.0, 1e-9, 100.0),
    bool: (True, False),
    date: (date(2023, 7, 31),),
    datetime: (datetime(2023, 9, 22, 1, 30, 0, 7, tzinfo=UTC),),
}


@pytest.mark.parametrize("ledger", LEDGERS)
def test_what_history_writes_it_reads_back(ledger: str) -> None:
    for field in fields_of(LEDGERS[ledger]):
        values = tuple(field.kind) if issubclass(field.kind, Term) else SAMPLES[field.kind]
        for value in (*values, None):
            assert from_text(field, to_text(value)) == value


@pytest.mark.parametrize("term", Term.__subclasses__(), ids=lambda each: each.__name__)
def test_a_term_is_read_by_its_value_and_by_its_label(term: type[Term]) -> None:
    assert len({each.label for each in term}) == len(list(term))
    for each in term:
        assert term.parse(each.value) is each
        assert term.parse(each.label) is each
        assert len(each.value) <= 20
    with pytest.raises(ValueError, match=f"可填：{next(iter(term)).label}"):
        term.parse("无此项")


def test_a_moment_without_a_zone_is_refused() -> None:
    table = TABLES["plan"]
    engine = open_books("sqlite://")
    with pytest.raises(StatementError, match="time zone"), writing(engine) as connection:
        connection.execute(table.update().values(known_at=datetime(2023, 6, 6)))
