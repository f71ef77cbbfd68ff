"""The command line `guatu`: the same flow without a screen.

Exit codes: 0 done, 1 the content has problems (listed), 2 wrong use.
"""

import click

from dashboard import __version__
from dashboard.commands.accounts import account
from dashboard.commands.boundaries import boundaries
from dashboard.commands.exports import export
from dashboard.commands.papers import bulletin, dispatch
from dashboard.commands.plans import check, load, migrate, sample
from dashboard.commands.reading import read
from dashboard.commands.serving import serve
from dashboard.commands.sheets import sheets, take
from dashboard.commands.stations import stations
from dashboard.commands.wall import wallchart


@click.group(
    invoke_without_command=True,
    subcommand_metavar="[命令]",
    help="挂图：把方案变成台账、周调度和月通报。",
)
@click.version_option(__version__, message="挂图 %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Run a command; plain `guatu` serves."""
    if context.invoked_subcommand is None:
        context.invoke(serve)


for each in (
    *(serve, load, read, sample, export, dispatch, bulletin, wallchart),
    *(sheets, take, stations, boundaries, migrate, check, account),
):
    main.add_command(each)
for each in (main, *main.commands.values(), *account.commands.values()):
    each.options_metavar = "[选项]"

if __name__ == "__main__":
    main(prog_name="guatu")
