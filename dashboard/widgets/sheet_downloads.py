"""填报表 out: for which round, whose, and how much each unit is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard import wording
from dashboard.posting.plans import now_of
from dashboard.rules.asking import Stage
from dashboard.rules.rounds import Round
from dashboard.sheets.filing_wishes import SheetWish, open_rounds, wishes
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import Desk
from dashboard.widgets.heading import section
from dashboard.widgets.keeping import kept
from dashboard.widgets.table import Cell, Column, Markup, quiet, table

_COLUMNS = (
    Column("单位", "30%", is_title=True),
    Column("应报事项", is_figure=True),
    Column("其中退回", is_figure=True),
    Column("其中未报", is_figure=True),
    Column("填报表", "10rem"),
)


@dataclass(frozen=True)
class Wanted:
    """The sheets of the round that is chosen; `rounds` are all that may be chosen."""

    rounds: tuple[Round, ...]
    round: Round | None
    sheets: tuple[SheetWish, ...]

    @property
    def is_next(self) -> bool:
        return self.round is not None and self.round != self.rounds[0]


def wanted(desk: Desk) -> Wanted:
    """What the address asks for, else the running round; the viewer's own units alone."""
    rounds = open_rounds(desk.plan, now_of(desk.plan), desk.times)
    asked = st.query_params.get("round")
    chosen = next((each for each in rounds if each.code == asked), rounds[0] if rounds else None)
    if chosen is None:
        return Wanted((), None, ())
    ahead = chosen.begins_at > desk.as_of
    judgement = desk.judgement_at(chosen.begins_at) if ahead else desk.judgement
    own = None if desk.sees_all else [unit.code for unit in desk.own_units]
    books = judgement.books
    key = (books.plan.code, books.as_of.isoformat(), books.version, desk.scope, chosen.code)
    return Wanted(rounds, chosen, kept("wishes", key, lambda: wishes(judgement, chosen, own)))


def answer_of(desk: Desk, found: Wanted) -> str:
    """How many sheets are needed, in one sentence."""
    if found.round is None:
        return "方案尚未启用，没有可填报的调度周。"
    week = wording.week_name(found.round.week.monday)
    rows = sum(len(each.asks) for each in found.sheets)
    if not found.sheets:
        whose = "各单位" if desk.sees_all else "本单位"
        return f"{week}：{whose}没有需要填报的事项，不需填报表。"
    if not desk.sees_all:
        return f"{week}：本单位有{rows}项需要填报，可下载填报表填好后上传。"
    return f"{week}：{len(found.sheets)}个单位有{rows}项需要填报，每单位一份填报表。"


def downloading(desk: Desk, found: Wanted) -> None:
    """The choice of round and unit, with the links."""
    note = "发给网络不通的单位，填好后收回" if desk.sees_all else "用WPS离线填好，再上传"
    section("下载填报表", note)
    if len(found.rounds) > 1:
        words = {each.code: wording.week_name(each.week.monday) for each in found.rounds}
        choice("调度周", list(words), "round", words.__getitem__, default=found.rounds[0].code)
    if not found.sheets or found.round is None:
        st.html('<p class="g-empty">这一期没有需要填报的事项。</p>')
        return
    links = [_of_unit(desk, each) for each in found.sheets]
    if desk.sees_all:
        total = _link(desk, "sheets.zip", found.round, f"全部{len(links)}份（压缩包）")
        links = [total]
    told = [quiet("每份填报表注明导出岗位和时间，下载记入审计记录。")]
    if found.is_next:
        told.append(quiet("下期的填报表，要到该期开始后才能录入。"))
    body = "<br>".join(each.html for each in (*links, *told))
    st.html(f'<p class="g-links">{body}</p>')


def asked_list(desk: Desk, found: Wanted) -> None:
    """Whose sheets there are, in protocol order, each with its link."""
    if not desk.sees_all or not found.sheets:
        return
    section("需要填报的单位", "按单位顺序排列；没有应报事项的单位不列")
    rows: list[Sequence[Cell]] = []
    for each in found.sheets:
        stages = [ask.stage for ask in each.asks]
        counts = (len(stages), stages.count(Stage.RETURNED), stages.count(Stage.MISSING))
        shown = [number or None for number in counts]
        rows.append([each.unit.name, *shown, _of_unit(desk, each, "下载")])
    table(_COLUMNS, rows, caption="需要填报的单位")


def _of_unit(desk: Desk, wish: SheetWish, words: str | None = None) -> Markup:
    words = words or f"{wish.unit.name}（{len(wish.asks)}项）"
    return _link(desk, "sheet.xlsx", wish.round, words, unit=wish.unit.code)


def _link(desk: Desk, name: str, round_: Round, words: str, **more: str) -> Markup:
    query = {"plan": desk.plan.code, "round": round_.code, **more}
    to = escape(f"/files/{name}?{urlencode(query)}")
    return Markup(f'<a href="{to}" target="_self">{escape(words)}</a>')
