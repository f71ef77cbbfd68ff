"""佐证材料: a file is checked by its content, kept in the store, and tied to what it proves."""

import logging
from collections.abc import Iterable

from sqlalchemy import Engine

from dashboard.access.asking import ask, refusals_on_record
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.database import reading
from dashboard.ledgers.store import Store, StoredFile
from dashboard.posting.entry import Entry
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.file_content import ENDINGS, content_fault
from dashboard.posting.file_names import cleaned
from dashboard.posting.persons import personal_data
from dashboard.settings import Settings

log = logging.getLogger("guatu")
TAKEN_IN = "docx、xlsx、pdf、jpg、png"


def keep_file(  # noqa: PLR0913, PLR0917 - who, for what, and the file itself
    engine: Engine,
    viewer: Viewer,
    plan: str,
    unit: str,
    name: str,
    content: bytes,
    settings: Settings,
) -> StoredFile:
    """Keep a file for a unit, to be tied to a filing, step or inspection later (`evidence_rows`).

    Needs Right.FILE for the unit; nothing stands in the books yet. Raises RefusedError with the
    cure, and ForbiddenError for another unit.
    """
    acted = refusals_on_record(engine, viewer, "上传佐证材料", plan=plan, what=f"单位{unit}")
    with acted, reading(engine) as connection:
        ask(connection, viewer, Right.FILE, plan, {unit})
    stem, ending = cleaned(name)
    kept = f"{stem}.{ENDINGS[ending].value}" if ending in ENDINGS else stem
    if message := file_fault(name, content, settings):
        raise RefusedError(Fault("evidence", kept, None, message))
    try:
        sha256 = Store(settings.files.store).put(content)
    except OSError as error:
        log.warning("佐证材料没能存入 %s", settings.files.store, exc_info=error)
        message = "文件没能存入，可能磁盘已满或文件夹不能写入，请与系统管理员联系"
        raise RefusedError(Fault("evidence", kept, None, message)) from None
    return StoredFile(name=kept, kind=ENDINGS[ending], size=len(content), sha256=sha256)


def file_fault(name: str, content: bytes, settings: Settings) -> str | None:
    """Why a file is not taken in, with the cure; None where it may be kept."""
    stem, ending = cleaned(name)
    if ending not in ENDINGS:
        return f"不接收这类文件，可传的有{TAKEN_IN}"
    if len(content) > settings.files.max_bytes:
        return f"文件超过{settings.files.max_mb}MB，请压缩图片或分成几个文件后再传"
    if found := personal_data(stem):
        return f"文件名{found}，请改名后再传"
    return content_fault(ENDINGS[ending], content)


def evidence_rows(
    opened: Entry,
    files: Iterable[StoredFile],
    unit: str,
    *,
    filing: str | None = None,
    step: str | None = None,
    inspection: str | None = None,
) -> list[r.Evidence]:
    """Rows for files that lie in the store, to be added in an open posting."""
    first = int(opened.next_code("evidence", "E")[1:])
    return [
        r.Evidence(
            code=f"E{number:06d}",
            unit=unit,
            name=each.name,
            kind=each.kind,
            size=each.size,
            sha256=each.sha256,
            filing=filing,
            step=step,
            inspection=inspection,
        )
        for number, each in enumerate(files, start=first)
    ]
