"""审计记录 on screen: what is asked for, whether the chain holds, and the events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from urllib.parse import urlencode

import streamlit as st
from sqlalchemy import Engine

from dashboard import wording
from dashboard.access.audit import Filter, Found, Recorded, accounts_on_record, breaks
from dashboard.ledgers.terms import AuditKind
from dashboard.reports.audit_list import (
    OUTCOMES,
    account_words,
    moment_of,
    outcome_of,
    period_words,
    place_of,
)
from dashboard.reports.audit_list import address_of as parameters_of
from dashboard.rules.calendar import Clock
from dashboard.widgets.choice import choice
from dashboard.widgets.desk import plans, titles_of
from dashboard.widgets.table import (
    NOTHING,
    PAGE_ROWS,
    Cell,
    Column,
    Markup,
    lines,
    markup,
    quiet,
    table,
)

DAYS_SHOWN = 30
CHECK_AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Checked:
    """What a look through the whole chain found, and when."""

    broken: tuple[str, ...]
    at: datetime


@st.cache_data(ttl=CHECK_AGAIN_AFTER, show_spinner="正在校验审计记录……")
def _checked(_engine: Engine, url: str) -> Checked:
    del url  # the key of the cache
    return Checked(tuple(breaks(_engine)), Clock().now())


def chain(engine: Engine) -> Checked:
    """The last look through the chain; a new one after some minutes."""
    return _checked(engine, str(engine.url))


def wanted(engine: Engine) -> Filter:
    """Draw the filters, which live in the address, and return what they ask for."""
    today = Clock().today()
    places = st.columns([1, 1, 1, 1, 1, 1])
    with places[0]:
        first = _day("起始日期", "from", today - timedelta(days=DAYS_SHOWN - 1))
    with places[1]:
        last = _day("终止日期", "to", today)
    with places[2]:
        kinds = {each.value: each.label for each in AuditKind}
        kind = choice("类别", list(kinds), "kind", kinds.__getitem__, everything="全部类别")
    with places[3]:
        outcome = choice("结果", list(OUTCOMES), "outcome", OUTCOMES.__getitem__, everything="全部")
    with places[4]:
        names = accounts_on_record(engine)
        account = choice("账号", names, "account", account_words, everything="全部账号")
    with places[5]:
        text = st.text_input(
            "操作、对象或岗位",
            key="text",
            bind="query-params",
            max_chars=60,
            placeholder="导出、问题清单",
        )
    first, last = min(first, last), max(first, last)
    return Filter(
        kinds=(AuditKind.parse(kind),) if kind else (),
        account=account,
        is_ok=None if outcome is None else outcome == "ok",
        first_day=first,
        last_day=last,
        words=text.strip() or None,
    )


def _day(label: str, name: str, default: date) -> date:
    chosen = st.date_input(label, value=default, key=name, bind="query-params")
    return chosen if isinstance(chosen, date) else default


def page_number(total: int) -> int:
    """Draw the choice of a page below a long list and return it."""
    pages = -(-total // PAGE_ROWS)
    if pages <= 1:
        return 1
    return min(pages, st.pagination(pages, key="audit_page", bind="query-params"))


def answer(asked: Filter, found: Found, checked: Checked) -> None:
    """The page's title and its answer in one sentence; below it, what broke the chain."""
    narrowed = bool(asked.kinds or asked.account or asked.words or asked.is_ok is not None)
    which = "符合条件的" if narrowed else ""
    failed = f"，其中被拒绝或未成功{found.failed}条" if found.failed else "，没有被拒绝或未成功的"
    count = f"{which}审计记录{found.total}条{failed}" if found.total else f"没有{which}审计记录"
    whole = f"校验发现异常{len(checked.broken)}处" if checked.broken else "全部记录校验完整"
    st.title("审计记录", anchor=False)
    st.html(
        f'<p class="g-answer">{escape(f"{period_words(asked)}：{count}；{whole}。")}</p>'
        f'<p class="g-asof">校验时间：{wording.moment(checked.at)}。记录只增不改，长期保存。</p>'
    )
    for each in checked.broken:
        st.error(f"{each}。请保留数据库原文件，与系统管理员联系。")


def actions(asked: Filter) -> None:
    """Files of what is asked for, and another look through the chain."""
    query = escape(urlencode(parameters_of(asked)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            '<p class="g-links">导出以上条件的记录：'
            f'<a href="/files/audit.xlsx?{query}" target="_self">Excel文件（.xlsx）</a>　'
            f'<a href="/files/audit.csv?{query}" target="_self">文本文件（.csv）</a></p>',
            width="content",
        )
        st.button("重新校验", key="check_chain", on_click=_checked.clear)


_COLUMNS = (
    Column("时间", "10rem"),
    Column("操作人", "15%"),
    Column("来源", "8rem"),
    Column("操作", "18%", is_title=True),
    Column("对象或原因"),
    Column("结果", "6.5rem"),
)


def event_table(rows: Sequence[Recorded]) -> None:
    """The events, the newest first."""
    year, titles = Clock().today().year, titles_of(plans())
    cells = [_row(each, year, titles) for each in rows]
    table(_COLUMNS, cells, caption="审计记录", empty="没有符合条件的审计记录，请放宽筛选条件。")


def _row(event: Recorded, year: int, titles: Mapping[str, str]) -> list[Cell]:
    outcome = escape(outcome_of(event))
    return [
        lines(moment_of(event, year), quiet(f"第{event.id}条")),
        wording.signed(event.post, event.account),
        place_of(event),
        lines(event.action, quiet(event.kind.label)),
        _about(event, titles),
        outcome if event.is_ok else Markup(f"<strong>{outcome}</strong>"),
    ]


def _about(event: Recorded, titles: Mapping[str, str]) -> Cell:
    """The row, file or reason, and the plan after it."""
    plan = quiet(titles.get(event.plan or "", event.plan))
    said = [markup(each) for each in (event.detail, plan) if each not in (None, NOTHING)]
    return Markup("　".join(said)) if said else None
