"""`guatu boundaries`: a file of boundaries taken in, or every reason why not."""

import sys
from pathlib import Path

import click

from dashboard.access.viewer import CONSOLE
from dashboard.commands.beginning import known_plan, open_books
from dashboard.commands.files import content_of
from dashboard.ledgers.books import load
from dashboard.ledgers.terms import Datum
from dashboard.posting.boundaries import load_boundaries
from dashboard.posting.faults import RefusedError
from dashboard.posting.file_names import cleaned
from dashboard.posting.plans import now_of
from dashboard.sheets.boundary_features import MOST_MB
from dashboard.sheets.boundary_file import BoundaryFile, Said, read_boundaries

_DATUMS = {"WGS-84": Datum.WGS84, "CGCS2000": Datum.CGCS2000, "GCJ-02": Datum.GCJ02}
_DATUMS["BD-09"] = Datum.BD09


@click.command(help="载入区域边界（GeoJSON）：与单位对应、转换、简化后入账，逐条列出要核对的。")
@click.argument("plan", metavar="方案")
@click.argument(
    "file", metavar="文件", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--datum",
    metavar="坐标系",
    required=True,
    type=click.Choice(list(_DATUMS), case_sensitive=False),
    help="文件的坐标系：WGS-84、CGCS2000、GCJ-02（高德、腾讯）或 BD-09（百度）。",
)
@click.option("--source", metavar="来源", required=True, help="资料来源，如县自然资源和规划局。")
@click.option("--review-no", metavar="审图号", help="审图号，没有的不写。")
@click.option("--title", metavar="名称", help="资料名称，不写为文件名。")
def boundaries(
    plan: str, file: Path, datum: str, source: str, review_no: str | None, title: str | None
) -> None:
    """Take a file of boundaries in, or list its problems."""
    engine, _ = open_books()
    held = known_plan(engine, plan)
    content = content_of(file, MOST_MB * 1024 * 1024)
    found, problems = read_boundaries(content, _DATUMS[datum], load(engine, plan, now_of(held)))
    for problem in problems:
        click.echo(problem)
    if found is None:
        click.echo("没有载入。", err=True)
        sys.exit(1)
    _tell(found)
    stem, _ending = cleaned(file.name)
    said = Said(file.name, _DATUMS[datum], title or stem, source, review_no)
    try:
        code = load_boundaries(engine, CONSOLE, plan, found.told_by(said))
    except RefusedError as refused:
        click.echo(str(refused))
        sys.exit(1)
    click.echo(f"边界资料{code}在用：{len(found.areas)}个区域。", err=True)


def _tell(found: BoundaryFile) -> None:
    """What the file brings and what is to be looked at, on standard output."""
    for area in found.areas:
        click.echo(f"{area.unit.name}：{area.matched_by.label}")
    for unit in found.missing:
        click.echo(f"没有边界：{unit.name}")
    for label in found.strangers:
        click.echo(f"未对应到单位：{label}")
    for note in found.notes:
        click.echo(f"核对：{note}")
