"""What a quantity speaks of: the thing counted, for whom, in which period."""

import re
from collections.abc import Sequence

from dashboard.policy.meaning import COMPARED
from dashboard.policy.quantities import Found, Segment
from dashboard.policy.target_forms import COUNT, PER_PEOPLE, PERCENT

_PER = re.compile(
    r"每(?:个)?(?:半年|季度|年度?|月|周|学期|学年)|(?<![\d到至于争])20\d\d年(?=[\u3400-\u9fff]{0,6}$|至少|不少于|培训|完成|新增|建成|开展|，|新建|改造)|年均|全年"
)
_SCOPE = re.compile(
    r"每(?:一)?(?:个|所|家|处|名|支)?(?!半年|季度?|年|月|周|学[期年]|万|千|百|\d)[\u3400-\u9fff、（）]{1,14}?(?=至少|不少于|不低于|建|设|配|开|有|完成|选|培|支持|联系|包联|打造|创|组织|举办|安排|落实|达|新|每[年季月周半学]|\d|[一二两三四五六七八九十](?=[个名处所家支次场]))"
    r"|各(?:县|镇|乡|街道|村|区|校|学校|单位|社区|基层)[\u3400-\u9fff、（）]{0,10}?(?=至少|不少于|每年|建|设|配|开|有|完成|选|培|\d)"
    r"|\d+个(?:镇街|乡镇|街道|县区?|村|社区|学校)(?=各)"
)
_LONGEST_WHAT = 60


def what_of(segment: Segment, found: Found, printed_end: int, row: Sequence[Found]) -> str:
    """What is counted: the words before the quantity; those after it where they name it.

    Of a row of values all are of what stands before the first, or behind the last.
    """
    row_start, row_end = row[0].start, max(printed_end, row[-1].end)
    before, after = segment.before(row_start), segment.line.text[row_end : segment.end]
    after = _NEXT.split(_REMARK.sub("", after), maxsplit=1)[0]
    if before.rfind("（") > before.rfind("）"):
        before = before[before.rfind("（") + 1 :]
    before = COMPARED.sub("", before)
    if len(row) > 1:
        before = re.sub(r"(?:均|都|分别)(?=[\u3400-\u9fff]{0,4}$)", "", before)
    tail = after.strip("的、和“”（）") if not after.startswith(("）", "、")) else ""
    is_first = len(re.sub(r"\W", "", before)) < 2
    if found.unit in ("%", "‰", "万分之"):
        said = tail if is_first else before + (tail if not _ends_named(before) else "")
    else:
        said = f"{before}{tail}"
    said = (
        _UNSAID.sub("", _CLOSED.sub("", said))
        .lstrip("，、的：”）和 ")
        .rstrip("，、的为在与：“（至到 ")
    )
    if _SAYS_NOTHING.fullmatch(said):
        said = _said_before(segment, found.unit) + said
    return said[-_LONGEST_WHAT:] if not is_first else said[:_LONGEST_WHAT]


_SAYS_NOTHING = re.compile(
    r".{0,2}|(?:其中)?(?:每年?|全年|累计|培训|包含|开展|完成|建成|新增|共)?(?:完成|培训|新增|改造|达到?|建成|举办|开展)?"
)


_REMARK = re.compile(r"^（[^（）]*）")
_NEXT = re.compile(r"[、和](?=[^、和]{0,10}\d)")


def _said_before(segment: Segment, unit: str) -> str:
    """What the words before the segment speak of: …进公共场所等，每年至少10场次."""
    before = segment.line.text[segment.sentence : max(segment.sentence, segment.start - 1)]
    pieces = [each for each in re.split(r"[，：]", before) if not COMPARED.search(each)]
    for piece in reversed(pieces):
        said = _AMOUNTS.sub("", piece)
        counted = _AMOUNTS.search(piece)
        if counted and (counted["unit"] or "%") != unit:
            continue
        if counted is None and said == piece and said:
            return f"{said[-_LONGEST_WHAT:]}，"
        is_list = len(_AMOUNTS.findall(piece)) > 1
        named = _UNSAID.sub("", said.split("、")[0] if is_list else said)
        if not _SAYS_NOTHING.fullmatch(named):
            return f"{named[-_LONGEST_WHAT:]}，"
    return ""


_AMOUNTS = re.compile(
    rf"(?:20\d\d年)?{COUNT.form}(?:以上|左右)?|(?:年均|每年)?(?:增长|下降|提高)?{PERCENT.form}(?:以上|左右)?"
)


def _ends_named(before: str) -> bool:
    return (
        re.search(r"(?:率|比例|覆盖面|比重|占比|满意度|程度|水平)(?:均|都|分别)?$", before)
        is not None
    )


_CLOSED = re.compile(r"（[^（）]*）?$|^[^（）]*）")
_UNSAID = re.compile(
    r"(?:力争|争取|确保|原则上)$|^(?:其中|使|实现|确保|力争|同时|并|将|按照|要求|以|对(?=\d)|每(?:年|月|半年|季度)$)|(?:均|都|分别)$|(?:于|到|至)?20\d\d年(?:\d{1,2}月)?(?:年?底)?前?|(?:较|比)(?:20\d\d年|上年度?|去年)(?:底|末)?"
)


def scope_of(segment: Segment, found: Found) -> str | None:
    people = None
    for each in PER_PEOPLE.regex.finditer(segment.before(found.start)):
        people = each
    if people:
        return people.group()
    scope = None
    for each in _SCOPE.finditer(segment.before(found.start)):
        scope = each
    if scope is None and segment.clause < segment.start:
        scope = _SCOPE.match(segment.wider(found.start))
    return scope.group() if scope else None


def per_of(segment: Segment, found: Found) -> str | None:
    per = None
    for each in _PER.finditer(segment.before(found.start)):
        per = each
    if per is None and segment.clause < segment.start:
        per = _EVERY.search(segment.wider(found.start))
    return per.group() if per else None


_EVERY = re.compile(r"每(?:个)?(?:半年|季度|年度?|月|周|学期|学年)")
"""A cadence holds for all items of a list; a year printed in one (2024年300人) for that alone."""


_DONE = (
    "(?:比20\\d\\d年|较20\\d\\d年|较上年)?"
    "(?:下降|增长|提高|提升|降低|减少|压减|增加|完成|建成|新增|新建|培训)"
)
_GROUPS = re.compile(
    r"(.{2,10}?(?:人群|居民|职工|学生|群众|人员|单位|学校|医院|企业|患者|儿童|教师|农民|者|家庭|机关|社区|村))"
    r"(.+(?:率|比例|覆盖面|数|量|比重))"
)


def subjects_of(segment: Segment, found: Found) -> list[str]:
    """The several things of which one value (均) or a row of values (分别) is told."""
    before = COMPARED.sub("", segment.before(found.start))
    told = re.search(rf"(?:均|都|分别|各)(?:要|应|为)?$|(?:均|都|分别)(?:{_DONE})$", before)
    if told is None:
        return []
    items = [_UNSAID.sub("", each) for each in before[: told.start()].split("、")]
    named = _GROUPS.fullmatch(items[-1])
    if named and not any(re.search(r"(?:率|比例|数|量)$", each) for each in items[:-1]):
        return [*(f"{each}{named[2]}" for each in items[:-1]), items[-1]]
    return items if len(items) > 1 else []
