"""Papers to take away: Word, Excel, and PDF as a preview. Each leaves an audit event."""

import re
from collections.abc import Mapping
from functools import partial

from starlette.routing import Route

from dashboard.access.viewer import Viewer
from dashboard.ledgers.books import load_plan
from dashboard.posting.exporting import Export, allow, on_record
from dashboard.posting.plans import now_of
from dashboard.reports.audit_list import day_of
from dashboard.reports.paper_wishes import (
    ENDINGS,
    OF_A_MEETING,
    TITLES,
    PaperKind,
    PaperWish,
    content_of_paper,
    known_at,
    paper_of,
    units_of,
)
from dashboard.reports.pdf import NoPdfError
from dashboard.reports.release import Wish, WrongWishError, day_within
from dashboard.reports.sheet import Stamp
from dashboard.rules.calendar import shanghai_day
from dashboard.server.files import File, Files, Given, code_of, file_name, known

ACTION = "导出文件"
_OF_A_PAPER = ("plan", "kind", "date")
_CHOICES: Mapping[PaperKind, tuple[str, ...]] = {
    **dict.fromkeys(OF_A_MEETING, ("round", "version")),
    PaperKind.BULLETIN: ("month", "issue", "draft"),
    PaperKind.SUPERVISION: ("code",),
    **dict.fromkeys((PaperKind.TASKS, PaperKind.RESPONSIBILITIES, PaperKind.PROBLEMS), ("unit",)),
}
"""What an address may choose of each paper; only the ledgers are ever cut to one unit."""
_WORDS = {"docx": "Word文件", "xlsx": "Excel文件", "pdf": "PDF预览"}


class PaperFiles(Files):
    """The addresses of papers below /files."""

    def routes(self) -> list[Route]:
        """One address for each kind of file."""
        return [
            self._route(f"/files/paper.{ending}", partial(self._paper, ending))
            for ending in ENDINGS
        ]

    def _paper(self, ending: str, viewer: Viewer, given: Given) -> File:
        wish = self._paper_wish(given)
        export = Export(
            viewer=viewer,
            action=ACTION,
            what=TITLES[wish.kind],
            plan=wish.plan,
            units=units_of(self.engine, wish),
            right=wish.right,
        )
        allow(self.engine, export)
        plan = load_plan(self.engine, wish.plan)
        if wish.day is not None:
            day_within(plan, wish.day, now_of(plan), self.clock.now())
        paper = paper_of(self.engine, viewer, wish, self.settings)
        try:
            content = content_of_paper(paper, ending)
        except NoPdfError as missing:
            raise WrongWishError(str(missing)) from None
        day = wish.day or shanghai_day(known_at(self.engine, wish))
        stamp = Stamp(viewer, self.clock.now())
        preview = "预览" if ending == "pdf" else ""
        practice = "演示数据" if paper.is_practice else ""
        what = f"{practice}{TITLES[wish.kind]}{_which(wish)}{preview}"
        name = file_name(what, Wish(wish.plan, day), stamp)
        with on_record(self.engine, export, f"{paper.title}{_which(wish)}，{_WORDS[ending]}"):
            return File(name, ending, content)

    def _paper_wish(self, given: Given) -> PaperWish:
        kind = given.get("kind", "")
        if kind not in list(PaperKind):
            raise WrongWishError(f"参数 kind 应为 {'、'.join(PaperKind)} 之一。")
        of = PaperKind(kind)
        known(given, *_OF_A_PAPER, *_CHOICES[of])
        if given.get("draft", "yes") != "yes":
            raise WrongWishError("参数 draft 应为 yes；要已印发的通报，请去掉这个参数。")
        made = PaperWish(
            plan=code_of(given, "plan", "方案编号"),
            kind=of,
            day=day_of(given, "date"),
            round=code_of(given, "round", "调度周") if of in OF_A_MEETING else None,
            version=_version(given.get("version")),
            month=_optional(given, "month", "月份"),
            issue=_optional(given, "issue", "通报编号"),
            is_draft=given.get("draft") == "yes",
            code=code_of(given, "code", "督办编号") if of is PaperKind.SUPERVISION else None,
            unit=_optional(given, "unit", "单位编号"),
        )
        if of is PaperKind.BULLETIN and not (made.month or made.issue):
            raise WrongWishError("缺少参数 month（月份）或 issue（通报编号）。")
        return made


def _optional(given: Given, name: str, words: str) -> str | None:
    return code_of(given, name, words) if name in given else None


def _version(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"[1-9]\d{0,3}", text):
        raise WrongWishError("参数 version 应为版次，如 1。")
    return int(text)


def _which(wish: PaperWish) -> str:
    """Which meeting, month or unit, as names of files hold it."""
    draft = "文稿" if wish.is_draft else ""
    return "".join(each for each in (wish.round, wish.month or wish.issue, draft) if each)
