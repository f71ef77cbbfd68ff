"""A row in words: its fields as officials write them, and who changed what, from what to what."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import LEDGERS, Field, fields_of, from_text
from dashboard.ledgers.terms import Action, Term
from dashboard.posting.editable import came_with_the_plan
from dashboard.rules.names import name_of
from dashboard.rules.problems import is_proposed
from dashboard.rules.withheld import PLACE, is_withheld
from dashboard.widgets.desk import Desk
from dashboard.widgets.table import Cell, Column, lines, quiet, table

PURPOSES: Mapping[str, str] = {
    "task": "专班细化任务与方案任务同样调度、亮灯；牵头单位同时为汇总单位。",
    "measure": "措施是任务的一部分，有自己的责任单位、汇总单位和时限。",
    "responsibility": "在方案写明的责任之外，由办公室指定单位；出处记为“办公室指定”。",
    "deadline": "办公室确定的时限与原文时限同样亮灯；同一事项有几个时限的，按最早的执行。",
    "milestone": "节点是到某一天应达到的数量或百分比；设了节点，灯就按节点判断，不再按时间推算。",
    "reporting_line": "分报由各单位报自己的部分，供汇总单位参考；只有汇总单位的填报改变亮灯。",
    "unit": "新单位列在最后；名称与方案原有单位不能相同。",
    "contact": "姓名和电话仅办公室和本单位联络员可见，不写入任何导出文件。",
    "host_list": "名录写明应设站点或应开展活动的范围和总数；保存后建设进度随之更新。",
    "host": "一个单位在名录中的状态和应设数；保存后建设进度随之更新。",
    "listed_host": "名录按单位名单核定的，各镇街的应设数由名单推算；待核定的另行计数。",
    "standard_item": "办公室自定的建设标准，逐条写明要求和依据；在应设名录中选定后，站点按此检查。",
    "station": "状态由各日期推出，是否达标由检查结果推出；选定名录后计入建设进度。",
    "problem": "登记时拟定销号标准，交办时确定；申请、核查、确认销号由不同岗位办理。",
    "directive": "写明承办单位和办结时限，下次调度首先听取落实情况。",
}
"""What a new row of each ledger does, said before it is entered."""

_UNSHOWN = frozenset({"code", "known_at", "is_practice", "seq", "practice_now"})


def field_table(desk: Desk, row: r.Record) -> None:
    """Every field of a row that says something."""
    columns = (Column("项目", "11rem", is_title=True), Column("内容"))
    rows: list[list[Cell]] = []
    unshown = _UNSHOWN | _kept_back(desk, row)
    for field in fields_of(type(row)):
        words = _said(desk, field, getattr(row, field.name))
        if field.name not in unshown and words:
            rows.append([_label(row, field), words])
    table(columns, rows, caption="内容")


def _kept_back(desk: Desk, row: r.Record | None) -> frozenset[str]:
    """The place of a station that must not be found, for all but who keeps the ledger."""
    if not (isinstance(row, r.Station) and is_withheld(row)):
        return frozenset()
    # Some kinds are withheld without the tick, which would then seem to say the contrary.
    tick = () if row.is_withheld else ("is_withheld",)
    return frozenset((*tick, *(() if desk.may(Right.EDIT_STATIONS) else PLACE)))


def _label(row: r.Record, field: Field) -> str:
    """A problem's closing standard is a proposal until the office hands the problem out."""
    proposed = isinstance(row, r.Problem) and field.name == "closing_standard" and is_proposed(row)
    return f"拟定{field.label}" if proposed else field.label


def _said(desk: Desk, field: Field, value: Any) -> str | None:
    """A field's value in words; a dispatch by its name rather than by its week's code."""
    if field.name == "round" and value is not None:
        return next((each.name for each in desk.judgement.rounds if each.code == value), value)
    return value_words(desk.books, field, value)


def value_words(books: Books, field: Field, value: Any) -> str | None:
    """A field's value as officials write it; rows of other ledgers by their names."""
    if value is None:
        return None
    if field.name == "served":
        return wording.at_least_five(value)
    if field.ref:
        row = books.find(LEDGERS[field.ref], value)
        return name_of(books, row) if row else str(value)
    return _plain_words(value)


def _plain_words(value: Any) -> str:
    if isinstance(value, Term):
        return value.label
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return wording.full_day(value)
    return wording.number(value) if isinstance(value, float) else str(value)


def history_table(desk: Desk, row: r.Record | None, changes: Sequence[r.Revision]) -> None:
    """谁、何时、由…改为…: the changes of one row, newest first."""
    columns = (
        Column("时间", "12rem"),
        Column("岗位（账号）", "12rem"),
        Column("操作", "6.5rem"),
        Column("修改项目", "9rem", is_title=True),
        Column("由", "24%"),
        Column("改为"),
    )
    loaded = row is not None and came_with_the_plan(desk.books.plan, row)
    kept_back = _kept_back(desk, row)
    told = (each for each in changes if each.field not in kept_back)
    rows = [_change(desk, each, loaded=loaded) for each in told]
    table(columns, rows, caption="修改留痕", empty="没有修改。")


def _change(desk: Desk, each: r.Revision, *, loaded: bool) -> list[Cell]:
    field = next((f for f in fields_of(LEDGERS[each.ledger]) if f.name == each.field), None)
    created = "载入方案" if loaded else each.action.label
    return [
        wording.moment(each.recorded_at),
        lines(each.by_post, quiet(each.by_account)),
        created if each.action is Action.CREATE else each.action.label,
        field.label if field else None,
        _said(desk, field, from_text(field, each.old)) if field else None,
        _said(desk, field, from_text(field, each.new)) if field else None,
    ]
