"""A plan made for tests: what it says is plain, so that every row of its draft can be counted."""

from sqlalchemy import Engine

from dashboard.access.viewer import CONSOLE
from dashboard.policy.reading import read
from dashboard.posting.importing import receive
from dashboard.settings import current

NAME = "某县河湖整治工作方案.txt"
TEXT = """关于印发《某县河湖整治工作方案》的通知

各镇街：

现印发给你们，请认真贯彻执行。

某县人民政府办公室
2024年3月5日

某县河湖整治工作方案

一、工作目标
到2026年年底，全县建成示范河段12条。

二、重点任务
（一）清理河道。2024年6月底前全面清理河道垃圾。（县水务局牵头，县财政局、各镇街配合）
（二）绿化河岸。2025年年底前绿化河岸20公里，河岸绿化率达到80%以上。（县林业局、县水务局负责）

三、保障措施
（一）加强督导。每月通报进展情况。（县水务局负责）
"""
NEWER = TEXT.replace("20公里", "25公里").replace("县林业局、县水务局负责", "县林业局负责")
"""A second version: one figure higher, one body fewer."""
ABOUT = {
    "number": "无",
    "office": "县河湖整治专班办公室",
    "office_unit": "县水务局",
    "place": "某县",
    "level": "县",
}
"""What the document does not say."""
FOUND = read(TEXT)


def laid_by(engine: Engine, text: str = TEXT, name: str = NAME) -> int:
    """The key of the plan's document once it was handed in."""
    return receive(engine, CONSOLE, name, text.encode(), current())
