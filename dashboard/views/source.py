"""原文对照: where in the plan's document does a ledger's row come from?"""

from dashboard.widgets.desk import desk
from dashboard.widgets.heading import empty, heading
from dashboard.widgets.source_parts import answer, paragraph, row_named, source_named, ways_back

at = desk()
row = row_named(at)
source = source_named(at, row)
heading(at, "原文对照", answer(at, row, source))
if row is None:
    empty("没有这条记录，或不在您的查看范围内。", "请从清单中选择。")
else:
    ways_back(at, row)
    if source is None:
        empty("这条记录不是从方案文件导入的，没有原文对照。", "内容和来源见其记录。")
    else:
        paragraph(at, source)
