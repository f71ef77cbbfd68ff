"""The command line `guatu`: the same flow without a screen.

Exit codes: 0 done, 1 the content has problems (listed), 2 wrong use.
"""

import sys
from typing import NoReturn

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from dashboard import __version__
from dashboard.settings import Settings, SettingsError, load

CLICK_WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Show this message and exit.": "显示本说明。",
    "Show the version and exit.": "显示版本号。",
    "Aborted!": "已中止。",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用法说明：{command} {option}",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "No such command {name!r}.": "没有“{name}”这个命令。",
    "No such option {name!r}.": "没有“{name}”这个选项。",
    "Did you mean {possibility}?": "是否应为 {possibility}？",
    "Invalid value: {message}": "填写有误：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 填写有误：{message}",
    "{value!r} is not a valid {number_type}.": "“{value}”不是数。",
    "{value} is not in the range {range}.": "{value} 不在允许的范围（{range}）内。",
    "{name} {filename!r} does not exist.": "{name}“{filename}”不存在。",
    "{name} {filename!r} is a directory.": "{name}“{filename}”是文件夹。",
    "{name} {filename!r} is a file.": "{name}“{filename}”是文件。",
    "{name} {filename!r} is not readable.": "{name}“{filename}”不能读取。",
    "{name} {filename!r} is not writable.": "{name}“{filename}”不能写入。",
    "Could not open file {filename!r}: {message}": "打不开文件“{filename}”：{message}",
    "Option {name!r} requires an argument.": "选项“{name}”后面要写值。",
    "Option {name!r} does not take a value.": "选项“{name}”后面不写值。",
    "Got unexpected extra argument ({args})": "多出了参数（{args}）",
    "Got unexpected extra arguments ({args})": "多出了参数（{args}）",
    "{value!r} does not match the format {format}.": "“{value}”的写法应为 {format}。",
    "{value!r} does not match the formats {formats}.": "“{value}”的写法应为 {formats} 之一。",
    "{value!r} is not {choice}.": "“{value}”不在可选的值（{choice}）内。",
    "{value!r} is not one of {choices}.": "“{value}”不在可选的值（{choices}）内。",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "File": "文件",
    "Directory": "文件夹",
    "Path": "路径",
}


def _speak_chinese() -> None:
    """Give click, which asks gettext for its words, Chinese ones without a compiled catalogue."""
    for module in (
        click.core,
        click.decorators,
        click.exceptions,
        click.formatting,
        click.parser,
        click.types,
    ):
        for name, words in (("_", _word), ("ngettext", _counted)):
            if hasattr(module, name):
                setattr(module, name, words)


def _word(text: str) -> str:
    return CLICK_WORDS.get(text, text)


def _counted(one: str, many: str, number: int) -> str:
    return _word(one if number == 1 else many)


_speak_chinese()


@click.group(invoke_without_command=True, help="挂图：把方案变成台账、周调度和月通报。")
@click.version_option(__version__, message="挂图 %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Run a command; plain `guatu` serves."""
    if context.invoked_subcommand is None:
        context.invoke(serve)


def settings_or_exit() -> Settings:
    """The settings in force; wrong ones end the program with exit code 2 and the reasons."""
    try:
        return load()
    except SettingsError as error:
        wrong_use(error)


def wrong_use(reason: Exception) -> NoReturn:
    """Say why in Chinese on standard error and end with exit code 2."""
    click.echo(str(reason), err=True)
    sys.exit(2)


@main.command(help="启动挂图，在浏览器中使用。")
@click.option("--host", metavar="地址", help="监听地址，目前只能是本机 127.0.0.1。")
@click.option("--port", metavar="端口", type=click.IntRange(1, 65535), help="端口，默认 8501。")
def serve(host: str | None, port: int | None) -> None:
    """Serve the pages until interrupted."""
    settings = settings_or_exit()
    asked = {"host": host, "port": port}
    chosen = {name: value for name, value in asked.items() if value is not None}
    server_settings = settings.server.model_copy(update=chosen)
    settings = settings.model_copy(update={"server": server_settings})
    # Imported here: the other commands need neither Streamlit nor its seconds.
    from dashboard import server  # noqa: PLC0415
    from dashboard.ledgers import database  # noqa: PLC0415

    try:
        server.check_address(settings.server.host, settings.server.port)
        engine = database.open_books(settings.database.url)
        server.serve(settings, lambda: database.state(engine))
    except (server.AddressError, database.DatabaseError) as error:
        wrong_use(error)


if __name__ == "__main__":
    main(prog_name="guatu")
