"""Whether a file is what its ending says: judged by its content, never by what a browser calls it.

What is refused: other formats under a false ending, programs inside documents (macros, controls),
archives and pictures that swell when opened, files that are two formats at once, and cut-off files.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping

from PIL import Image

from dashboard.ledgers.terms import EvidenceKind

ENDINGS: Mapping[str, EvidenceKind] = {
    **{kind.value: kind for kind in EvidenceKind},
    "jpeg": EvidenceKind.JPG,
}
"""What is taken in, by ending."""

MOST_PARTS = 5_000
MOST_BYTES = 300 * 1024 * 1024
MOST_TYPES_BYTES = 1024 * 1024
"""What an office document may swell to when opened, and its list of parts."""
MOST_PIXELS = 80_000_000
_TAIL = 2048
_DAMAGED = "文件不完整或已损坏，请重新导出后再传"
_TWO_FORMATS = "文件里还夹带了别的文件，请另存一份后再传"
_TOO_MUCH = "文件解开后过大，请精简后再传"
_MACROS = "文件带有宏或控件，请另存为不带宏的文件后再传"
_LOCKED = "文件加了密码，或是旧版格式，请去掉密码、另存为新格式后再传"
_PROGRAM = re.compile(
    r"vbaproject|vbadata|macroenabled|macrosheet|activex|intlmacro", re.IGNORECASE
)
_END, _END_LENGTH, _LONGEST_END = b"PK\x05\x06", 22, 70_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def content_fault(kind: EvidenceKind, content: bytes) -> str | None:
    """What is wrong with a content as a file of this kind, with the cure in Chinese; or None."""
    if not content:
        return "文件是空的，请核对后再传"
    return _CHECKS[kind](content)


def _is_no(kind: EvidenceKind) -> str:
    return f"内容不是{kind.label}，请不要改后缀，按原格式另存后再传"


# Word and Excel


def _word(content: bytes) -> str | None:
    return _package(content, EvidenceKind.DOCX, "wordprocessingml.document.main+xml")


def _excel(content: bytes) -> str | None:
    return _package(content, EvidenceKind.XLSX, "spreadsheetml.sheet.main+xml")


def _package(content: bytes, kind: EvidenceKind, main: str) -> str | None:
    if content.startswith(_OLD_OFFICE):
        return _LOCKED
    if not content.startswith(b"PK\x03\x04"):
        return _is_no(kind)
    end = len(content) - content.rfind(_END)  # an archive without a comment ends so
    if end != _END_LENGTH:
        return _TWO_FORMATS if _END_LENGTH < end < _LONGEST_END else _DAMAGED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _parts_fault(package) or _types_fault(package, kind, main)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        return _DAMAGED
    except Exception:  # zlib and its kin, each with an error of its own
        return _DAMAGED


def _parts_fault(package: zipfile.ZipFile) -> str | None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_BYTES:
        return _TOO_MUCH
    if any(each.flag_bits & 1 for each in parts):
        return _LOCKED
    names = [each.filename for each in parts]
    if any(_PROGRAM.search(name) for name in names):
        return _MACROS
    if len(set(names)) != len(names) or any(_leads_out(name) for name in names):
        return _DAMAGED
    # Reads no more than the sizes just counted, and finds what was cut off or changed.
    return _DAMAGED if package.testzip() else None


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name)


def _types_fault(package: zipfile.ZipFile, kind: EvidenceKind, main: str) -> str | None:
    """The list of parts is read as text: an XML parser would follow what it is told to."""
    try:
        listed = package.getinfo("[Content_Types].xml")
    except KeyError:
        return _is_no(kind)
    if listed.file_size > MOST_TYPES_BYTES:
        return _TOO_MUCH
    raw = package.read(listed)
    text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    if "<!" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL) or "&#" in text:
        return _DAMAGED
    if _PROGRAM.search(text):
        return _MACROS
    return None if main in text else _is_no(kind)


# PDF


def _pdf(content: bytes) -> str | None:
    if not content.startswith(b"%PDF-"):
        return _is_no(EvidenceKind.PDF)
    if b"%%EOF" not in content[-_TAIL:]:
        return _DAMAGED
    return _second_format(content)


# Pictures


def _jpg(content: bytes) -> str | None:
    if not content.startswith(b"\xff\xd8\xff"):
        return _is_no(EvidenceKind.JPG)
    return _picture(content, "JPEG") or (
        None if b"\xff\xd9" in content[-len(content) // 2 :] else _DAMAGED
    )


def _png(content: bytes) -> str | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _is_no(EvidenceKind.PNG)
    return _picture(content, "PNG")


def _picture(content: bytes, form: str) -> str | None:
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                return f"图片过大（{width}×{height}），请缩小后再传"
            picture.verify()
    except Image.DecompressionBombError:
        return "图片过大，请缩小后再传"
    except Exception:  # a damaged picture fails in as many ways as there are decoders
        return _DAMAGED
    return _second_format(content)


def _second_format(content: bytes) -> str | None:
    """A picture or PDF that is an archive as well is meant for something else."""
    return _TWO_FORMATS if zipfile.is_zipfile(io.BytesIO(content)) else None


_CHECKS: Mapping[EvidenceKind, Callable[[bytes], str | None]] = {
    EvidenceKind.DOCX: _word,
    EvidenceKind.XLSX: _excel,
    EvidenceKind.PDF: _pdf,
    EvidenceKind.JPG: _jpg,
    EvidenceKind.PNG: _png,
}
