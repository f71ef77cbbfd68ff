"""`guatu serve`, which plain `guatu` means."""

import click
from sqlalchemy import Engine

from dashboard import practice
from dashboard.access.viewer import CONSOLE, needs_log_in
from dashboard.commands.beginning import settings_or_exit, wrong_use
from dashboard.commands.plans import load_or_exit
from dashboard.ledgers import database
from dashboard.ledgers.books import plan_codes
from dashboard.settings import Settings


@click.command(help="启动挂图，在浏览器中使用。")
@click.option("--host", metavar="地址", help="监听地址，不写的按配置文件。")
@click.option(
    "--port", metavar="端口", type=click.IntRange(1, 65535), help="端口，不写的按配置文件。"
)
def serve(host: str | None, port: int | None) -> None:
    """Serve the pages until interrupted."""
    settings = settings_or_exit()
    asked = {"host": host, "port": port}
    chosen = {name: value for name, value in asked.items() if value is not None}
    server_settings = settings.server.model_copy(update=chosen)
    settings = settings.model_copy(update={"server": server_settings})
    # Imported here: the other commands need neither Streamlit nor its seconds.
    from dashboard import server  # noqa: PLC0415

    try:
        server.check_address(settings)
        engine = database.open_books(settings.database.url)
        server.check_accounts(settings, has_accounts=needs_log_in(engine))
        _first_start(engine, settings)
        try:
            server.serve(settings, engine)
        finally:
            database.close(engine)
    except (server.AddressError, database.DatabaseError) as error:
        wrong_use(error)


def _first_start(engine: Engine, settings: Settings) -> None:
    """Fill a database without plans, so that the first look is alive; only in SQLite."""
    if plan_codes(engine) or engine.dialect.name != "sqlite":
        return
    click.echo(f"首次启动，正在载入方案 {settings.plan.default} ……", err=True)
    load_or_exit(engine, settings.plans_folder / settings.plan.default)
    if settings.plan.practice:
        practice.fill(engine, CONSOLE, settings.plan.default, settings)
        click.echo("已载入演示数据；看过以后，可在页面左侧一键清除。", err=True)
