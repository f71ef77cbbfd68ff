"""会议室大屏: how the plan stands, for a whole room to read, and by itself always up to date."""

from dashboard.rules.summary import leading_sentence
from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading

at = desk()
heading(at, "会议室大屏", leading_sentence(at.judgement))
