"""How a title is broken into lines: words stay whole, the lines make a ladder or a diamond.

GB/T 9704 7.3.1: 回行时，要做到词意完整，排列对称，长短适宜，间距恰当，使用梯形或菱形.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

_WORDS = (
    *("社会心理服务", "心理服务", "心理健康", "体系建设", "工作专班", "专班办公室", "办公室"),
    *("工作", "进展", "情况", "通报", "通知", "纪要", "议定", "事项", "清单", "提醒函", "督办单"),
    *("任务", "责任", "问题", "解决方案", "调度", "会议", "材料", "关于", "加快", "推进", "落实"),
    *("重点", "建设", "服务", "体系", "人民政府", "街道", "全县", "全市", "有关", "部门", "单位"),
    *(
        "完成",
        "开展",
        "印发",
        "实施方案",
        "工作方案",
        "方案",
        "镇街",
        "站点",
        "队伍",
        "培训",
        "方面",
    ),
)
"""Words of titles that no line may cut, the longer ones first."""
_PIECE = re.compile(
    r"\d+年(?:\d+月份?)?(?:\d+日)?|第[\d一二三四五六七八九十]+[周次期季号]度?|[A-Za-z0-9.%]+|"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + "|."
)
_NOT_FIRST = set("的）》”、，：；。！？及和与")
_NOT_LAST = set("（《“及和与在对把")
_NOT_ENDS = ("关于", "全县", "全市", "加快", "有关")


def ladder(title: str, width: int) -> tuple[str, ...]:
    """The lines of a title, of at most `width` characters each; a title's own breaks are kept."""
    if "\n" in title:
        return tuple(line for line in title.split("\n") if line.strip())
    if _width(title) <= width:
        return (title,)
    pieces = _PIECE.findall(title)
    least = -(-int(_width(title)) // width)
    for lines in range(least, least + 3):
        found = [each for each in _broken(pieces, lines) if max(map(_width, each)) <= width]
        if found:
            return min(found, key=_ugliness)
    return tuple(title[at : at + width] for at in range(0, len(title), width))


def _width(text: str) -> float:
    """In characters; figures and Latin letters take half of one."""
    return sum(0.5 if ord(sign) < 128 else 1 for sign in text)


def _broken(pieces: Sequence[str], lines: int) -> Iterator[tuple[str, ...]]:
    places = [place for place in range(1, len(pieces)) if _may_break(pieces, place)]
    for chosen in combinations(places, lines - 1):
        edges = (0, *chosen, len(pieces))
        yield tuple("".join(pieces[a:b]) for a, b in pairwise(edges))


def _may_break(pieces: Sequence[str], place: int) -> bool:
    before, after = pieces[place - 1], pieces[place]
    if after[0] in _NOT_FIRST or before[-1] in _NOT_LAST or before in _NOT_ENDS:
        return False
    # Two signs that no known word holds may well be one word.
    return len(before) > 1 or len(after) > 1


def _ugliness(lines: tuple[str, ...]) -> float:
    """How far from a ladder or a diamond, and from lines of fitting length."""
    widths = [_width(line) for line in lines]
    steps = [b - a for a, b in pairwise(widths)]
    square = sum(abs(step) < 1.5 for step in steps)
    falls_then_rises = any(a < 0 < b for a, b in pairwise(steps))
    ideal = 3.0 * (len(lines) > 1)
    uneven = sum(abs(abs(step) - ideal) for step in steps)
    lonely = sum(width < 5 for width in widths)
    cut_words = sum(len(line) > 0 and "“" in line and "”" not in line for line in lines)
    return 20 * falls_then_rises + 10 * lonely + 6 * square + uneven + 5 * cut_words
