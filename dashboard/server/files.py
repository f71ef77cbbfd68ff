"""Files to take away: a plan's ledgers, one unit's own, and the audit. Each leaves an audit event.

Whoever may not gets 403 and stands in the audit; an address that asks for what is not there gets
400 and is told what to write instead.
"""

import asyncio
import logging
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import TypeAlias
from urllib.parse import quote

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import wording
from dashboard.access.audit import events
from dashboard.access.rights import ForbiddenError, Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import UnknownPlanError, load_plan
from dashboard.posting.exporting import Export, allow, on_record
from dashboard.posting.faults import RefusedError
from dashboard.posting.plans import now_of
from dashboard.reports.audit_list import (
    PARAMETERS,
    asked_in_words,
    audit_csv,
    audit_workbook,
    day_of,
    filter_of,
)
from dashboard.reports.release import Wish, WrongWishError, day_within, detail_of, release
from dashboard.reports.sheet import Stamp
from dashboard.reports.unit_ledger import rows_of_unit, unit_ledger
from dashboard.reports.whole_plan import whole_plan
from dashboard.reports.workbook import workbook
from dashboard.rules.calendar import Clock, shanghai_day
from dashboard.settings import Settings

log = logging.getLogger("guatu")
AT_ONCE = 2
"""So many files are made at once: pages must not wait for them."""
MOST_EVENTS = {"xlsx": 10_000, "csv": 200_000}
"""What one file of the audit holds at most."""
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
WORDS = {"xlsx": "Excel文件", "json": "数据文件", "csv": "文本文件"}
_CODE_LENGTH = 60
_NO_STORE = {"Cache-Control": "no-store"}
_UNFIT = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')


@dataclass(frozen=True)
class File:
    """What goes out: a name without and with its kind's ending."""

    name: str
    kind: str
    content: bytes

    def response(self) -> Response:
        """The answer that makes a browser keep it under its Chinese name."""
        name = quote(f"{_UNFIT.sub('', self.name)}.{self.kind}", safe="")
        disposition = f"attachment; filename=\"guatu.{self.kind}\"; filename*=UTF-8''{name}"
        headers = {**_NO_STORE, "Content-Disposition": disposition}
        return Response(self.content, media_type=KINDS[self.kind], headers=headers)


Given: TypeAlias = Mapping[str, str]
Maker: TypeAlias = Callable[[Viewer, Given], File]


class Files:
    """The addresses below /files."""

    def __init__(self, engine: Engine, settings: Settings, clock: Clock) -> None:
        self.engine, self.settings, self.clock = engine, settings, clock
        self._turns = asyncio.Semaphore(AT_ONCE)

    def routes(self) -> list[Route]:
        """The addresses, each with what it makes."""
        return [
            self._route("/files/plan.xlsx", lambda viewer, given: self.plan(viewer, given, "xlsx")),
            self._route("/files/plan.json", lambda viewer, given: self.plan(viewer, given, "json")),
            self._route("/files/unit.xlsx", self.unit),
            self._route("/files/audit.xlsx", lambda who, given: self.audit(who, given, "xlsx")),
            self._route("/files/audit.csv", lambda who, given: self.audit(who, given, "csv")),
        ]

    def _route(self, path: str, make: Maker) -> Route:
        async def answer(request: Request) -> Response:
            viewer = viewer_of_request(request)
            if viewer is None:
                return _said("请先登录。", HTTPStatus.UNAUTHORIZED)
            async with self._turns:
                return await run_in_threadpool(_answer, make, viewer, dict(request.query_params))

        return Route(path, answer, methods=["GET"])

    def plan(self, viewer: Viewer, given: Given, kind: str) -> File:
        """All ledgers of a plan, for whoever may export the whole of it."""
        known(given, "plan", "date", "instructions")
        code = code_of(given, "plan", "方案编号")
        export = Export(viewer=viewer, action="导出方案", what=f"方案{code}", plan=code)
        plan, wish = self._wish(export, given)
        made = release(self.engine, viewer, wish, self.settings)
        stamp = Stamp(viewer, self.clock.now())
        if kind == "json":
            content = whole_plan(made.judgement, made.filed)
        else:
            content = workbook(made, self.settings, stamp)
        name = file_name(f"{plan.short_title}台账", wish, stamp)
        with on_record(self.engine, export, f"{WORDS[kind]}，{detail_of(wish, made.rows)}"):
            return File(name, kind, content)

    def unit(self, viewer: Viewer, given: Given) -> File:
        """What is one unit's; a liaison's own alone."""
        known(given, "plan", "unit", "date", "instructions")
        code, of = code_of(given, "plan", "方案编号"), code_of(given, "unit", "单位编号")
        export = Export(
            viewer=viewer,
            action="导出单位台账",
            what=f"单位{of}",
            plan=code,
            units=frozenset({of}),
        )
        plan, wish = self._wish(export, given)
        made = release(self.engine, viewer, wish, self.settings)
        unit = made.judgement.books.find(r.Unit, of)
        if unit is None:
            raise WrongWishError(f"方案中没有编号为“{of}”的单位。")
        stamp = Stamp(viewer, self.clock.now())
        content = unit_ledger(made, unit, self.settings, stamp)
        name = file_name(f"{plan.short_title}{unit.name}台账", wish, stamp)
        detail = f"{unit.name}，{WORDS['xlsx']}，{detail_of(wish, rows_of_unit(made, unit))}"
        with on_record(self.engine, export, detail):
            return File(name, "xlsx", content)

    def _wish(self, export: Export, given: Given) -> tuple[r.Plan, Wish]:
        """What is asked for of a plan, once the viewer may have it."""
        allow(self.engine, export)
        wanted = given.get("instructions", "no")
        if wanted not in ("yes", "no"):
            raise WrongWishError("参数 instructions 应为 yes 或 no。")
        if wanted == "yes":
            allow(self.engine, replace(export, right=Right.SEE_INSTRUCTIONS))
        plan = load_plan(self.engine, export.plan or "")
        day = day_within(plan, day_of(given, "date"), now_of(plan), self.clock.now())
        return plan, Wish(plan.code, day, wanted == "yes")

    def audit(self, viewer: Viewer, given: Given, kind: str) -> File:
        """The events that the address asks for, the newest first."""
        export = Export(
            viewer=viewer, action="导出审计记录", what="审计记录", right=Right.READ_AUDIT
        )
        allow(self.engine, export)
        known(given, *PARAMETERS)
        wanted, most = filter_of(given), MOST_EVENTS[kind]
        found = events(self.engine, wanted, limit=most)
        if found.total > most:
            raise WrongWishError(f"共{found.total}条，一个文件最多{most}条，请缩小日期范围。")
        asked, stamp = asked_in_words(wanted), Stamp(viewer, self.clock.now())
        if kind == "csv":
            content = audit_csv(found.rows)
        else:
            content = audit_workbook(found.rows, asked, stamp)
        with on_record(self.engine, export, f"{WORDS[kind]}，{asked}，共{found.total}条"):
            return File(f"审计记录（{_stamp_name(stamp)}）", kind, content)


def viewer_of_request(request: Request) -> Viewer | None:
    """Who asks, as the gate says."""
    found = getattr(request.state, "viewer", None)
    return found if isinstance(found, Viewer) else None


def _answer(make: Maker, viewer: Viewer, given: Given) -> Response:
    """The file, or why there is none, in Chinese."""
    try:
        return make(viewer, given).response()
    except ForbiddenError as refused:
        return _said(f"{refused}。此次操作已记入审计。", HTTPStatus.FORBIDDEN)
    except (WrongWishError, UnknownPlanError) as wrong:
        return _said(str(wrong), HTTPStatus.BAD_REQUEST)
    except RefusedError as refused:
        why = "；".join(fault.message for fault in refused.faults)
        return _said(f"导出须记入审计：{why}。", HTTPStatus.SERVICE_UNAVAILABLE)
    except Exception as error:
        number = secrets.token_hex(4)
        log.exception("错误编号 %s", number, exc_info=error)
        told = f"文件没能生成。错误编号：{number}。请记下编号，与系统管理员联系。"
        return _said(told, HTTPStatus.INTERNAL_SERVER_ERROR)


def _said(text: str, status: HTTPStatus) -> Response:
    return PlainTextResponse(text, status, headers=_NO_STORE)


def known(given: Given, *names: str) -> None:
    """Raise WrongWishError where an address gives what is not asked for."""
    if unknown := [name[:20] for name in given if name not in names]:
        raise WrongWishError(f"不认识的参数：{'、'.join(unknown)}。可用的有：{'、'.join(names)}。")


def code_of(given: Given, name: str, words: str) -> str:
    """A code that the address gives. Raises WrongWishError."""
    code = given.get(name, "").strip()
    if not code:
        raise WrongWishError(f"缺少参数 {name}（{words}）。")
    if len(code) > _CODE_LENGTH or not code.isprintable():
        raise WrongWishError(f"参数 {name} 不是{words}。")
    return code


def file_name(what: str, wish: Wish, stamp: Stamp) -> str:
    """The file's name: what, as of which day, who took it and when."""
    return f"{what[:30]}（截至{wording.full_day(wish.day)}，{_stamp_name(stamp)}）"


def _stamp_name(stamp: Stamp) -> str:
    """Who and when, as names of files can hold it."""
    who = wording.signed(stamp.viewer.post, stamp.viewer.account)
    return f"{who[:20]}于{_moment_name(stamp.at)}导出"


def _moment_name(at: datetime) -> str:
    local = at.astimezone(wording.SHANGHAI)
    return f"{wording.full_day(shanghai_day(at))}{local.hour}时{local.minute:02d}分"
