"""Names of files as they are kept: what a person reads stays, what a computer trips over goes."""

import re
import unicodedata

LONGEST = 80
"""Signs of a name without its ending: short enough for every disk and screen."""
UNNAMED = "佐证材料"
_UNFIT = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
"""Windows keeps these names for devices, whatever ending follows."""
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def cleaned(name: str) -> tuple[str, str]:
    """A file's name without folders and unfit signs, and its ending in small letters.

    “..\\资料/培训  签到表.PDF” gives 培训 签到表 and pdf; the ending is empty where there is none.
    """
    plain = unicodedata.normalize("NFC", name)
    plain = re.split(r"[/\\]", plain)[-1]
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in _HIDDEN)
    plain = re.sub(r"\s+", " ", _UNFIT.sub("", plain)).strip(" ").rstrip(" .")
    stem, dot, ending = plain.rpartition(".")
    stem, ending = (stem, ending.strip().lower()) if dot else (plain, "")
    stem = stem[:LONGEST].strip(" .") or UNNAMED
    if _RESERVED.fullmatch(stem.partition(".")[0].strip()):
        stem = f"{UNNAMED}{stem}"
    return stem, ending
