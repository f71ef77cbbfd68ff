"""`guatu read`: what a plan's document says, for a person or as JSON. Nothing is written."""

import json
import sys
from pathlib import Path

import click

from dashboard.commands.files import content_of
from dashboard.policy.documents import text_of
from dashboard.policy.reading import read as read_text
from dashboard.policy.source import UnreadableError
from dashboard.policy.told import as_object, summary

_LARGEST = 100 * 2**20
"""Bytes: a plan is a few hundred thousand, with pictures a few million."""


@click.command(help="读方案文件（txt、docx、pdf），列出条款、任务、责任、时限、指标和待核对处。")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供其他程序使用。")
def read(file: Path, *, as_json: bool) -> None:
    """Read a document; exit code 1 where something is left for a person to look at."""
    content = content_of(file, _LARGEST)
    try:
        if len(content) > _LARGEST:
            raise UnreadableError("文件超过100MB，请只保留方案正文再读。")
        text = text_of(content, file.name)
    except UnreadableError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    found = read_text(text)
    if as_json:
        with_text = file.suffix.lower() != ".txt"
        click.echo(json.dumps(as_object(found, with_text=with_text), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(summary(found)))
    if found.problems:
        sys.exit(1)
