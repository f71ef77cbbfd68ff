"""`guatu sheets` and `guatu take`: 填报表 out to whom the network does not reach, and in again."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import Engine

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.access.viewer import CONSOLE
from dashboard.commands.beginning import known_plan, now, open_books, wrong_use
from dashboard.commands.files import content_of, giving
from dashboard.ledgers.books import load, plan_codes
from dashboard.ledgers.records import Plan
from dashboard.ledgers.terms import FilingWay
from dashboard.posting.exporting import Export, on_record
from dashboard.posting.plans import now_of
from dashboard.reports.sheet import Stamp
from dashboard.rules.judgement import judge_books, times_of
from dashboard.settings import Settings
from dashboard.sheets.filing_bundle import books_of
from dashboard.sheets.filing_form import SheetProblem
from dashboard.sheets.filing_intake import (
    ReadFile,
    Stand,
    TakenFile,
    TakenRow,
    post_files,
    read_files,
    taken_in,
)
from dashboard.sheets.filing_package import MOST_ZIP_BYTES, Given
from dashboard.sheets.filing_report import How
from dashboard.sheets.filing_wishes import (
    NoRoundError,
    SheetWish,
    judged_for,
    round_named,
    units_asked,
    wishes,
)
from dashboard.sheets.filing_words import in_a_line, notes_of, online_words, report_words

_WAYS = {"消息": FilingWay.MESSAGE, "纸质": FilingWay.PAPER, "电话": FilingWay.TELEPHONE}


@click.command(help="生成各单位的填报表，每个有事项要报的单位一个 xlsx；记入审计。")
@click.argument("plan", metavar="方案")
@click.option("--round", "code", metavar="调度周", help="如 2023-W38，不写为本期。")
@click.option("--to", metavar="文件夹", required=True, help="放填报表的文件夹。")
def sheets(plan: str, code: str | None, to: str) -> None:
    """One xlsx a unit with something to file in the round."""
    if not to.strip():
        wrong_use(click.UsageError("--to 后面请写文件夹名。"))
    engine, settings = open_books()
    found, others = _wishes(engine, settings, known_plan(engine, plan), code)
    target = Path(to)
    files = list(books_of(found, settings, str(Stamp(CONSOLE, now())), now()))
    _refuse_filled(target, [name for name, _ in files])
    rows = sum(len(each.asks) for each in found)
    week = found[0].round.code if found else code or "本期"
    export = Export(
        viewer=CONSOLE, action="下发填报表", what=target.name, plan=plan, right=Right.FILE
    )
    detail = f"{week}，{len(files)}个单位，共{rows}项"
    with giving(target), on_record(engine, export, detail):
        target.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            (target / name).write_bytes(content)
    for wish, (name, _) in zip(found, files, strict=True):
        click.echo(f"{name}：{len(wish.asks)}项")
    click.echo(f"已生成{len(files)}份填报表，放在 {target}。", err=True)
    if others:
        names = wording.join_names(others, 5)
        click.echo(f"另有{len(others)}个单位本期没有要报的事项，不需填报表：{names}。", err=True)


def _wishes(
    engine: Engine, settings: Settings, plan: Plan, code: str | None
) -> tuple[tuple[SheetWish, ...], list[str]]:
    """The sheets to make, and the names of the units that need none."""
    at = now_of(plan)
    try:
        round_ = round_named(plan, at, times_of(settings), code)
    except NoRoundError as wrong:
        wrong_use(click.UsageError(str(wrong)))
    judgement = judged_for(engine, plan.code, round_, at, settings)
    found = wishes(judgement, round_)
    asked = {each.unit.code for each in found}
    return found, [unit.name for unit in units_asked(judgement) if unit.code not in asked]


def _refuse_filled(target: Path, names: Sequence[str]) -> None:
    """A sheet that lies there may have been filled in: it is never written over."""
    if target.exists() and not target.is_dir():
        wrong_use(click.UsageError(f"{target} 是文件，--to 后面请写文件夹名。"))
    if held := [name for name in names if (target / name).exists()]:
        shown = wording.join_names(held, 3, "个")
        wrong_use(
            click.UsageError(f"{target} 中已有{shown}，可能已填写，不予覆盖，请换一个文件夹。")
        )


@click.command(help="读回填好的填报表（xlsx 或 zip），逐条列出；加 --post 才录入台账。")
@click.argument("files", metavar="文件…", nargs=-1, required=True)
@click.option("--post", "is_posting", is_flag=True, help="录入没有问题的表。")
@click.option("--way", metavar="方式", default="消息", help="怎样收到的：消息、纸质或电话。")
@click.option(
    "--received",
    metavar="时间",
    type=click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]),
    help="收到时间，如 2023-09-21T11:30，不写为现在。",
)
def take(files: tuple[str, ...], way: str, received: datetime | None, *, is_posting: bool) -> None:
    """List what the sheets would file; file it where asked to."""
    if way not in _WAYS:
        wrong_use(click.UsageError(f"--way 应为{'、'.join(_WAYS)}之一。"))
    engine, settings = open_books()
    found = read_files(_given(files))
    taken = _taken(engine, settings, found, (_WAYS[way], received))
    for each in taken:
        _tell(each)
    good = [each for each in taken if _is_good(each)]
    problems = sum(len(each.problems) + len(each.of(Stand.CHANGED)) for each in taken)
    refused = _post(engine, settings, good) if is_posting else 0
    if not is_posting:
        rows = sum(len(each.ready) for each in good)
        click.echo(
            f"共{len(taken)}份，{problems}处问题，可录入{rows}条；加 --post 录入。", err=True
        )
    sys.exit(1 if problems or refused else 0)


def _given(names: Sequence[str]) -> list[Given]:
    paths = [Path(name) for name in names]
    return [Given(path.name, content_of(path, MOST_ZIP_BYTES)) for path in paths]


def _taken(
    engine: Engine,
    settings: Settings,
    found: Sequence[ReadFile],
    came: tuple[FilingWay, datetime | None],
) -> list[TakenFile]:
    """Every file held against the books of its own plan."""
    known, taken = plan_codes(engine), list[TakenFile]()
    codes = dict.fromkeys(each.sheet.marks.plan for each in found if each.sheet)
    for code in [each for each in codes if each in known]:
        mine = [each for each in found if each.sheet and each.sheet.marks.plan == code]
        at = now_of(known_plan(engine, code))
        judgement = judge_books(load(engine, code, at), settings)
        received = came[1].replace(tzinfo=wording.SHANGHAI) if came[1] else at
        if received > at:
            now_words = wording.moment(at)
            wrong_use(click.UsageError(f"--received 不能晚于现在（{now_words}）。"))
        how = How(came[0], received, at, lambda _: True)
        taken += taken_in(judgement, settings, mine, how)
    return [*taken, *_homeless(found, known)]


def _homeless(found: Sequence[ReadFile], known: Sequence[str]) -> list[TakenFile]:
    """Files that are no sheet, or a plan's that is not in these books."""
    left = []
    for each in found:
        if each.sheet is None:
            left.append(TakenFile(each.name, None, None, (), each.problems))
        elif each.sheet.marks.plan not in known:
            told = f"是方案“{each.sheet.marks.plan}”的填报表，本机没有这个方案"
            why = SheetProblem("", None, None, told)
            left.append(TakenFile(each.name, each.sheet.marks, None, (), (why,)))
    return left


def _is_good(each: TakenFile) -> bool:
    return not each.problems and not each.of(Stand.CHANGED) and bool(each.ready)


def _tell(each: TakenFile) -> None:
    """A file's rows and problems on standard output."""
    whose = f"（{each.unit.name}）" if each.unit else ""
    click.echo(f"{each.name}{whose}")
    for row in each.rows:
        if row.stand is not Stand.WRONG:
            click.echo(f"  第{row.row.mark.row}行 {row.row.title}：{_row_words(row, each)}")
    for problem in each.problems:
        click.echo(f"  有误　{problem}")


def _row_words(row: TakenRow, each: TakenFile) -> str:
    year = int(each.marks.day[:4]) if each.marks else 0
    said = in_a_line((*report_words(row, year), *notes_of(row)))
    if row.stand is Stand.CHANGED:
        online = in_a_line(online_words(row, year))
        cures = in_a_line(str(problem) for problem in row.problems)
        wrong = f"；{cures}" if cures else ""
        told = "制表后网上已另报，命令行不录入，请在“填报表”页核对后选择"
        return f"{told}\n    网上：{online}\n    表中：{said}{wrong}"
    return f"{row.stand.value}　{said}" if said else row.stand.value


def _post(engine: Engine, settings: Settings, good: Sequence[TakenFile]) -> int:
    """File every good sheet; returns how many were refused after all."""
    posted = post_files(engine, CONSOLE, [(each, each.ready) for each in good], settings)
    for each in posted:
        if each.refused is not None:
            for fault in each.refused.faults:
                click.echo(f"{each.file.name} 没有录入：{fault}")
    done = [each for each in posted if each.refused is None]
    rows = sum(each.number for each in done)
    click.echo(f"已录入{len(done)}份{rows}条。", err=True)
    return len(posted) - len(done)
