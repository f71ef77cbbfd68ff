"""督办: which step is due toward whom and why, what was issued, and what has come of it?"""

from dashboard.ledgers import records as r
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading, section
from dashboard.widgets.supervision_form import issuing
from dashboard.widgets.supervision_list import answer_of, chosen, numbers, register
from dashboard.widgets.supervision_proposals import due_now, may_issue, proposal_table

at = desk()
found = due_now(at)
heading(at, "督办", answer_of(at, len(found)))
if may_issue(at):
    proposal_table(at, found)
    issuing(at, found)
held = at.books.all(r.Supervision)
section("督办登记", "未办结的在前；点登记序号办理" if held else "")
if held:
    numbers(at)
    register(at, chosen(at))
else:
    register(at, ())
