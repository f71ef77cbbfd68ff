"""站点台账.xlsx to take away and fill in; it leaves an audit event."""

from starlette.routing import Route

from dashboard import wording
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.posting.exporting import Export, allow, on_record
from dashboard.reports.release import WrongWishError
from dashboard.reports.sheet import Stamp
from dashboard.rules.calendar import shanghai_day
from dashboard.server.files import File, Files, Given, code_of, known
from dashboard.sheets.station_book import station_book
from dashboard.sheets.station_wishes import ACTION, StationWish, TooManyRowsError, present_books


class StationFiles(Files):
    """The address of the book of stations below /files."""

    def routes(self) -> list[Route]:
        """One book, of all stations or of one town's or one host list's."""
        return [self._route("/files/stations.xlsx", self.stations)]

    def stations(self, viewer: Viewer, given: Given) -> File:
        """For whoever keeps the stations alone."""
        known(given, "plan", "town", "list")
        plan = code_of(given, "plan", "方案编号")
        export = Export(
            viewer=viewer,
            action=ACTION,
            what="站点台账表",
            plan=plan,
            right=Right.EDIT_STATIONS,
        )
        allow(self.engine, export)
        wish = _wish(present_books(self.engine, plan), given)
        now = self.clock.now()
        try:
            content = station_book(wish, str(Stamp(viewer, now)), now.isoformat())
        except TooManyRowsError as many:
            raise WrongWishError(str(many)) from None
        day = wording.full_day(shanghai_day(wish.books.as_of))
        with on_record(self.engine, export, wish.detail):
            return File(f"站点台账表（{wish.scope}，截至{day}）", "xlsx", content)


def _wish(books: Books, given: Given) -> StationWish:
    town, hosts = given.get("town") or None, given.get("list") or None
    found, listed = books.find(r.Unit, town), books.find(r.HostList, hosts)
    if town and found is None:
        raise WrongWishError(f"方案中没有编号为“{town[:20]}”的镇街。")
    if hosts and listed is None:
        raise WrongWishError(f"方案中没有编号为“{hosts[:20]}”的应设名录。")
    return StationWish(books, found, listed)
