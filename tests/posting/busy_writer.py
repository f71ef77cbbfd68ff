"""A process that files without a pause and says what is kept; tests kill it in the middle.

`python -m tests.posting.busy_writer ADDRESS LINE…`: one thread a line, each filing with a problem.
Every filing that posting has acknowledged is one line of standard output.
"""

import sys
import threading

from dashboard import settings
from dashboard.access.viewer import CONSOLE
from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t
from dashboard.ledgers.books import load
from dashboard.ledgers.database import open_books
from dashboard.posting.progress import Report, file_progress
from dashboard.rules.calendar import Clock, shanghai_day

SAY = threading.Lock()


def file_on(address: str, plan: str, line: str) -> None:
    """File on a line until the process ends."""
    engine, now = open_books(address), Clock().now()
    unit = load(engine, plan, now).get(r.ReportingLine, line).unit
    problem = r.Problem(
        code="新",
        description="场地未落实",
        source=t.ProblemSource.DEPARTMENT,
        category=t.ProblemCategory.PREMISES,
        unit=unit,
        found_on=shanghai_day(now),
        closing_standard="场地落实",
    )
    seen = None
    while True:
        report = Report(
            line=line,
            value=50,
            text="推进中",
            seen=seen,
            way=t.FilingWay.TELEPHONE,
            problem=problem,
        )
        seen = file_progress(engine, CONSOLE, plan, report, settings.current())
        with SAY:
            sys.stdout.write(f"{seen}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    url, code, *lines = sys.argv[1:]
    for each in lines:
        threading.Thread(target=file_on, args=(url, code, each), daemon=True).start()
    threading.Event().wait()
