"""`guatu export` and `guatu check`: nothing private goes out, all of it is put on record."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from sqlalchemy import Engine, text

from dashboard import settings
from dashboard.__main__ import main
from dashboard.access.audit import Filter, Recorded, breaks, events
from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load_plan
from dashboard.ledgers.database import open_books, writing
from dashboard.ledgers.shape import LEDGERS, NOT_CARRIED, fields_of
from dashboard.ledgers.tables import TABLES
from dashboard.ledgers.terms import AuditKind, DirectiveSource
from dashboard.papers.model import seal_of
from dashboard.posting.entry import entry
from dashboard.posting.problems import issue_directive
from dashboard.posting.signature import Signature
from dashboard.sheets.plan_folder import FILES, carried, read_folder
from tests.books import CODE, JIAXIANG

NAME, TELEPHONE, REGISTER_NO = "某联系人姓名", "0537-6810000", "批示登记2023-17"
ENDINGS = [".json", ".xlsx", ""]


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, prog_name="guatu")


@pytest.fixture
def engine() -> Iterator[Engine]:
    """The shipped plan with a contact and two directives, one of them an instruction."""
    assert run("load", str(JIAXIANG)).exit_code == 0
    made = open_books(settings.current().database.url)
    contact = r.Contact(code="c1", unit="u-wjj", post="联络岗", name=NAME, telephone=TELEPHONE)
    with entry(made, CODE, Signature(CONSOLE, Right.EDIT_UNITS, "维护联系人")) as opened:
        opened.add(contact)
    directive = r.Directive(
        code="new",
        matter="报送工作情况",
        source=DirectiveSource.LEADER,
        unit="u-wjj",
        issued_on=date(2023, 9, 20),
        due_on=date(2023, 9, 28),
    )
    issue_directive(made, CONSOLE, CODE, directive)
    instruction = replace(directive, matter="按批示要求办理", register_no=REGISTER_NO)
    issue_directive(made, CONSOLE, CODE, instruction)
    yield made
    made.dispose()


def text_of(target: Path) -> str:
    """Everything that can be read in what was exported."""
    if target.is_dir():
        return "\n".join(path.read_text(encoding="utf-8-sig") for path in target.iterdir())
    if target.suffix == ".json":
        return target.read_text(encoding="utf-8")
    sheets = [sheet.iter_rows(values_only=True) for sheet in load_workbook(target)]
    return "\n".join(str(cell) for rows in sheets for row in rows for cell in row)


def last(engine: Engine) -> Recorded:
    return events(engine, Filter(), limit=1).rows[0]


@pytest.mark.parametrize("ending", ENDINGS)
def test_contacts_never_go_out_and_instructions_only_when_asked_for(
    engine: Engine, tmp_path: Path, ending: str
) -> None:
    plain, asked = tmp_path / f"plain{ending}", tmp_path / f"asked{ending}"
    assert run("export", CODE, "--to", str(plain)).exit_code == 0
    assert run("export", CODE, "--to", str(asked), "--with-instructions").exit_code == 0
    for target in (plain, asked):
        held = text_of(target)
        assert "报送工作情况" in held
        assert NAME not in held
        assert TELEPHONE not in held
        assert "联络岗" not in held
        assert (REGISTER_NO in held, "按批示要求办理" in held) == (target == asked,) * 2


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_export_is_put_on_record_with_day_and_rows(
    engine: Engine, tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"out{ending}"
    run("export", CODE, "--to", str(target), "--as-of", "2023-09-22", "--with-instructions")
    told = last(engine)
    assert (told.kind, told.action, told.plan) == (AuditKind.EXPORT, "导出方案", CODE)
    assert (told.address, told.is_ok) == ("命令行", True)
    assert str(told.detail).startswith(f"out{ending}，统计截止日2023年9月22日，共")
    assert str(told.detail).endswith("行，含有批示登记号的交办事项")
    assert list(breaks(engine)) == []


def test_the_rows_on_record_are_those_of_the_folder(engine: Engine, tmp_path: Path) -> None:
    run("export", CODE, "--to", str(tmp_path / "out"))
    folder, problems = read_folder(tmp_path / "out")
    assert folder is not None, problems
    assert f"共{len(folder.rows)}行" in str(last(engine).detail)


@pytest.mark.parametrize("name", ["a.pdf", "no/such/a.json"])
def test_an_export_that_fails_is_not_on_record(engine: Engine, tmp_path: Path, name: str) -> None:
    before = last(engine)
    assert run("export", CODE, "--to", str(tmp_path / name)).exit_code == 2
    assert last(engine) == before


def test_the_same_day_is_the_same_file_whatever_was_exported_before(
    engine: Engine, tmp_path: Path
) -> None:
    for name in ("a.json", "b.json"):
        run("export", CODE, "--to", str(tmp_path / name))
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert "contacts" not in json.loads((tmp_path / "a.json").read_bytes())


def test_a_workbook_has_no_sheet_and_a_folder_no_file_of_a_private_ledger() -> None:
    assert NOT_CARRIED
    assert not set(NOT_CARRIED) & set(FILES)
    for kind in LEDGERS.values():
        private = {field.name for field in fields_of(kind) if field.private}
        assert not private & {field.name for field in carried(kind)}


def test_a_contact_in_a_plan_folder_is_not_taken_in(tmp_path: Path) -> None:
    for path in JIAXIANG.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "contacts.csv").write_text("编号,单位,岗位\nc1,u-wjj,岗\n", encoding="utf-8-sig")
    result = run("load", str(tmp_path))
    assert result.exit_code == 1
    assert "contacts.csv：不认识的文件" in result.stdout


def test_a_plan_whose_office_has_contacts_can_be_loaded_again(engine: Engine) -> None:
    assert run("load", str(JIAXIANG)).exit_code == 0
    assert load_plan(engine, CODE).code == CODE
    with engine.connect() as connection:
        assert len(connection.execute(TABLES["contact"].select()).all()) == 1


def test_check_looks_through_the_audit_chain(engine: Engine) -> None:
    assert run("check").exit_code == 0
    with writing(engine) as connection:
        connection.execute(text("DROP TRIGGER audit_event_no_update"))
        connection.execute(text("UPDATE audit_event SET action = '另一事' WHERE id = 2"))
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "audit_chain_unbroken 审计记录第2条与校验值不符，该条或前一条可能被改动"
    ]


def test_check_looks_at_what_was_frozen(engine: Engine) -> None:
    issue = r.Bulletin(
        code="B000001",
        month="2023-07",
        year=2023,
        number=1,
        title="通报",
        issuer="县政府办公室",
        issued_on=date(2023, 8, 1),
        issued_by="综合岗",
        figures_to=datetime(2023, 7, 31, 16, tzinfo=UTC),
        known_to=datetime(2023, 7, 31, 16, tzinfo=UTC),
        content="全文",
        sha256=seal_of("全文"),
    )
    with entry(engine, CODE, Signature(CONSOLE, Right.PUBLISH, "编发通报")) as opened:
        opened.add(issue)
    assert run("check").exit_code == 0
    with writing(engine) as connection:
        connection.execute(text("UPDATE bulletin SET content = '另文'"))
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{CODE} frozen_content_unchanged B000001：月通报的内容与校验值不符，可能被改动"
    ]
