"""总览: how does the plan stand, and what needs a leader? For a liaison: what is due from us?"""

from dashboard.charts.timeline import shown, timeline
from dashboard.rules.summary import leading_sentence, open_requests, standing
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading, section
from dashboard.widgets.keeping import kept
from dashboard.widgets.lists import requests_table, set_up_list, task_table
from dashboard.widgets.own_units import own_duties, own_sentence
from dashboard.widgets.picture import picture
from dashboard.widgets.strips import light_strip
from dashboard.widgets.wall_links import wall_links
from dashboard.widgets.wall_screen import wall_link

at = desk()
judgement = at.judgement

heading(at, "总览", leading_sentence(judgement) if at.sees_all else own_sentence(at))
wall_link(at)
if not at.sees_all:
    own_duties(at)
elif at.is_empty:
    set_up_list(at)

section("需协调解决的问题", f"{at.plan.level}级层面需要出面协调的事项，按时限先后")
requests_table(at, open_requests(at.books))

section("各项任务", "每项任务的灯取其最落后的一条措施，未定时限、长期坚持等暂不亮灯")
light_strip(at, standing(judgement).lights)
dated = kept("dated", at.version, lambda: shown(judgement))
if dated:
    picture(
        at,
        "timeline",
        lambda: timeline(dated, judgement, at.settings),
        says="有时限的事项从起始到时限的进度，竖线为应完成进度",
    )
task_table(at, judgement.tasks, key="overview")
wall_links(at)
