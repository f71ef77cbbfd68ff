"""Plans and practice data in and out; the books checked and brought up to date."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from sqlalchemy import Engine

from dashboard import practice
from dashboard.access.audit import breaks
from dashboard.access.viewer import CONSOLE
from dashboard.commands.beginning import known_plan, now, open_books, settings_or_exit, wrong_use
from dashboard.ledgers import database
from dashboard.ledgers.archive import sealed
from dashboard.ledgers.books import Books, load_plan, plan_codes
from dashboard.ledgers.books import load as load_books
from dashboard.ledgers.boundary_faults import boundary_faults
from dashboard.ledgers.evidence import lost_files
from dashboard.ledgers.shape import TITLES, ledger_of
from dashboard.ledgers.store import Store
from dashboard.papers.model import seal_of
from dashboard.posting.faults import RefusedError
from dashboard.posting.plans import clear_practice, left_words, now_of, post_plan
from dashboard.rules.calendar import end_of, shanghai_day
from dashboard.rules.invariants import breaches, remarks
from dashboard.sheets.plan_folder import read_folder

CHAIN = "audit_chain_unbroken"
FILES = "files_present_with_their_hash"
SEALS = "frozen_content_unchanged"
BOUNDARIES = "boundaries_belong_to_one_set"
"""What the invariants of the audit chain, the file store, the frozen papers and the boundaries
are called by `guatu check`."""


def load_or_exit(engine: Engine, folder: Path) -> int:
    """Load a plan folder, or list every problem and end with exit code 1."""
    found, problems = read_folder(folder)
    today = shanghai_day(now())
    if found is not None:
        faults = post_plan(engine, CONSOLE, found.plan, found.rows, today=today)
        problems = tuple(found.locate(fault) for fault in faults)
    if problems or found is None:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"共{len(problems)}处问题，没有载入任何内容。", err=True)
        sys.exit(1)
    return len(found.rows)


@click.command(help="载入方案文件夹：全部正确才载入，否则逐条列出问题。")
@click.argument(
    "folder", metavar="文件夹", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def load(folder: Path) -> None:
    """Load a plan, all or nothing."""
    engine, _ = open_books()
    number = load_or_exit(engine, folder)
    click.echo(f"已载入，共{number}行；重复载入同样内容不会改变台账。", err=True)


@click.command(help="载入演示数据；加 --clear 则清除，方案和正式记录保留。")
@click.argument("plan", metavar="方案")
@click.option("--clear", is_flag=True, help="清除演示数据。")
def sample(plan: str, *, clear: bool) -> None:
    """Practice data in, or out."""
    engine, settings = open_books()
    known_plan(engine, plan)
    if clear:
        removed = clear_practice(engine, CONSOLE, plan)
        said = f"已清除演示数据{removed}行" if removed else "账中没有演示数据"
        click.echo(f"{said}，{left_words(engine, plan)}。", err=True)
        return
    try:
        number = practice.fill(engine, CONSOLE, plan, settings)
    except RefusedError as refused:
        click.echo(str(refused))
        sys.exit(1)
    click.echo(f"已载入演示数据{number}行。", err=True)


@click.command(help="把数据库升级到当前版本的结构。")
def migrate() -> None:
    """Bring the schema to the newest form."""
    settings = settings_or_exit()
    try:
        done = database.migrate(settings.database.url)
    except database.DatabaseError as error:
        wrong_use(error)
    click.echo("数据库已升级。" if done else "数据库结构已是最新。", err=True)


@click.command(help="检查台账是否自洽、佐证材料是否齐全，逐条列出问题。")
def check() -> None:
    """Run every invariant on every plan, and look through its files and the audit chain."""
    engine, settings = open_books()
    codes, store = plan_codes(engine), Store(settings.files.store)
    found, told = [], []
    for code in codes:
        books = load_books(engine, code, end_of(shanghai_day(now_of(load_plan(engine, code)))))
        found += [f"{code} {each}" for each in _faults_of(engine, books, store)]
        told += [f"提示：{code} {each.message}，请核对。" for each in remarks(books)]
    found += [f"{CHAIN} {message}" for message in breaks(engine)]
    for line in found:
        click.echo(line)
    for line in told:
        click.echo(line, err=True)
    click.echo(f"检查完毕：{len(codes)}个方案，{len(found)}处问题。", err=True)
    sys.exit(1 if found else 0)


def _faults_of(engine: Engine, books: Books, store: Store) -> Iterator[str]:
    """What is wrong with a plan's books, its files, its frozen papers and its boundaries."""
    code = books.plan.code
    for breach in breaches(books):
        yield f"{breach.invariant} {breach.message}"
    for row, state in lost_files(engine, code, store):
        yield f"{FILES} {row.code}：佐证材料“{row.name}”{state.value}"
    for kept in sealed(engine, code, books.as_of):
        if seal_of(kept.content) != kept.sha256:
            title = TITLES[ledger_of(kept)]
            yield f"{SEALS} {kept.code}：{title}的内容与校验值不符，可能被改动"
    for message in boundary_faults(engine, code):
        yield f"{BOUNDARIES} {message}"
