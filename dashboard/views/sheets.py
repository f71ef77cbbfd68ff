"""填报表: sheets go out to whom the network does not reach, and come back."""

from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading

at = desk()
heading(at, "填报表", "")
