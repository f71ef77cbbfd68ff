"""Who acts where no bracket says so: sentences' subjects, and paragraphs headed by a unit.

What is found here is read and not stated: it waits for a person's yes.
"""

import re
from collections.abc import Iterator

from dashboard.policy.brackets import Share
from dashboard.policy.clauses import Node
from dashboard.policy.cleaning import Line
from dashboard.policy.findings import Role
from dashboard.policy.patterns import Pattern
from dashboard.policy.roles import ending, role_of
from dashboard.policy.units import Named, is_generic, looks_like_a_unit, parted, units_in

_BODY = (
    r"[\u3400-\u9fff（）“”]{2,18}?(?:局|委员会|委|办公室|办|部|厅|中心|政府|党委|工会|妇联|残联|团委|团市委|团县委|科协|法院|检察院|医院|卫生院"
    r"|学校|学院|学区|派出所|司法所|机构|组织|部门|单位|镇街|街道|乡镇|县区|县（市、区）|领导小组|专班|工作组|协会|共青团|媒体|企业|公司)"
)
_SHORT = r"[\u3400-\u9fff]{2,6}?"

SUBJECT = Pattern(
    "a sentence's subject that is to do something",
    rf"(?:^|(?<=[。；：]))(?:(?:因此|同时|此外|另外)，)?(?P<units>(?>(?:{_BODY}|{_SHORT})[、，])*(?:{_BODY}|{_SHORT})"
    r"(?:等(?:有关|相关|各)?(?:职能)?(?:部门|单位|组织|机构|团体)?)?)，?"
    r"(?P<act>要(?!求|素|点)|应(?!急|用|对)当?|必?须(?!知)|负责|牵头|会同|配合|协同|将|在各自职责|通过|向社会|计划[对在]|参照|加大|统筹|做好"
    r"|组织开展|联合|组织(?=相关|有关|各)|根据|定期|对|在)",
    (
        *(
            "卫计、民政、派出所等部门要",
            "公安、司法、信访等部门要",
            "卫生服务中心要",
            "镇党委、政府将",
        ),
        *(
            "甘州区教育局计划在",
            "财政部门加大",
            "综治、卫计、公安、民政、残联等单位要",
            "市委政法委，市教育、民政等部门根据",
        ),
    ),
    ("在突发事件发生时，立即", "建立健全制度。"),
)
_NO_BODY = re.compile(
    r"^(?:通过|充分|积极|同时|此外|其中|对于|为|在|以|将|把|并|也|还|不断|进一步|切实|全面|大力|加强|建立|健全|完善|开展|组织|坚持|鼓励|支持|引导|推动|推进|探索|研究"
    r"|制定|制订|落实|强化|深入|广泛|利用|依托|发挥|注重|重点|努力|逐步|统筹|特别|尤其|必要|密切|创新|规范|提升|提高|培育|培养|发展|确保|防范|要|对|从|按照|根据|结合"
    r"|围绕|针对|各类|定期|增加|做好|如果|因此|这些|试点过程|我)"
)
_ROLES = {"牵头": Role.LEAD, "配合": Role.SUPPORT, "协同": Role.SUPPORT}
_HEADED = re.compile(r"(?P<unit>[\u3400-\u9fff（）、]{2,40})[。：:]")


def sharers_in(line: Line) -> Iterator[Share]:
    """Whom sentences name that say nothing else: 由县水务局牵头，县财政局配合。"""
    for found in _SENTENCE.finditer(line.text):
        pieces: list[tuple[int, int]] = []
        for start, end in parted(found.group(), "，"):
            if not _shares_work(found.group()[start:end]):
                break
            pieces.append((start, end))
        for start, end in pieces:
            yield from _of_piece(found.group()[start:end], found.start() + start)


_SENTENCE = re.compile(r"(?:^|(?<=[。；]))[^。；：（）\t]{5,160}(?=[。；]|$)")


def _shares_work(piece: str) -> bool:
    """Whether a stretch holds bodies and the words of their role, and nothing else."""
    words = ending(piece)
    named = units_in(piece[: words.start()]) if words else ()
    return bool(named) and all(_OFFICE.fullmatch(each.name) or each.is_generic for each in named)


def _of_piece(piece: str, offset: int) -> Iterator[Share]:
    words = ending(piece)
    if words is not None:
        for unit in units_in(piece[: words.start()], offset):
            yield Share(unit, role_of(words), words.group())


_OFFICE = re.compile(
    r"(?!.{0,6}(?:加强|推进|建立|落实|开展|按照|根据|通过|明确|实行|由))[\u3400-\u9fff（）]{2,20}"
    r"(?:局|委员会|委|厅|部|署|办公室|办|中心|政府|党委|工会|联合会|妇联|残联|团委|科协|工商联|党组|机关|法院|检察院|分局|支队|大队|队|所|站|院|公司|管委会|专班|领导小组)"
)


def actors_in(line: Line) -> Iterator[tuple[Share, int, int]]:
    """The subjects of a paragraph's sentences, each share with the place of its subject."""
    for found in SUBJECT.regex.finditer(line.text):
        if _NO_BODY.match(found["units"]):
            continue
        named = units_in(found["units"], found.start("units"))
        if not _are_bodies(found["units"], named):
            continue
        role = _ROLES.get(found["act"], Role.SHARED)
        for each in named:
            yield Share(each, role, found["act"]), found.start("units"), found.end("units")


def _are_bodies(printed: str, named: tuple[Named, ...]) -> bool:
    """Whether a subject names bodies: by their names, or as 卫计、民政等部门 by their fields."""
    if re.search(r"等?(?:有关|相关|各)?(?:部门|单位|组织)$", printed):
        return True
    return bool(named) and all(
        looks_like_a_unit(each.name) or each.name in _PLAIN for each in named
    )


_PLAIN = (
    "领导小组",
    "专班",
    "工作专班",
    "各级各部门",
    "共青团",
    "妇联",
    "残联",
    "工会",
    "镇党委",
    "政府",
    "党委",
)
"""Bodies that need no further name in their own plan."""


def heading_units(node: Node) -> tuple[Named, ...]:
    """The units that head a duty paragraph: （六）市民政局。制定…, 市教育局、市体育局：负责…"""
    found = _HEADED.match(node.body.text)
    if not found or found.end() == len(node.body.text):
        return ()
    named = units_in(found["unit"], node.number.length)
    return named if all(_may_head(each.name) for each in named) else ()


def _may_head(name: str) -> bool:
    if is_generic(name):
        return _ALL_OF.fullmatch(name) is not None
    is_body = looks_like_a_unit(name) and not _NO_BODY.match(name)
    return is_body and _HEAD_NAME.fullmatch(name) is not None


_ALL_OF = re.compile(
    r"各(?:镇街|乡镇|镇|街道|县区|区县|村|社区|学校|园区|有关部门|相关部门|有关单位|成员单位|责任单位|单位|部门|镇（街道）|乡（镇）|乡镇（街道）|县（市、区）|镇（街）)"
)


_HEAD_NAME = re.compile(
    r"(?:(?:中共)?[\u3400-\u9fff]{0,8}?[省市县区州镇乡]?(?:委|直)?[\u3400-\u9fff（）]{0,10}?(?:局|委|办|部|厅|院|中心|联|会|办公室|委员会|政府|党委|团委|妇联|残联|工会|管委会|署|社)"
    r"|团[省市县区州]委|各[\u3400-\u9fff（）、]{1,10})"
)
