"""What a quantity speaks of: the thing counted, for whom, in which period."""

import re

from dashboard.policy.meaning import COMPARED
from dashboard.policy.quantities import Found, Segment
from dashboard.policy.target_forms import PER_PEOPLE

_PER = re.compile(
    r"每(?:个)?(?:半年|季度|年度?|月|周|学期|学年)|(?<!\d)20\d\d年(?=至少|不少于|培训|完成|新增|建成|开展|，|新建|改造)|年均|全年"
)
_SCOPE = re.compile(
    r"每(?:一)?(?:个|所|家|处|名|支)?(?!半年|季度?|年|月|周|学[期年]|万|千|百|\d)[\u3400-\u9fff、（）]{1,14}?(?=至少|不少于|不低于|建|设|配|开|有|完成|选|培|每年|\d|[一二两三四五六七八九十](?=[个名处所家支次场]))"
    r"|各(?:县|镇|乡|街道|村|区|校|学校|单位|社区|基层)[\u3400-\u9fff、（）]{0,10}?(?=至少|不少于|每年|建|设|配|开|有|完成|选|培|\d)"
    r"|\d+个(?:镇街|乡镇|街道|县区?|村|社区|学校)(?=各)"
)
_LONGEST_WHAT = 60


def what_of(segment: Segment, found: Found, printed_end: int) -> str:
    """What is counted: the words before the quantity; those after it where they name it."""
    before, after = segment.before(found.start), segment.line.text[printed_end : segment.end]
    before = COMPARED.sub("", before)
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
        said = _said_before(segment) + said
    return said[-_LONGEST_WHAT:] if not is_first else said[:_LONGEST_WHAT]


_SAYS_NOTHING = re.compile(
    r".{0,2}|(?:其中)?(?:每年?|全年|累计|培训|包含|开展|完成|建成|新增|共)?(?:完成|培训|新增|改造|达到?|建成|举办|开展)?"
)


def _said_before(segment: Segment) -> str:
    """What the words before the segment speak of: …进公共场所等，每年至少10场次."""
    before = segment.line.text[segment.sentence : max(segment.sentence, segment.start - 1)]
    pieces = [each for each in re.split(r"[，：]", before) if not COMPARED.search(each)]
    return f"{pieces[-1][-_LONGEST_WHAT:]}，" if pieces and pieces[-1] else ""


def _ends_named(before: str) -> bool:
    return (
        re.search(r"(?:率|比例|覆盖面|比重|占比|满意度|程度|水平)(?:均|都|分别)?$", before)
        is not None
    )


_CLOSED = re.compile(r"（[^（）]*）?$|^[^（）]*）")
_UNSAID = re.compile(
    r"^(?:其中|使|实现|确保|力争|同时|并|将|按照|要求|以|对(?=\d)|每(?:年|月|半年|季度)$)|(?:均|都|分别)$|(?:于|到|至)?20\d\d年(?:\d{1,2}月)?底?前?"
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
    return scope.group() if scope else None


def per_of(segment: Segment, found: Found) -> str | None:
    per = None
    for each in _PER.finditer(segment.before(found.start)):
        per = each
    return per.group() if per else None


_GROUPS = re.compile(
    r"(.{2,10}?(?:人群|居民|职工|学生|群众|人员|单位|学校|医院|企业|患者|儿童|教师|农民|者|家庭|机关|社区|村))"
    r"(.+(?:率|比例|覆盖面|数|量|比重))"
)


def subjects_of(segment: Segment, found: Found) -> list[str]:
    """The several things of which one value (均) or a row of values (分别) is told."""
    before = COMPARED.sub("", segment.before(found.start))
    told = re.search(r"(?:均|都|分别|各)(?:要|应|为)?$", before)
    if told is None:
        return []
    items = [_UNSAID.sub("", each) for each in before[: told.start()].split("、")]
    named = _GROUPS.fullmatch(items[-1])
    if named and not any(re.search(r"(?:率|比例|数|量)$", each) for each in items[:-1]):
        return [*(f"{each}{named[2]}" for each in items[:-1]), items[-1]]
    return items if len(items) > 1 else []
