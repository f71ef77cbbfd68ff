"""审核: what waits for the office's word, and who has not filed?"""

from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading

at = desk()
heading(at, "审核", "")
