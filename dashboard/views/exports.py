"""数据导出: which ledgers may be taken away, as of which day?"""

from dashboard import wording
from dashboard.access.scope import sees_all
from dashboard.widgets.desk import desk
from dashboard.widgets.export_parts import chosen_units, file_list, notes, with_instructions
from dashboard.widgets.heading import heading

at = desk()
what = "全部台账和各单位台账" if sees_all(at.viewer) else "本单位台账"
day = wording.full_day(at.day)
heading(at, "数据导出", f"可导出截至{day}的{what}；每次导出都记入审计记录。")
units = chosen_units(at)
instructions = with_instructions(at)
file_list(at, units, instructions=instructions)
notes(at)
