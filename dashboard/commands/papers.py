"""`guatu dispatch` and `guatu bulletin`: a meeting's and a month's papers, taken away on record."""

from pathlib import Path

import click
from sqlalchemy import Engine

from dashboard.access.viewer import CONSOLE
from dashboard.commands.beginning import known_plan, open_books, wrong_use
from dashboard.commands.files import giving
from dashboard.ledgers.archive import issues
from dashboard.posting.exporting import Export, on_record
from dashboard.posting.plans import now_of
from dashboard.reports.paper_wishes import (
    ENDINGS,
    OF_A_MEETING,
    TITLES,
    PaperKind,
    PaperWish,
    content_of_paper,
    paper_of,
)
from dashboard.reports.pdf import PREVIEW, NoPdfError
from dashboard.settings import Settings

_KINDS = {TITLES[each]: each for each in OF_A_MEETING}
_OUT = "文件名，以 .docx、.xlsx 或 .pdf 结尾。"


@click.command(help="生成周调度的文件：周调度表、会议材料或会议纪要；导出记入审计。")
@click.argument("plan", metavar="方案")
@click.option("--week", metavar="调度周", required=True, help="如 2023-W38。")
@click.option("--out", metavar="文件", required=True, help=_OUT)
@click.option(
    "--kind",
    metavar="文件种类",
    type=click.Choice(list(_KINDS)),
    default=TITLES[PaperKind.WEEK],
    help=f"{'、'.join(_KINDS)}，默认{TITLES[PaperKind.WEEK]}。",
)
def dispatch(plan: str, week: str, out: str, kind: str) -> None:
    """A paper of one meeting, as it was frozen or, before that, as it stands."""
    engine, settings = open_books()
    known_plan(engine, plan)
    wish = PaperWish(plan=plan, kind=_KINDS[kind], round=week)
    _write(engine, settings, wish, _target(out))


@click.command(help="生成月通报：已印发的按存档生成，未印发的生成文稿；导出记入审计。")
@click.argument("plan", metavar="方案")
@click.option("--month", metavar="月份", required=True, help="如 2023-09。")
@click.option("--out", metavar="文件", required=True, help=_OUT)
def bulletin(plan: str, month: str, out: str) -> None:
    """The newest issue of a month, else its draft."""
    engine, settings = open_books()
    held = issues(engine, plan, now_of(known_plan(engine, plan)))
    is_draft = not any(each.month == month for each in held)
    wish = PaperWish(plan=plan, kind=PaperKind.BULLETIN, month=month, is_draft=is_draft)
    _write(engine, settings, wish, _target(out))
    if is_draft:
        click.echo("本月通报尚未印发，生成的是文稿。", err=True)


def _target(out: str) -> Path:
    target = Path(out)
    if target.suffix.lower().removeprefix(".") not in ENDINGS:
        wrong_use(
            click.UsageError(f"“{out}”：--out 后面请写以 .docx、.xlsx 或 .pdf 结尾的文件名。")
        )
    return target


def _write(engine: Engine, settings: Settings, wish: PaperWish, target: Path) -> None:
    ending = target.suffix.lower().removeprefix(".")
    export = Export(
        viewer=CONSOLE, action="导出文件", what=target.name, plan=wish.plan, right=wish.right
    )
    with giving(target, NoPdfError):
        paper = paper_of(engine, CONSOLE, wish, settings)
        content = content_of_paper(paper, ending)
        with on_record(engine, export, f"{target.name}，{paper.title}"):
            target.write_bytes(content)
    click.echo(f"已生成 {target}（{paper.title}）。", err=True)
    if ending == "pdf":
        click.echo(f"{PREVIEW}。", err=True)
