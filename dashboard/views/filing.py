"""我的填报: what is due from my units in this round, what was returned, what comes next?"""

from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading

at = desk()
heading(at, "我的填报", "")
