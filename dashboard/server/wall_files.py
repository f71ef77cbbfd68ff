"""The wall chart to take away and print. It leaves an audit event."""

from starlette.routing import Route

from dashboard.access.viewer import Viewer
from dashboard.ledgers.books import load_plan
from dashboard.posting.exporting import Export, allow, on_record
from dashboard.posting.plans import now_of
from dashboard.reports.audit_list import day_of
from dashboard.reports.release import Wish, WrongWishError, day_within, judged
from dashboard.reports.sheet import Stamp
from dashboard.reports.typefaces import NoTypefaceError
from dashboard.reports.wall_chart import ACTION, PAPERS, detail_of_chart, wall_chart
from dashboard.server.files import File, Files, Given, code_of, file_name, known


class WallFiles(Files):
    """The address of the wall chart below /files."""

    def routes(self) -> list[Route]:
        """One address; `paper` is the size of its sheets."""
        return [self._route("/files/wallchart.pdf", self.chart)]

    def chart(self, viewer: Viewer, given: Given) -> File:
        """The chart of a whole plan, for whoever may export the whole of it."""
        known(given, "plan", "paper", "date")
        code = code_of(given, "plan", "方案编号")
        export = Export(viewer=viewer, action=ACTION, what=f"方案{code}", plan=code)
        allow(self.engine, export)
        paper = given.get("paper", "A1")
        if paper not in PAPERS:
            raise WrongWishError(f"参数 paper 应为 {'、'.join(PAPERS)} 之一。")
        plan = load_plan(self.engine, code)
        day = day_within(plan, day_of(given, "date"), now_of(plan), self.clock.now())
        wish = Wish(code, day)
        try:
            content = wall_chart(
                judged(self.engine, viewer, wish, self.settings), self.settings, paper=paper
            )
        except NoTypefaceError as missing:
            raise WrongWishError(str(missing)) from None
        name = file_name(f"{plan.short_title}作战图", wish, Stamp(viewer, self.clock.now()))
        with on_record(self.engine, export, detail_of_chart(paper, wish)):
            return File(name, "pdf", content)
