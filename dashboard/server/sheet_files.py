"""填报表 to take away: one unit's, or all that are needed in a zip. Each leaves an audit event."""

from starlette.routing import Route

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load_plan
from dashboard.posting.exporting import Export, allow, on_record
from dashboard.posting.plans import now_of
from dashboard.reports.release import WrongWishError
from dashboard.reports.sheet import Stamp
from dashboard.rules.judgement import times_of
from dashboard.server.files import File, Files, Given, code_of, known
from dashboard.sheets.filing_bundle import books_of, packed
from dashboard.sheets.filing_wishes import (
    NoRoundError,
    SheetWish,
    judged_for,
    round_named,
    wishes,
)

ACTION = "下发填报表"


class SheetFiles(Files):
    """The addresses of 填报表 below /files."""

    def routes(self) -> list[Route]:
        """One unit's sheet, and all of a round."""
        return [
            self._route("/files/sheet.xlsx", self.sheet),
            self._route("/files/sheets.zip", self.sheets),
        ]

    def sheet(self, viewer: Viewer, given: Given) -> File:
        """One unit's sheet; a liaison's own alone."""
        known(given, "plan", "unit", "round")
        plan, unit = code_of(given, "plan", "方案编号"), code_of(given, "unit", "单位编号")
        export = Export(
            viewer=viewer,
            action=ACTION,
            what=f"单位{unit}",
            plan=plan,
            units=frozenset({unit}),
            right=Right.FILE,
        )
        allow(self.engine, export)
        found = self._wishes(plan, given, unit)
        if not found:
            raise WrongWishError("该单位本期没有需要填报的事项，不需下发填报表。")
        files = self._files(viewer, found)
        with on_record(self.engine, export, _detail(found)):
            return File(files[0][0].removesuffix(".xlsx"), "xlsx", files[0][1])

    def sheets(self, viewer: Viewer, given: Given) -> File:
        """The sheets of all units with something to file, in a zip."""
        known(given, "plan", "round")
        plan = code_of(given, "plan", "方案编号")
        export = Export(
            viewer=viewer, action=ACTION, what="各单位填报表", plan=plan, right=Right.FILE
        )
        allow(self.engine, export)
        found = self._wishes(plan, given, None)
        if not found:
            raise WrongWishError("本期各单位都没有需要填报的事项，不需下发填报表。")
        content = packed(self._files(viewer, found))
        with on_record(self.engine, export, _detail(found)):
            return File(
                f"填报表（{wording.week_name(found[0].round.week.monday)}）", "zip", content
            )

    def _wishes(self, code: str, given: Given, unit: str | None) -> tuple[SheetWish, ...]:
        plan: r.Plan = load_plan(self.engine, code)
        now, asked = now_of(plan), given.get("round") or None
        try:
            round_ = round_named(plan, now, times_of(self.settings), asked)
        except NoRoundError as wrong:
            raise WrongWishError(str(wrong)) from None
        judgement = judged_for(self.engine, code, round_, now, self.settings)
        if unit is not None and judgement.books.find(r.Unit, unit) is None:
            raise WrongWishError(f"方案中没有编号为“{unit}”的单位。")
        return wishes(judgement, round_, None if unit is None else {unit})

    def _files(self, viewer: Viewer, found: tuple[SheetWish, ...]) -> list[tuple[str, bytes]]:
        now = self.clock.now()
        return list(books_of(found, self.settings, str(Stamp(viewer, now)), now))


def _detail(found: tuple[SheetWish, ...]) -> str:
    """Which round, whose and how many rows: what the audit tells."""
    week = wording.week_name(found[0].round.week.monday)
    rows = sum(len(each.asks) for each in found)
    whose = found[0].unit.name if len(found) == 1 else f"{len(found)}个单位"
    return f"{whose}，{week}，共{rows}项"
