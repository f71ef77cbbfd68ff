"""What came in, before anything of it is opened: is it a sheet, a zip of sheets, or something else?

A file is judged by its content, never by its name. Of a zip the directory is read first: what
would unpack to too much is refused unopened, and no name in it ever becomes a path on a disk.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.cell_range import CellRange

MEGABYTE = 1024 * 1024
MOST_BYTES = 2 * MEGABYTE
"""A sheet of sixty rows takes 20 KB; with two megabytes pictures were pasted in."""
MOST_UNPACKED = 8 * MEGABYTE
"""A sheet of sixty rows unpacks to 200 KB, one that WPS has saved to twice that."""
MOST_ROWS, MOST_CELLS = 1000, 60_000
"""Rows and cells of all sheets: the longest list of a unit's lines is far below a hundred."""
MOST_PARTS = 200
"""A sheet has about 12 parts, one with themes and pictures some dozens."""
MOST_SHEETS = 300
"""So many sheets come in at once at most: a county has some fifty units, a city 200."""
MOST_ZIP_BYTES, MOST_ZIP_UNPACKED = 20 * MEGABYTE, 60 * MEGABYTE
"""A zip of 300 sheets takes 6 MB."""


@dataclass(frozen=True)
class Limits:
    """What people call a workbook, and the most that one may hold."""

    what: str = "填报表"
    most_bytes: int = MOST_BYTES
    most_unpacked: int = MOST_UNPACKED
    most_rows: int = MOST_ROWS
    most_cells: int = MOST_CELLS

    @property
    def save_as(self) -> str:
        """What to do with a file of another kind."""
        return f"请用WPS或Excel打开原{self.what}填写，另存为xlsx格式后再交"


FILING_SHEET = Limits()
_TYPES, _KIND_OF_ODF = "[Content_Types].xml", "mimetype"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class UnfitError(ValueError):
    """This is no sheet that can be read; the message says what it is and what to do."""


@dataclass(frozen=True)
class Given:
    """A file as it came in: its name, for people alone, and its content."""

    name: str
    content: bytes


def sheets_in(given: Iterable[Given]) -> tuple[tuple[Given, ...], tuple[tuple[str, str], ...]]:
    """The single sheets among what came in, zips taken apart; and (name, why) of what is none."""
    found: list[Given] = []
    refused: list[tuple[str, str]] = []
    for each in given:
        try:
            _refuse_heavy(each.content)
            found += _unpacked(each) if _is_package(each.content) else [each]
        except UnfitError as why:
            refused.append((each.name, str(why)))
    for each in found[MOST_SHEETS:]:
        refused.append((each.name, f"一次最多录入{MOST_SHEETS}份，请分次录入"))
    return tuple(found[:MOST_SHEETS]), tuple(refused)


def open_sheet(content: bytes, limits: Limits = FILING_SHEET) -> Workbook:
    """The workbook, with formulas as formulas. Raises UnfitError for whatever is no plain xlsx."""
    _refuse_other_kinds(content, limits)
    with _zip(content) as held:
        _refuse_unfit_parts(held, limits)
        _refuse_unfit_content(held, limits)
    try:
        return load_workbook(BytesIO(content), rich_text=False)
    except Exception as error:  # openpyxl raises whatever a spoilt part makes it stumble over
        raise UnfitError(f"文件已损坏，读不出来。{limits.save_as}") from error


# Of what kind


def _refuse_other_kinds(content: bytes, limits: Limits) -> None:
    if not content:
        raise UnfitError("是空文件（0字节），请重新发送")
    if len(content) > limits.most_bytes:
        most = limits.most_bytes // MEGABYTE
        raise UnfitError(f"超过{most}MB，{limits.what}不应这样大，请删去粘贴的图片等内容后再交")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise UnfitError("设有打开口令，不能读取，请取消口令后再交")
        raise UnfitError(f"是旧格式（xls、et或doc）的文件。{limits.save_as}")
    if not content.startswith(b"PK"):
        raise UnfitError(f"不是xlsx文件，只改文件名不能转换格式。{limits.save_as}")


def _zip(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnfitError("文件不完整或已损坏，请重新发送") from error


_OTHER_PARTS = {
    "word/": "Word文档",
    "ppt/": "演示文稿",
    "xl/workbook.bin": "xlsb格式的文件",
}
_ROW, _CELL = re.compile(rb"<(?:\w+:)?row[ />]"), re.compile(rb"<(?:\w+:)?c[ />]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([^\"']*)")
_MACROS = ("vbaproject.bin", "xl/macrosheets/", "xl/activex/", "xl/embeddings/")


def _refuse_unfit_parts(held: zipfile.ZipFile, limits: Limits) -> None:
    parts = held.infolist()
    names = [part.filename.lower() for part in parts]
    if len(parts) > MOST_PARTS:
        raise UnfitError(f"内含{len(parts)}个部件，不是{limits.what}")
    if any(part.flag_bits & 1 for part in parts):
        raise UnfitError("已加密，不能读取，请取消口令后再交")
    _refuse_swollen(parts, limits.most_unpacked, limits.what)
    if _KIND_OF_ODF in names:
        raise UnfitError(f"是ods等OpenDocument格式的文件。{limits.save_as}")
    if any(macro in name for macro in _MACROS for name in names):
        raise UnfitError(f"含有宏或嵌入的程序，不予录入，请在原{limits.what}（xlsx）上填写")
    for start, kind in _OTHER_PARTS.items():
        if any(name.startswith(start) for name in names):
            raise UnfitError(f"是{kind}。{limits.save_as}")
    if "xl/workbook.xml" not in names:
        raise UnfitError(f"不是xlsx文件。{limits.save_as}")


def _refuse_swollen(parts: Sequence[zipfile.ZipInfo], most: int, what: str) -> None:
    """By what the directory says: reading a part stops at its stated size."""
    if sum(part.file_size for part in parts) > most:
        raise UnfitError(f"展开后超过{most // MEGABYTE}MB，内容异常，不予打开，请重新下载{what}")


def _refuse_unfit_content(held: zipfile.ZipFile, limits: Limits) -> None:
    """What would take long to read, or make the reader reach for other files, is not begun."""
    rows = cells = 0
    for part in held.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            text = _read(held, part)
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text:
                raise UnfitError(f"内含不安全的定义，不予打开，请重新下载{limits.what}")
            if part.filename == _TYPES and b"macroenabled" in text.lower():
                told = f"是启用宏的文件（xlsm），不予录入，请在原{limits.what}（xlsx）上填写"
                raise UnfitError(told)
            if part.filename.lower().startswith("xl/worksheets/"):
                _refuse_vast_merges(text, limits)
                rows, cells = rows + len(_ROW.findall(text)), cells + len(_CELL.findall(text))
    if rows > limits.most_rows or cells > limits.most_cells:
        raise UnfitError(
            f"有{rows}行、{cells}格，超过{limits.what}的限度（{limits.most_rows}行），请删去多余的行，"
            f"或重新下载{limits.what}后再填"
        )


def _refuse_vast_merges(text: bytes, limits: Limits) -> None:
    """openpyxl makes a cell of every place in a merged range, of whole columns a million."""
    for found in _MERGED.finditer(text):
        try:
            range_ = CellRange(found[1].decode("ascii"))
        except ValueError:
            raise UnfitError(f"文件已损坏，读不出来。{limits.save_as}") from None
        if range_.size["rows"] * range_.size["columns"] > limits.most_cells:
            told = f"{range_.coord}被整片合并，请取消合并，或重新下载{limits.what}后再填"
            raise UnfitError(told)


def _read(held: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    try:
        return held.read(part)
    except Exception as error:  # zipfile, zlib and its kin raise whatever a spoilt stream brings
        raise UnfitError("文件不完整或已损坏，请重新发送") from error


# A zip of sheets


def _refuse_heavy(content: bytes) -> None:
    if len(content) > MOST_ZIP_BYTES:
        raise UnfitError(f"超过{MOST_ZIP_BYTES // MEGABYTE}MB，不予打开；压缩包请分成几个再录入")


def _is_package(content: bytes) -> bool:
    """Whether it is a zip that holds files, and not itself a document."""
    if not content.startswith(b"PK"):
        return False
    with suppress(UnfitError), _zip(content) as held:
        return not {_TYPES, _KIND_OF_ODF} & set(held.namelist())
    return False


def _unpacked(given: Given) -> list[Given]:
    """The files of a zip, each named by the zip and itself; a zip in it is refused with all."""
    with _zip(given.content) as held:
        parts = [part for part in held.infolist() if _counts(part)]
        _refuse_package(parts)
        found = [Given(f"{given.name} › {_shown(part)}", _read(held, part)) for part in parts]
    if any(_is_package(each.content) for each in found):
        raise UnfitError("压缩包里还有压缩包，请解开后把填报表放在一个压缩包里再录入")
    return found


def _refuse_package(parts: Sequence[zipfile.ZipInfo]) -> None:
    if not parts:
        raise UnfitError("压缩包里没有文件")
    if len(parts) > MOST_SHEETS:
        raise UnfitError(f"压缩包里有{len(parts)}个文件，一次最多{MOST_SHEETS}个，请分成几个再录入")
    if any(part.flag_bits & 1 for part in parts):
        raise UnfitError("压缩包设有口令，不能读取，请取消口令后再交")
    for part in parts:
        if part.file_size > MOST_BYTES:
            most = MOST_BYTES // MEGABYTE
            raise UnfitError(f"压缩包里的“{_shown(part)}”超过{most}MB，不是填报表，请去掉后再录入")
    _refuse_swollen(parts, MOST_ZIP_UNPACKED, FILING_SHEET.what)


def _counts(part: zipfile.ZipInfo) -> bool:
    """Whether a part is a file of a person's, and not what a computer leaves beside them."""
    name = part.filename
    left_beside = any(each in name for each in _IGNORED) or _last(name).startswith("~$")
    return not part.is_dir() and not left_beside


def _last(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def _shown(part: zipfile.ZipInfo) -> str:
    """The file's own name for people; Windows packs Chinese names without saying so."""
    name = part.filename
    if not part.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return "".join(sign for sign in _last(name) if sign.isprintable())[:80] or "（无名）"
