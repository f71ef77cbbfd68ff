"""`guatu stations`: the book of stations out, filled in, and into the ledgers again."""

import sys
from pathlib import Path

import click
from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE
from dashboard.commands.beginning import known_plan, now, open_books, wrong_use
from dashboard.commands.files import content_of, giving
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.posting.exporting import Export, on_record
from dashboard.posting.faults import RefusedError
from dashboard.reports.sheet import Stamp
from dashboard.sheets.filing_cells import CellError
from dashboard.sheets.station_book import station_book
from dashboard.sheets.station_intake import TakenBook, post_book, take_book
from dashboard.sheets.station_layout import BOOK
from dashboard.sheets.station_names import Names
from dashboard.sheets.station_rows import Stand
from dashboard.sheets.station_wishes import ACTION, StationWish, TooManyRowsError, present_books
from dashboard.sheets.station_words import changes_of, in_short, place_of, title_of


@click.command(help="站点台账表：--to 生成，--take 读回填好的表并逐条列出，加 --post 才录入台账。")
@click.argument("plan", metavar="方案")
@click.option("--to", metavar="文件", help="写到这个 xlsx 文件；记入审计。")
@click.option("--area", metavar="名称", help="只生成这个镇街或区县的。")
@click.option("--take", metavar="文件", help="读回填好的 xlsx 文件。")
@click.option("--post", "is_posting", is_flag=True, help="全部没有问题时录入。")
def stations(
    plan: str, to: str | None, area: str | None, take: str | None, *, is_posting: bool
) -> None:
    """The book out or in."""
    if (to is None) == (take is None):
        wrong_use(click.UsageError("请写 --to 文件（生成）或 --take 文件（读回），写一个。"))
    if to is not None and is_posting:
        wrong_use(click.UsageError("--post 只与 --take 同用。"))
    if take is not None and area is not None:
        wrong_use(click.UsageError("--area 只与 --to 同用。"))
    engine, _ = open_books()
    known_plan(engine, plan)
    if to is not None:
        _give(engine, plan, to, area)
    elif take is not None:
        _take(engine, plan, take, is_posting=is_posting)


def _give(engine: Engine, plan: str, to: str, area: str | None) -> None:
    target = Path(to)
    if target.suffix.lower() != ".xlsx":
        wrong_use(click.UsageError("--to 后面请写以 .xlsx 结尾的文件名。"))
    if target.exists():
        told = f"{target} 已存在，可能已填写，不予覆盖，请换一个文件名。"
        wrong_use(click.UsageError(told))
    wish = _wish(present_books(engine, plan), area)
    export = Export(
        viewer=CONSOLE, action=ACTION, what=target.name, plan=plan, right=Right.EDIT_STATIONS
    )
    with giving(target, TooManyRowsError):
        content = station_book(wish, str(Stamp(CONSOLE, now())), now().isoformat())
        with on_record(engine, export, wish.detail):
            target.write_bytes(content)
    click.echo(f"已生成 {target}：{wish.detail}。", err=True)


def _wish(books: Books, area: str | None) -> StationWish:
    if area is None:
        return StationWish(books)
    try:
        return StationWish(books, books.get(r.Unit, Names(books).code("unit", area)))
    except CellError as wrong:
        wrong_use(click.UsageError(f"--area {wrong}。"))


def _take(engine: Engine, plan: str, name: str, *, is_posting: bool) -> None:
    path = Path(name)
    content = content_of(path, BOOK.most_bytes)
    books = present_books(engine, plan)
    taken = take_book(engine, books, path.name, content)
    _tell(books, taken)
    bad = len(taken.problems) + len(taken.of(Stand.CONFLICT))
    if not is_posting:
        told = f"可录入{len(taken.ready)}行，无改动{taken.same}行，{bad}处问题；加 --post 录入。"
        click.echo(told, err=True)
    elif bad:
        click.echo(
            "有问题或另有改动的行，没有录入；请改好后再试，或在“站点导入导出”页选择。", err=True
        )
    else:
        bad = _post(engine, plan, taken)
    sys.exit(1 if bad else 0)


def _tell(books: Books, taken: TakenBook) -> None:
    """Every row that changes something, and every problem, on standard output."""
    names = Names(books)
    for each in taken.lines:
        if each.stand is not Stand.WRONG:
            told = f"{place_of(each)} {title_of(each)}：{in_short(names, each)}"
            click.echo(f"{each.stand.value}　{told}")
        if each.stand is Stand.CONFLICT:
            for change in changes_of(names, each):
                was, stands = change.was or "空", change.now or "空"
                click.echo(f"    {change.label}：下载时{was}，现为{stands}")
    for problem in taken.problems:
        click.echo(f"有误　{problem}")


def _post(engine: Engine, plan: str, taken: TakenBook) -> int:
    """Post all of it; returns how many faults kept it out after all."""
    try:
        done = post_book(engine, CONSOLE, plan, taken.ready)
    except RefusedError as refused:
        for fault in refused.faults:
            click.echo(f"没有录入：{fault}")
        return len(refused.faults)
    told = f"已录入：新增{done.added}行，修改{done.changed}行，检查{done.inspected}条。"
    click.echo(told, err=True)
    return 0
