"""The Chinese sans that a printed chart embeds: found among the system's own, none is shipped."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

MUST_HOLD = "挂图作战截至年月日第项序时进度镇街—“”〔〕（）0123456789%◆◇◎×"
"""A face without one of these cannot set a chart."""

_PAIRS = (
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf"),
    ("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf"),
    ("SourceHanSansCN-Regular.otf", "SourceHanSansCN-Bold.otf"),
    ("SourceHanSans.ttc", "SourceHanSans.ttc"),
    ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"),
    ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"),
    ("msyh.ttc", "msyhbd.ttc"),
    ("msyh.ttf", "msyhbd.ttf"),
    ("Deng.ttf", "Dengb.ttf"),
    ("PingFang.ttc", "PingFang.ttc"),
    ("Hiragino Sans GB.ttc", "Hiragino Sans GB.ttc"),
    ("STHeiti Light.ttc", "STHeiti Medium.ttc"),
    ("simhei.ttf", "simhei.ttf"),
    ("wqy-microhei.ttc", "wqy-microhei.ttc"),
    ("wqy-zenhei.ttc", "wqy-zenhei.ttc"),
)
"""Files of a plain and a bold face, the best first: Debian, UOS and Kylin, Windows, macOS."""
_SIMPLIFIED = (" SC", " GB", " CN")
"""What the names of a collection's faces for simplified characters hold."""
_PLAIN_WORDS = ("Regular", "W3")
_BOLD_WORDS = ("Bold", "Semibold", "W6", "Medium")


class NoTypefaceError(Exception):
    """No Chinese type can be embedded; the message says in Chinese what to do."""


@dataclass(frozen=True)
class Face:
    """One face: its file and its place in it, 0 where the file holds but one."""

    file: Path
    number: int


@dataclass(frozen=True)
class Typeface:
    """A plain face and a bold one."""

    plain: Face
    bold: Face


def typeface() -> Typeface:
    """The best Chinese sans of this computer. Raises NoTypefaceError."""
    return _found_in(tuple(font_folders()))


def font_folders() -> Iterator[Path]:
    """Where systems keep their type: those of all users, then the user's own."""
    if sys.platform == "win32":
        yield Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "Fonts"
        yield Path.home() / "AppData/Local/Microsoft/Windows/Fonts"
    elif sys.platform == "darwin":
        yield Path("/System/Library/Fonts")
        yield Path("/Library/Fonts")
        yield Path.home() / "Library/Fonts"
    else:
        yield Path("/usr/share/fonts")
        yield Path("/usr/local/share/fonts")
        yield Path.home() / ".local/share/fonts"
        yield Path.home() / ".fonts"


@cache
def _found_in(folders: tuple[Path, ...]) -> Typeface:
    held = {file.name.lower(): file for folder in folders for file in _files_in(folder)}
    for names in _PAIRS:
        files = [held.get(name.lower()) for name in names]
        plain = _face(files[0], is_bold=False) if files[0] else None
        if plain is not None:
            bold = _face(files[1], is_bold=True) if files[1] else None
            return Typeface(plain, bold or plain)
    raise NoTypefaceError(
        "这台电脑上没有可以嵌入的中文字体，作战图没能生成。"
        "请安装思源黑体、微软雅黑或黑体后再试（Debian、统信、麒麟：安装软件包 fonts-noto-cjk）。"
    )


def _files_in(folder: Path) -> Iterator[Path]:
    kinds = (".ttc", ".otf", ".ttf", ".otc")
    for place, _, names in os.walk(folder):  # folders that cannot be read are passed over
        yield from (Path(place) / name for name in names if name.lower().endswith(kinds))


def _face(file: Path, *, is_bold: bool) -> Face | None:
    """The face of a file that fits best and can be embedded; None where none can."""
    try:
        with _opened(file) as fonts:
            names = [str(font["name"].getDebugName(4) or "") for font in fonts]
            order = sorted(range(len(fonts)), key=lambda n: _misfit(names[n], is_bold=is_bold))
            return next((Face(file, n) for n in order if _is_usable(fonts[n])), None)
    except (OSError, TTLibError, KeyError):
        return None


@contextmanager
def _opened(file: Path) -> Iterator[Sequence[TTFont]]:
    """The fonts of a file, read no further than they are looked into."""
    if file.suffix.lower() in (".ttc", ".otc"):
        with TTCollection(file, lazy=True) as collection:
            yield collection.fonts
    else:
        with TTFont(file, lazy=True) as font:
            yield [font]


def _misfit(name: str, *, is_bold: bool) -> tuple[bool, bool]:
    """How little a face fits by its name: simplified characters first, then the weight."""
    is_heavy = any(word in name for word in _BOLD_WORDS)
    is_plain = not is_heavy or any(word in name for word in _PLAIN_WORDS)
    return not any(mark in name for mark in _SIMPLIFIED), not (is_heavy if is_bold else is_plain)


def _is_usable(font: TTFont) -> bool:
    if "glyf" not in font and "CFF " not in font:
        return False
    held = font.getBestCmap() or {}
    return all(ord(sign) in held for sign in MUST_HOLD)
