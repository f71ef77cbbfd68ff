"""Files that a command reads and writes, and the end that tells a person what to look at."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from dashboard.commands.beginning import wrong_use
from dashboard.posting.faults import RefusedError
from dashboard.reports.release import WrongWishError


def content_of(path: Path, most_bytes: int) -> bytes:
    """A file's content, one byte past `most_bytes` at most: what is larger is refused anyway.

    A file that cannot be read ends the program with exit code 2.
    """
    try:
        with path.open("rb") as opened:
            return opened.read(most_bytes + 1)
    except OSError:
        wrong_use(click.UsageError(f"读不到 {path}：请看是否为文件、能否读取。"))


@contextmanager
def giving(target: Path, *refusals: type[Exception]) -> Iterator[None]:
    """What a command makes and writes to `target`, or an end that says why not.

    What is refused, as RefusedError or one of `refusals`, ends the program with exit code 1; a
    wrong wish, or a place where nothing can be written, with exit code 2.
    """
    refusing: tuple[type[Exception], ...] = (RefusedError, *refusals)
    try:
        yield
    except WrongWishError as error:
        wrong_use(click.UsageError(str(error)))
    except refusing as refused:
        click.echo(str(refused))
        sys.exit(1)
    except OSError:
        ways_out = "请看文件夹是否存在、能否写入，文件是否正在别处打开。"
        wrong_use(click.UsageError(f"写不到 {target}：{ways_out}"))
