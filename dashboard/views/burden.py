"""填报负担: how much was asked of whom, and how long did filings wait?"""

from dashboard.widgets.desk import desk
from dashboard.widgets.heading import heading

at = desk()
heading(at, "填报负担", "")
