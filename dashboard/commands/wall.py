"""`guatu wallchart`: the plan as a chart for the wall, taken away on record."""

from datetime import datetime
from pathlib import Path

import click

from dashboard.access.viewer import CONSOLE
from dashboard.commands.beginning import known_plan, now, open_books, wrong_use
from dashboard.commands.files import giving
from dashboard.posting.exporting import Export, on_record
from dashboard.posting.plans import now_of
from dashboard.reports.release import Wish, day_within, judged
from dashboard.reports.typefaces import NoTypefaceError
from dashboard.reports.wall_chart import ACTION, PAPERS, detail_of_chart, wall_chart


@click.command(help="生成作战图（PDF），供张贴上墙：任务进度和镇街进度各若干张；导出记入审计。")
@click.argument("plan", metavar="方案")
@click.option("--out", metavar="文件", required=True, help="文件名，以 .pdf 结尾。")
@click.option(
    "--paper",
    metavar="纸张",
    type=click.Choice(list(PAPERS), case_sensitive=False),
    default="A1",
    help="纸张大小：A0、A1、A2、A3，默认 A1。",
)
@click.option("--as-of", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="统计截止日。")
def wallchart(plan: str, out: str, paper: str, as_of: datetime | None) -> None:
    """The chart of a whole plan as of a day."""
    target = Path(out)
    if target.suffix.lower() != ".pdf":
        wrong_use(click.UsageError(f"“{out}”：--out 后面请写以 .pdf 结尾的文件名。"))
    engine, settings = open_books()
    held = known_plan(engine, plan)
    asked = Export(viewer=CONSOLE, action=ACTION, what=target.name, plan=plan)
    with giving(target, NoTypefaceError):
        wish = Wish(plan, day_within(held, as_of.date() if as_of else None, now_of(held), now()))
        content = wall_chart(judged(engine, CONSOLE, wish, settings), settings, paper=paper)
        with on_record(engine, asked, f"{target.name}，{detail_of_chart(paper, wish)}"):
            target.write_bytes(content)
    click.echo(f"已生成 {target}（{paper}，统计截止日 {wish.day}）。", err=True)
