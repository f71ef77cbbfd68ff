"""Papers for tests: one of every shape, long enough to show how they end."""

from datetime import date

from dashboard.papers.model import (
    TO_BE_NUMBERED,
    Annex,
    Column,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Shape,
    Words,
)

OFFICE = "嘉祥县社会心理服务体系建设工作专班办公室"
GOVERNMENT = "嘉祥县人民政府办公室"
TO = "各镇（街道）人民政府（办事处），嘉祥经济开发区管委会，县直有关部门、单位"
ISSUED = date(2023, 10, 9)
SENTENCE = (
    "截至9月30日，全县24项重点任务中，已完成6项，达到序时进度13项，滞后3项，严重滞后或逾期2项，"
    "按期完成率比上月提高4个百分点。"
)


def said(*texts: str) -> tuple[Paragraph, ...]:
    """Paragraphs of plain words."""
    return tuple(Paragraph((Words(text),)) for text in texts)


def task_grid(rows: int) -> Grid:
    """A wide table like 重点任务进展情况表."""
    columns = (
        Column("序号", 0.5, is_figure=True),
        Column("重点任务", 2.4),
        Column("牵头单位", 1.4),
        Column("责任单位", 2),
        Column("完成时限", 1.2),
        Column("完成率", 0.8, is_figure=True),
        Column("序时进度", 0.9, is_figure=True),
        Column("亮灯", 1.1),
        Column("进展情况和存在问题", 3),
        Column("下步计划", 2),
    )
    cells = (
        "建成县级社会心理服务中心",
        "县卫生健康局",
        "县委政法委、县教育和体育局、县民政局",
        "2023年7月31日",
        "40%",
        "62%",
        "▲ 滞后",
        "已完成选址和功能分区，装修招标进行中；专职人员尚缺2名。",
        "10月底前完成装修并投入使用",
    )
    return Grid(columns, tuple((str(place), *cells) for place in range(1, rows + 1)))


def town_grid(rows: int) -> Grid:
    """A table that stands: a row for each town."""
    columns = (
        Column("序号", 0.6, is_figure=True),
        Column("镇街", 1.5),
        Column("应建站点", is_figure=True),
        Column("已建成", is_figure=True),
        Column("说明", 3),
    )
    cells = ("嘉祥街道", "3", "2", "卧龙山社区站点未建成，计划11月底前建成。")
    return Grid(columns, tuple((str(place), *cells) for place in range(1, rows + 1)))


LONG_BODY: tuple[Paragraph | Heading, ...] = (
    *said("按照《嘉祥县社会心理服务体系建设工作方案》要求，现将9月份工作进展情况通报如下："),
    Heading("一、总体进展情况"),
    *said(SENTENCE * 3, SENTENCE),
    Heading("（一）重点指标", 2),
    *said(SENTENCE * 2),
    Heading("1.镇街站点", 3),
    *said(SENTENCE),
    Heading("（1）村级站点", 4),
    *said(SENTENCE * 2),
    Heading("二、存在问题"),
    *said("一是" + SENTENCE * 2, "二是" + SENTENCE * 2, "三是" + SENTENCE),
    Heading("三、下步工作要求"),
    Heading("（一）压实责任", 2),
    *said(SENTENCE * 2),
    Heading("（二）紧盯节点", 2),
    *said("各牵头单位于10月20日前报送推进计划。" + SENTENCE * 2),
)
BULLETIN = Paper(
    shape=Shape.OFFICIAL,
    title="关于2023年9月份全县社会心理服务体系建设工作进展情况的通报",
    blocks=LONG_BODY,
    issuer=GOVERNMENT,
    number=TO_BE_NUMBERED,
    register="第3期",
    to=TO,
    annexes=(
        Annex("重点任务进展情况表", (task_grid(30),), is_wide=True),
        Annex("各镇街工作进展情况表", (town_grid(20),)),
        Annex("问题清单销号情况表", (task_grid(0),), is_wide=True),
    ),
    signed=GOVERNMENT,
    dated=ISSUED,
    copied="县委办公室，县人大常委会办公室，县政协办公室，县纪委监委机关",
    printed_by=GOVERNMENT,
    is_draft=True,
    is_practice=True,
)
SHORT = Paper(
    shape=Shape.OFFICIAL,
    title="关于做好国庆节期间社会心理服务工作的通知",
    blocks=said(SENTENCE * 2, SENTENCE),
    issuer=OFFICE,
    number=TO_BE_NUMBERED,
    to="各镇（街道）",
    annexes=(Annex("值班安排表", (town_grid(4),)),),
    signed=OFFICE,
    dated=ISSUED,
    note="联系人：专班办公室综合组",
    copied="县委政法委",
    printed_by=OFFICE,
)
LETTER = Paper(
    shape=Shape.LETTER,
    title="关于加快建设县级社会心理服务中心的提醒函",
    blocks=said(SENTENCE, SENTENCE * 3, SENTENCE * 4, SENTENCE * 4, "特此函告。"),
    issuer=OFFICE,
    register="提醒函2023年第3号",
    to="县卫生健康局",
    signed=OFFICE,
    dated=ISSUED,
    is_practice=True,
)
MINUTES = Paper(
    shape=Shape.MINUTES,
    title="第12次周调度会议纪要",
    blocks=(
        *said(SENTENCE, "会议议定以下事项："),
        Heading("一、关于镇街站点建设"),
        *said(SENTENCE),
        task_grid(0),
        town_grid(3),
        *said("出席：县委政法委、县卫生健康局、县教育和体育局、县民政局", "请假：无"),
    ),
    issuer="嘉祥县社会心理服务体系建设工作专班",
    register="第12期",
    dated=ISSUED,
)
FORM = Paper(
    shape=Shape.FORM,
    title="嘉祥县社会心理服务体系建设工作周调度表（第38周，9月18日—9月24日）",
    blocks=(task_grid(26), Heading("本次调度议定事项"), town_grid(0)),
    issuer=OFFICE,
    dated=date(2023, 9, 22),
    is_wide=True,
    is_practice=True,
)
PAPERS = {
    "bulletin": BULLETIN,
    "short": SHORT,
    "letter": LETTER,
    "minutes": MINUTES,
    "form": FORM,
}
