"""The printed text to paragraphs as they were meant, each character with its place in the text.

Scans and web copies bring blanks within words, bookmarks, lines of a table of contents, page
numbers and sentences broken over pages. All of it is put right in a copy that is read; what is
quoted is always the text itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import opencc

from dashboard.policy.findings import Span

_HAN = r"\u3400-\u9fff〇"
_EVEN = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)},
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF21, 0xFF3B)},
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF41, 0xFF5B)},
    **dict(zip("(),:;?!％．－—–~〜∼﹙﹚＜＞＝", "（），：；？！%.-——～～～（）<>=", strict=True)),
    **dict.fromkeys("∶﹕︰", "："),
    **dict.fromkeys("﹑､", "、"),
    **dict.fromkeys("﹐", "，"),
    **dict.fromkeys("｡", "。"),
    **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("─━―", "—"),
    "\u3000": " ",
    "\u00a0": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u200b": " ",
    "\ufeff": " ",
}
"""Signs that stand for one another, one for one, so that places are kept."""
_BOOKMARK = re.compile(r"\[bookmark:?\s*\w*\]")
_BLANK_BEFORE = re.compile(
    rf"(?<=[{_HAN}0-9A-Za-z%，。；：、）”》]) (?=[{_HAN}，。；：、）”》（“《])"
)
_BLANK_AFTER = re.compile(rf"(?<=[{_HAN}，。；：、（“《]) (?=[0-9A-Za-z%，。；：、）”》])")
_PAGE = re.compile(r"^[\s—\-–·第]*\d{1,4}[\s—\-–·页]*$|^\s*第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?\s*$")
_ENDS = "。！？；：…”》"
_LONGEST_HEADING = 45


@dataclass(frozen=True)
class Line:
    """A paragraph: its cleaned text, and for each character its place in the text read.

    `is_marked` where a bookmark stood before it; `gaps` where blanks were wide enough to part
    columns (a roster, a table).
    """

    text: str
    at: tuple[int, ...]
    is_marked: bool = False
    gaps: int = 0

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of the cleaned text is printed. Raises IndexError on an empty one."""
        return Span(self.at[start], self.at[end - 1] + 1)

    @property
    def whole(self) -> Span:
        return self.span(0, len(self.text))

    def part(self, start: int, end: int | None = None) -> "Line":
        """A stretch of the paragraph."""
        return Line(self.text[start:end], self.at[start:end], self.is_marked and start == 0)


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=20_000)
def _even(sign: str) -> str:
    """A sign in the form that rules look for."""
    known = _EVEN.get(sign)
    if known is not None:
        return known
    if "\u2e80" <= sign <= "\u2fdf" or "\uf900" <= sign <= "\ufaff":
        # Signs of a dictionary's own rows, which pdf files print for the common ones.
        sign = unicodedata.normalize("NFKC", sign)
    if "\u3400" <= sign <= "\u9fff":
        simple = str(_simplifier().convert(sign))
        return simple if len(simple) == 1 else sign
    return sign


def paragraphs(text: str, begins: re.Pattern[str]) -> list[Line]:
    """The paragraphs of a text. `begins` tells a line that opens something of its own."""
    kept = [line for line in _lines(text) if line.text]
    broken = [piece for line in kept for piece in _split(line, begins)]
    return _joined(broken, begins)


def _lines(text: str) -> Iterator[Line]:
    for found in re.finditer(r"[^\r\n\f\v\u2028\u2029\x85]+", text):
        yield _cleaned(found.group(), found.start())


def _cleaned(raw: str, offset: int) -> Line:
    if _is_contents(raw) or _PAGE.match(raw):
        return Line("", ())
    mark = _BOOKMARK.search(raw)
    hidden = _BOOKMARK.sub(lambda found: "\x00" * len(found.group()), raw)
    pairs = [(_even(sign), offset + place) for place, sign in enumerate(hidden) if sign != "\x00"]
    pairs = _trimmed(pairs)
    gaps = len(re.findall(r" {2,}|\t", "".join(sign for sign, _ in pairs)))
    pairs = _without_blanks(pairs)
    text, places = "".join(sign for sign, _ in pairs), tuple(place for _, place in pairs)
    return Line(text, places, mark is not None, gaps)


def _is_contents(raw: str) -> bool:
    """Whether a line ends in dots that lead to a page: 第六章 保障措施.....24."""
    said = raw.rstrip().rstrip("0123456789").rstrip()
    dots = len(said) - len(said.rstrip(".…·．"))
    return dots >= _DOTS or said.endswith("……")


_DOTS = 4


def _trimmed(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    start, end = 0, len(pairs)
    while start < end and pairs[start][0] in " \t✓✔●■◆▪•*★◎○▲":
        start += 1
    while end > start and pairs[end - 1][0] == " ":
        end -= 1
    if all(sign != "\t" for sign, _ in pairs[start:end]):
        return _unlisted(pairs[start:end])
    # Tabs at the head of a row are empty first columns.
    return [pair for pair in pairs[:start] if pair[0] == "\t"] + pairs[start:end]


def _unlisted(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Without the sign of a list, where a number or a sentence follows it."""
    found = re.match(r"-+ *[✓✔●]* *(?=\S)", "".join(sign for sign, _ in pairs))
    return pairs[found.end() :] if found else pairs


def _without_blanks(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Without the blanks within words; wider gaps are kept as one."""
    text = "".join(sign for sign, _ in pairs)
    text = re.sub(r" {2,}", lambda found: " " + "\x00" * (len(found.group()) - 1), text)
    for pattern in (_BLANK_BEFORE, _BLANK_AFTER):
        text = _hide(text, pattern)
    return [(sign, place) for sign, (_, place) in zip(text, pairs, strict=True) if sign != "\x00"]


_LONG = 200
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}[章节]|附件"
)


def _hide(text: str, pattern: re.Pattern[str]) -> str:
    signs = list(text)
    for found in pattern.finditer(text):
        # In a document that lost its line breaks a blank before a number is all that is left.
        if len(text) > _LONG and _NUMBERED.match(text, found.end()):
            continue
        # A gap of several blanks parts names in a roster and is no slip of the scanner.
        if text[found.end() - 1 : found.end() + 1] != " \x00":
            signs[found.start()] = "\x00"
    return "".join(signs)


def _split(line: Line, begins: re.Pattern[str]) -> Iterator[Line]:
    """One long line holds a whole document where a copy lost its breaks: part it at its numbers."""
    places = [0]
    for found in _INNER.finditer(line.text):
        piece = line.text[found.start() : found.start() + 12]
        if begins.match(piece) and not _is_reference(line.text, found.start()):
            places.append(found.start())
    for start, end in zip(places, [*places[1:], len(line.text)], strict=True):
        if start < end:
            yield line.part(start, end) if len(places) > 1 else line


_INNER = re.compile(
    r"(?<=[。；！？） ])(?=（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、"
    r"|第[一二三四五六七八九十]{1,3}[章节]"
    r"|专栏\d|附件\d*[：:]?)|(?<=[。；！？） ])(?=\d{1,2}[.、](?!\d))|(?<=：)(?=1[.、](?!\d))"
    r"|(?<=任务|措施|要求|目标|保障|步骤|内容|分工|安排)(?=（一）)"
)


def _is_reference(text: str, place: int) -> bool:
    """Whether a number speaks of another place: 按照第（一）条."""
    return text[max(0, place - 2) : place].endswith(("）（", "第", "（）"))


def _joined(lines: Sequence[Line], begins: re.Pattern[str]) -> list[Line]:
    made: list[Line] = []
    for line in lines:
        if made and _runs_on(made[-1], line, begins):
            made[-1] = _together(made[-1], line)
        else:
            made.append(line)
    return made


def _runs_on(before: Line, after: Line, begins: re.Pattern[str]) -> bool:
    """Whether a sentence goes on in the next line."""
    if before.gaps or after.gaps or "\t" in before.text + after.text:
        return False
    if begins.match(after.text) or after.is_marked:
        return False
    is_label = _LABEL_ALONE.search(before.text) is not None
    if (before.text[-1] in _ENDS and not is_label) or (
        before.text[-1] == "）" and after.text[0] not in "，。、；"
    ):
        return False
    if after.text[0] in "，。、；）”" or (before.text[-1] in "，、" and "：" not in after.text):
        return True
    if is_label:
        return "：" not in after.text
    is_heading = begins.match(before.text) and not re.search(r"[。，]", before.text)
    return len(before.text) > (_LONGEST_HEADING if is_heading else 19) and _is_prose(before.text)


_LABEL_ALONE = re.compile(r"(?:^|[；，。])[\u3400-\u9fff]{0,4}(?:单位|部门|时限|期限)：$")
"""责任单位： on a line of its own goes on in the next."""


def _is_prose(text: str) -> bool:
    return re.search(r"[，。、；]", text) is not None or len(text) > _LONGEST_HEADING


def _together(before: Line, after: Line) -> Line:
    return Line(before.text + after.text, before.at + after.at, before.is_marked)


def joined(lines: Iterable[Line]) -> Line:
    """Several paragraphs as one, for rules that look across them."""
    held = list(lines)
    return Line("".join(e.text for e in held), tuple(p for e in held for p in e.at))
