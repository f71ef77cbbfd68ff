"""任务清单: what must be done by when, and how does each task stand?"""

from dashboard.ledgers import records as r
from dashboard.widgets.desk import Desk, desk
from dashboard.widgets.duty_table import questions_table, task_ledger
from dashboard.widgets.heading import heading, section
from dashboard.widgets.paper_links import ledger_links
from dashboard.widgets.record_choice import adding
from dashboard.widgets.strips import DISPLAY
from dashboard.widgets.sums import sums_of
from dashboard.widgets.task_filters import filtered
from dashboard.widgets.wall_links import wall_links


def answer(at: Desk) -> str:
    """“共24项任务、110条措施：正常9项、滞后2项……。”."""
    found = sums_of(at).everything.lights
    scheme = at.settings.lights.scheme
    named = [
        f"{getattr(scheme, light.value).label}{found[light]}项" for light in DISPLAY if found[light]
    ]
    measures = len(at.books.all(r.Measure))
    return f"共{len(at.judgement.tasks)}项任务、{measures}条措施：{'、'.join(named)}。"


at = desk()
heading(at, "任务清单", answer(at))
adding(at, "task")
tasks = filtered(at, at.judgement.tasks)
everything = len(tasks) == len(at.judgement.tasks)
shown = "按方案条款顺序" if everything else f"符合条件的{len(tasks)}项，按方案条款顺序"
section("任务", f"{shown}；每项任务的灯取其最落后的一条措施")
task_ledger(at, tasks)
ledger_links(at, "tasks")
wall_links(at)

if at.sees_all:
    open_questions = sums_of(at).questions
    said = f"方案中前后不一致、留待核定的{len(open_questions)}处，不影响先行使用"
    section("需办公室确认", said)
    questions_table(open_questions)
