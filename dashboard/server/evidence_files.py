"""佐证材料 to take away: each file by its row, to whoever may have it, put on record."""

import logging
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response
from starlette.routing import Route

from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load_plan
from dashboard.ledgers.evidence import one_evidence
from dashboard.ledgers.store import LostFileError, Store
from dashboard.posting.exporting import Export, allow, on_record
from dashboard.reports.release import WrongWishError
from dashboard.server.files import File, Files, Given, code_of, known

log = logging.getLogger("guatu")
_TO_KEEP = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
}
"""What others have filed is handed over to be kept, and never shown as a page of this server."""


@dataclass(frozen=True)
class Evidence(File):
    """A file as it was filed, under its own name."""

    def response(self) -> Response:
        """The answer that makes a browser keep it and show nothing."""
        name = quote(self.name, safe="")
        disposition = f"attachment; filename=\"evidence.{self.kind}\"; filename*=UTF-8''{name}"
        headers = {**_TO_KEEP, "Content-Disposition": disposition}
        return Response(self.content, media_type="application/octet-stream", headers=headers)


class EvidenceFiles(Files):
    """The address of evidence below /files."""

    def routes(self) -> list[Route]:
        """The one address: /files/evidence?plan=…&code=…."""
        return [self._route("/files/evidence", self.evidence)]

    def evidence(self, viewer: Viewer, given: Given) -> File:
        """One file; a liaison's own units' alone."""
        known(given, "plan", "code")
        plan, code = code_of(given, "plan", "方案编号"), code_of(given, "code", "材料编号")
        row = one_evidence(self.engine, plan, code)
        # Whoever is kept to own units learns nothing of what others have, or have not.
        units = frozenset({row.unit}) if row else frozenset[str]()
        export = Export(
            viewer=viewer, action="下载佐证材料", what=f"材料{code}", plan=plan, units=units
        )
        allow(self.engine, export)
        load_plan(self.engine, plan)
        if row is None:
            raise WrongWishError(f"没有编号为“{code}”的佐证材料。")
        content = self._content(row)
        detail = f"{row.name}（{row.code}，{_owner(row)}）"
        with on_record(self.engine, export, detail):
            return Evidence(row.name, row.kind.value, content)

    def _content(self, row: r.Evidence) -> bytes:
        """The file, which must be what was filed. Raises WrongWishError."""
        try:
            return Store(self.settings.files.store).read(row.sha256)
        except LostFileError as lost:
            log.error("佐证材料%s（%s）%s", row.code, row.sha256, lost.state.value)
            why = f"“{row.name}”在存放文件夹中{lost.state.value}，不能下载，请与系统管理员联系。"
            raise WrongWishError(why) from None


def _owner(row: r.Evidence) -> str:
    """What the file belongs to: 填报F000012."""
    owners = (("填报", row.filing), ("办理环节", row.step), ("站点检查", row.inspection))
    return next((f"{word}{code}" for word, code in owners if code), "")
