"""Word files as PDF through LibreOffice, where it is installed: a preview in stand-in type.

Where a computer lacks the faces that the standard names, free ones of a like cut take their place.
The Word file is what is sent out; a PDF made here says “预览” in its name.
"""

import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from dashboard.reports.official_type import Face

LONGEST_SECONDS = 120
"""A conversion that takes longer is given up."""
STAND_INS = {
    Face.TITLE: ("Noto Serif CJK SC", "Source Han Serif SC", "FandolSong"),
    Face.FANGSONG: ("FandolFang R", "Noto Serif CJK SC", "Source Han Serif SC"),
    Face.KAI: ("FandolKai", "LXGW WenKai", "AR PL UKai CN", "Noto Serif CJK SC"),
    Face.HEI: ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),
    Face.SONG: ("Noto Serif CJK SC", "Source Han Serif SC", "AR PL SungtiL GB"),
}
"""Free faces in the order of likeness; the office's own come first where they are installed."""
PREVIEW = "PDF仅供预览，使用替代字体；正式排印请用Word文件"
_BOLD = {Face.TITLE}
_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/usr/lib/libreoffice/program/soffice"),
    Path("/opt/libreoffice/program/soffice"),
)


class NoPdfError(Exception):
    """No PDF can be made; the message says in Chinese why and what to do."""


def pdf_of(docx: bytes) -> bytes:
    """A Word file as PDF. Raises NoPdfError."""
    program = _program()
    if program is None:
        raise NoPdfError(
            "本机没有安装 LibreOffice Writer，不能生成PDF。请下载Word文件，用WPS或Word另存为PDF。"
        )
    with TemporaryDirectory(prefix="guatu-pdf-") as name:
        folder = Path(name)
        (folder / "paper.docx").write_bytes(docx)
        (folder / "fonts.conf").write_text(_fonts_conf(folder), encoding="utf-8")
        _convert(program, folder)
        made = folder / "paper.pdf"
        if not made.exists():
            raise NoPdfError("LibreOffice没有生成PDF，请下载Word文件，用WPS或Word另存为PDF。")
        return made.read_bytes()


@lru_cache(maxsize=1)
def _program() -> str | None:
    """Where LibreOffice is; None where its Writer is missing."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    program = Path(found) if found else next((each for each in _PLACES if each.exists()), None)
    if program is None:
        return None
    beside = program.resolve().parent
    return str(program) if any(beside.glob("*swlo.*")) or not beside.glob("*sclo.*") else None


def _convert(program: str, folder: Path) -> None:
    profile = (folder / "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        *("--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf"),
        *("--outdir", str(folder), str(folder / "paper.docx")),
    ]
    given = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    try:
        subprocess.run(  # noqa: S603 - the program is found by its name, the paths are ours
            command, env=given, capture_output=True, timeout=LONGEST_SECONDS, check=True
        )
    except subprocess.TimeoutExpired:
        raise NoPdfError(f"生成PDF超过{LONGEST_SECONDS}秒，已停止。请下载Word文件。") from None
    except (OSError, subprocess.CalledProcessError):
        raise NoPdfError("LibreOffice没能打开文件，不能生成PDF。请下载Word文件。") from None


def _fonts_conf(folder: Path) -> str:
    """The system's fonts, and for each named face its stand-ins behind it."""
    rules = "".join(_rule(face, names) for face, names in STAND_INS.items())
    cache = escape(str(folder / "cache"))
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"{rules}<cachedir>{cache}</cachedir></fontconfig>"
    )


def _rule(face: Face, names: tuple[str, ...]) -> str:
    stand_ins = "".join(f"<string>{escape(each)}</string>" for each in names)
    bold = '<edit name="weight" mode="assign"><const>bold</const></edit>' if face in _BOLD else ""
    return (
        f'<match target="pattern"><test name="family"><string>{face}</string></test>'
        f'<edit name="family" mode="append" binding="same">{stand_ins}</edit>{bold}</match>'
    )
