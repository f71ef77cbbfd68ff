"""交办事项: what was handed to whom, by when, and what has come of it?"""

from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.widgets.desk import desk
from dashboard.widgets.directive_forms import registering
from dashboard.widgets.directive_list import answer_of, chosen, directive_table, numbers
from dashboard.widgets.heading import heading, section

at = desk()
heading(at, "交办事项", answer_of(at))
registering(at)
held = at.books.all(r.Directive)
if held:
    numbers(at)
    found = chosen(at)
    some = "" if len(found) == len(held) else f"筛选出{len(found)}件，"
    act = "办理" if at.may(Right.ANSWER) else "查看详情"
    section("交办事项", f"{some}办理中的在前，按办结时限先后；点事项名称可{act}")
    directive_table(at, found)
else:
    directive_table(at, ())
