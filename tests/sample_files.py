"""The smallest whole file of each kind, and the ways in which somebody may spoil one."""

import io
import struct
import zipfile
import zlib

from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
PARTS = {"word/document.xml": b"<w:document/>"}


def types_of(main: str, more: str = "") -> bytes:
    """The list of parts of an office document."""
    listed = f'<Override PartName="/main.xml" ContentType="{main}"/>{more}'
    return f'<?xml version="1.0" encoding="UTF-8"?><Types>{listed}</Types>'.encode()


def package(
    types: bytes | None = None, comment: bytes = b"", parts: dict[str, bytes] | None = None
) -> bytes:
    """An office document of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        if types is not None:
            made.writestr("[Content_Types].xml", types)
        for name, content in (PARTS if parts is None else parts).items():
            made.writestr(name, content)
        made.comment = comment
    return out.getvalue()


def docx(**parts: bytes) -> bytes:
    return package(types_of(WORD), parts={**PARTS, **parts})


def xlsx(**parts: bytes) -> bytes:
    return package(types_of(EXCEL), parts={"xl/workbook.xml": b"<workbook/>", **parts})


def macro_docx() -> bytes:
    """A document with a macro under the ending of one without."""
    return docx(**{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def zip_bomb(megabytes: int = 400) -> bytes:
    """A small document that swells to some hundred megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        made.writestr("[Content_Types].xml", types_of(WORD))
        with made.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(bytes(1024 * 1024))
    return out.getvalue()


def pdf(body: bytes = b"1 0 obj<<>>endobj") -> bytes:
    return b"%PDF-1.7\n" + body + b"\ntrailer<<>>\nstartxref\n9\n%%EOF\n"


def jpg(size: tuple[int, int] = (8, 8)) -> bytes:
    return _picture("JPEG", size)


def png(size: tuple[int, int] = (8, 8)) -> bytes:
    return _picture("PNG", size)


def gif() -> bytes:
    return _picture("GIF", (8, 8))


def _picture(form: str, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form)
    return out.getvalue()


def pixel_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is so wide and so high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(64))
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
