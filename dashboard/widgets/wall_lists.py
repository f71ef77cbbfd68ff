"""The lists of the wall: the worst gaps or what is behind, and what the week has brought."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape

import streamlit as st

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Role
from dashboard.rules.calendar import end_of, week_of
from dashboard.rules.coverage import kind_words
from dashboard.rules.gaps import Gap, worst_gaps
from dashboard.rules.judgement import TaskVerdict
from dashboard.rules.lead_words import lead_words
from dashboard.rules.summary import standing
from dashboard.rules.week_news import News, week_news
from dashboard.widgets.desk import Desk
from dashboard.widgets.keeping import kept
from dashboard.widgets.table import light_mark

MOST_ROWS = 8
"""More rows than any screen holds: those that find no room are not shown (static/wall.css)."""
FEW_GAPS = 2
MOST_NEWS = 4
_MOST_GAPS = 40
_MOST_NAMES = 2
_MOST_TOWNS = 4


def gaps(desk: Desk) -> None:
    """Which town lacks what, who answers for it, by when; below few gaps what else is behind."""
    if not desk.books.all(r.Station):
        rows = [_nothing("站点台账尚无登记，暂不能列出缺口。")]
    else:
        rows = kept("wall_gaps", desk.version, lambda: _gaps(desk))
    is_short = len(rows) <= FEW_GAPS
    none = _nothing("应设站点均已达标。")
    _section(
        "尚缺站点", "" if is_short else "最急的在前", "".join(rows) or none, fills=not is_short
    )
    if is_short:
        behind(desk)


def _gaps(desk: Desk) -> list[str]:
    """The rows; towns that lack the same are one row."""
    alike: dict[tuple[str, str], list[Gap]] = {}
    for gap in worst_gaps(desk.judgement, _MOST_GAPS):
        alike.setdefault((gap.hosts.code, gap.missing), []).append(gap)
    return [_gap(desk, found) for found in list(alike.values())[:MOST_ROWS]]


def _gap(desk: Desk, alike: Sequence[Gap]) -> str:
    gap = alike[0]
    towns = [each.town.name if each.town else desk.plan.place for each in alike]
    where = wording.first_names(towns, _MOST_TOWNS)
    bound = (f"{role.label}：{names}" for role, names in gap.units if role is not Role.SUPPORT)
    units = next(bound, "责任单位未定")
    light = light_mark(desk.settings, gap.light, gap.word).html
    lacks = f"{kind_words(gap.hosts)}{gap.missing or f'缺{gap.lacking}{gap.hosts.unit_word}'}"
    return _row(where, lacks, light, (units, _due(desk, gap.due_on)))


def behind(desk: Desk) -> None:
    """The tasks that are late or lag, the worst first."""
    tasks = standing(desk.judgement).worst_first
    rows = "".join(_task(desk, each) for each in tasks[:MOST_ROWS])
    none = _nothing("没有逾期和滞后的任务。")
    _section("逾期和滞后的任务", f"共{len(tasks)}项" if tasks else "", rows or none)


def _task(desk: Desk, each: TaskVerdict) -> str:
    light = light_mark(desk.settings, each.light, each.word).html
    units, _ = lead_words(desk.books, each.task.code)
    return _row(each.task.title, "", light, (units or "未明确牵头单位", _due(desk, each.due_on)))


def week(desk: Desk) -> None:
    """What has changed since last Sunday."""
    monday = week_of(desk.day).monday
    rows = [_news(desk, each) for each in _week(desk, monday)]
    since = f"{wording.day(monday, desk.day.year)}以来"
    told = "".join(rows[:MOST_NEWS]) or _nothing("本周尚无变化。")
    _section("本周变化", since, told, fills=False)


def _week(desk: Desk, monday: date) -> tuple[News, ...]:
    before = monday - timedelta(days=1)
    if before < desk.plan.issued_on:
        return ()
    key = desk.version, monday
    return kept(
        "week_news", key, lambda: week_news(desk.judgement_at(end_of(before)), desk.judgement)
    )


def _news(desk: Desk, news: News) -> str:
    told = f"{news.what}{news.number}{news.measure}"
    mark = light_mark(desk.settings, news.light, told).html if news.light else f"<b>{told}</b>"
    named = escape(wording.first_names(news.names, _MOST_NAMES))
    return f"<li>{mark}<span>{named}</span></li>"


def _row(where: str, what: str, light: str, more: Iterable[str]) -> str:
    quiet = "　".join(escape(each) for each in more if each)
    said = f" <span>{escape(what)}</span>" if what else ""
    return f"<li><div><p><b>{escape(where)}</b>{said}</p>{light}</div><p>{quiet}</p></li>"


def _due(desk: Desk, due: date | None) -> str:
    return f"时限：{wording.day(due, desk.day.year)}" if due else ""


def _nothing(words: str) -> str:
    return f'<li class="g-none">{escape(words)}</li>'


def _section(title: str, note: str, rows: str, *, fills: bool = True) -> None:
    kind = " g-wall-rows" if fills else ""
    small = f"<small>{escape(note)}</small>" if note else ""
    head = f"<h2>{escape(title)}{small}</h2>"
    st.html(f'<section class="g-wall-list{kind}">{head}<ul>{rows}</ul></section>')
