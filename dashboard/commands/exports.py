"""`guatu export`: a plan as held on a day, taken away on record."""

from datetime import date, datetime
from pathlib import Path

import click

from dashboard.access.viewer import CONSOLE
from dashboard.commands.beginning import known_plan, now, open_books, wrong_use
from dashboard.commands.files import giving
from dashboard.ledgers.records import Plan
from dashboard.posting.exporting import Export, on_record
from dashboard.posting.plans import now_of
from dashboard.reports.release import Release, Wish, WrongWishError, day_within, detail_of, release
from dashboard.reports.sheet import Stamp
from dashboard.reports.whole_plan import whole_plan
from dashboard.reports.workbook import workbook
from dashboard.settings import Settings
from dashboard.sheets.plan_folder import write_folder


@click.command(help="导出方案：.json、.xlsx 文件，或文件夹（每本台账一个 CSV）；导出记入审计。")
@click.argument("plan", metavar="方案")
@click.option("--to", metavar="文件", required=True, help="文件名或文件夹名。")
@click.option("--as-of", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="统计截止日。")
@click.option("--with-instructions", is_flag=True, help="包括有批示登记号的交办事项，默认不含。")
def export(plan: str, to: str, as_of: datetime | None, *, with_instructions: bool) -> None:
    """The whole plan as held on a day."""
    if not to.strip():  # an empty path would be the folder one happens to stand in
        wrong_use(click.UsageError("--to 后面请写文件名或文件夹名。"))
    target = Path(to)
    engine, settings = open_books()
    day = _day_within(known_plan(engine, plan), as_of)
    wish = Wish(plan, day, with_instructions)
    given = release(engine, CONSOLE, wish, settings)
    held = given.rows
    if not target.suffix:  # a folder can be loaded as a plan: practice data would pass for records
        given = given.without_practice()
    asked = Export(viewer=CONSOLE, action="导出方案", what=target.name, plan=plan)
    detail = f"{target.name}，{detail_of(wish, given.rows)}"
    with giving(target), on_record(engine, asked, detail):
        _write(target, given, settings)
    if given.rows < held:
        click.echo(f"演示数据{held - given.rows}行不写入方案文件夹。", err=True)
    click.echo(f"已导出到 {target}（统计截止日 {day}）。", err=True)


def _day_within(plan: Plan, as_of: datetime | None) -> date:
    try:
        return day_within(plan, as_of.date() if as_of else None, now_of(plan), now())
    except WrongWishError as error:
        wrong_use(click.UsageError(str(error)))


def _write(target: Path, given: Release, settings: Settings) -> None:
    """Into a file of the kind that its name says, or a folder where it says none."""
    kind = target.suffix.lower()
    if kind == ".json":
        target.write_bytes(whole_plan(given.judgement, given.filed))
    elif kind == ".xlsx":
        target.write_bytes(workbook(given, settings, Stamp(CONSOLE, now())))
    elif kind:
        wrong_use(click.UsageError(f"“{target.name}”：请写 .json、.xlsx 文件名，或文件夹名。"))
    else:
        write_folder(target, given.judgement.books.plan, given.records())
