"""Whether a quantity is something to reach, and from which side: at least, at most, exactly."""

import re

from dashboard.policy.quantities import Found, Segment
from dashboard.policy.target_forms import (
    ACTS,
    AT_LEAST,
    AT_MOST,
    BASELINE,
    NO_MATTER,
    PAID,
    REACHING,
    SCORED,
    STRICT,
    WIDE,
)

AFTER_MORE = re.compile(r"(?:及)?以上|及其以上|或以上|以下|以内|左右")
"""What may be printed behind a quantity."""
COMPARED = re.compile(rf"(?P<least>{AT_LEAST})|(?P<most>{AT_MOST})|(?P<reach>{REACHING})")
"""What may be printed before a quantity."""


def comparator_of(segment: Segment, found: Found) -> str | None:
    """What is printed around a quantity: 以上 after it, else the nearest word before it."""
    after = segment.after(found.end)
    more = AFTER_MORE.match(after)
    if more:
        return "<=" if more.group() in ("以下", "以内") else ">=" if "上" in more.group() else "="
    before = segment.before(found.start)
    nearest = None
    for word in COMPARED.finditer(before):
        nearest = word
    if nearest is None or len(before) - nearest.end() > _FARTHEST:
        return None
    if nearest["most"]:
        return "<="
    return ">="


_FARTHEST = 16


def default_of(found: Found) -> str:
    if found.high is not None or found.unit == "个百分点":
        return ">="
    return "=" if found.value == 100 or found.unit not in ("%", "‰", "万分之") else ">="


def is_meant(segment: Segment, found: Found, comparator: str | None) -> bool:
    """Whether a quantity is something to reach, or told as it is, and not only a number."""
    text = segment.line.text
    if _is_condition(text, found) or _is_a_rule(segment, found):
        return False
    if found.unit in STRICT and not _is_compared(segment, found):
        return False
    if found.unit in ("%", "‰", "万分之", "个百分点"):
        return True
    if _is_no_matter(text, found):
        return False
    if (comparator is not None and comparator != "=") or found.high is not None:
        return True
    return _is_built_or_done(segment, found)


def _is_compared(segment: Segment, found: Found) -> bool:
    """Whether a word of comparison stands right before, and 分 are points of a score."""
    before = segment.before(found.start)
    if found.unit == "分" and not re.search(r"得分|评分|满意度|指数|成绩", before):
        return False
    return any(len(before) - each.end() <= 1 for each in COMPARED.finditer(before))


_NEAR = 14
_SENTENCE = 60
_SIZES = ("人", "元", "平方米", "吨", "千瓦", "亩", "张", "米", "立方米", "公斤", "吨标准煤")


def _is_a_rule(segment: Segment, found: Found) -> bool:
    """Whether a quantity is paid or taken, or picks out whom is meant: 100人以上的企业."""
    if found.unit in ("元", "%", "分") and PAID.regex.search(segment.before(segment.end)):
        return True
    text = segment.line.text
    if SCORED.regex.search(text, found.end, min(segment.end + 1, found.end + _NEAR)):
        return True
    if found.unit == "户" and re.compile(r"以上的?(?:自然)?(?:村|聚居)").match(text, found.end):
        return True
    return found.unit in _SIZES and WIDE.regex.match(text, found.end) is not None


def _is_built_or_done(segment: Segment, found: Found) -> bool:
    """Whether the words around a bare count tell of an act, or of what there is."""
    so_far = segment.so_far(found.start)
    if not segment.line.text[found.start].isdigit() and found.value <= _LARGEST_LOOSE:
        built = _HAN_BUILT.search(segment.before(found.start)) is not None
        return built and found.unit in _BUILT_UNITS
    told = BASELINE.regex.search(so_far)
    return bool(told or ACTS.regex.search(so_far[-_SENTENCE:] + segment.after(found.end)))


_LARGEST_LOOSE = 10
"""Up to this a number in Chinese signs is mostly a manner of speaking: 建立一支队伍."""
_FAR = 40


def _is_no_matter(text: str, found: Found) -> bool:
    if found.unit in ("批", "类", "种", "组", "对", "轮"):
        return True
    return (
        found.unit in ("个", "项", "条", "支")
        and NO_MATTER.regex.match(text[found.end :]) is not None
    )


_HAN_BUILT = re.compile(r"(?:建成|新建|建设|打造)$")
_BUILT_UNITS = ("处", "所", "座", "家")


def _is_condition(text: str, found: Found) -> bool:
    """Whether a quantity alone in brackets says of whom is spoken: （≥500人）."""
    opening = text.rfind("（", max(0, found.start - _FAR), found.start)
    closing = text.find("）", found.end, found.end + _FAR)
    if opening < 0 or closing < 0 or "）" in text[opening : found.start]:
        return False
    inside = text[opening + 1 : closing]
    is_plain = found.unit in _SIZES and re.search(
        r"(?<!不)(?:低于|高于|超过)$", text[opening : found.start]
    )
    if is_plain:
        return True
    return (
        re.fullmatch(rf"(?:{AT_LEAST}|{AT_MOST}|约)?[\d.]+\S{{1,4}}?(?:以上|以下|以内)?", inside)
        is not None
    )


def is_baseline(segment: Segment, found: Found) -> bool:
    """Whether the sentence tells what is, and not what shall be."""
    before = segment.so_far(found.start)
    if _CAME_FROM.search(before) and _ROSE.match(segment.after(found.end)):
        return True
    told = [each.end() for each in BASELINE.regex.finditer(before)]
    if not told:
        return BASELINE.regex.search(segment.after(found.end)) is not None
    wanted = [each.end() for each in _WANTED.finditer(before)]
    return max(told) > max(wanted, default=-1)


_CAME_FROM = re.compile(r"(?:由|从)(?:20\d\d年底?的?|原来的?|目前的?|现在的?)?$")
_ROSE = re.compile(
    r"(?:以上)?(?:提高|提升|增加|增长|上升|扩大|下降|降低|降|减少|压缩|压减|缩短|增至)"
)
_WANTED = re.compile(
    r"到20\d\d年|年底前?|力争|确保|达到|(?<![主重需])要(?![求素点])|至少|不少于|不低于|每年|目标"
)
