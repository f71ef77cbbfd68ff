"""The two sides of a month: its figures in tables, and the draft that states them."""

from dashboard.access.rights import Right
from dashboard.reports.paper_wishes import PaperKind
from dashboard.rules.calendar import Month
from dashboard.widgets.bulletin_acts import acts_part, due_part
from dashboard.widgets.bulletin_draft import draft_part, drafting_of
from dashboard.widgets.bulletin_issue import issue_part
from dashboard.widgets.bulletin_opening import Issue, overall_part
from dashboard.widgets.bulletin_parts import (
    behind_part,
    filings_part,
    indicators_part,
    problems_part,
    tasks_part,
    towns_part,
)
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import empty, section
from dashboard.widgets.paper_links import paper_links
from dashboard.widgets.present import may_write


def figures_side(desk: Desk, issue: Issue) -> None:
    """The month beside the month before, part by part; the draft's numbers lead here."""
    if desk.is_empty:
        step = desk.step(Right.FILE, "请从“任务清单”进入事项，填报进展。")
        empty("尚无填报，以下数字暂为空。", step)
    section("总体进展", "任务按亮灯分，百分数为占全部任务的比例")
    overall_part(issue)
    section("滞后与逾期任务")
    behind_part(issue)
    section("重点指标", "不同计量单位的指标不作合计和平均", anchor="indicators")
    indicators_part(issue)
    section("问题清单", anchor="problems")
    problems_part(issue)
    section("报送情况", anchor="filings")
    filings_part(desk, issue)
    section("下月到期事项", "数据截止日以后、下月数据截止日以前到期，尚未完成", anchor="due")
    due_part(issue)
    section("议定事项和督办", "当月周调度议定的事项，当月发出的提醒函、督办单", anchor="acts")
    acts_part(issue)
    section("各镇街站点", "按镇街顺序排列，不作排名", anchor="towns")
    towns_part(issue)
    section("重点任务进展情况表")
    tasks_part(issue)


def drafting_side(desk: Desk, month: Month) -> None:
    """The draft to edit and decide, then the form that issues it."""
    if not may_write(desk, "起草和印发月通报"):
        return
    at = drafting_of(desk, month)
    section("通报文稿", "按印发后的样子排列；没有“修改”过的段落随数字和文书用语更新")
    paper_links(desk, PaperKind.BULLETIN, month=month.code, draft="yes")
    draft_part(at)
    issue_part(at)
