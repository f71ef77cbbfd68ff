"""Names of bodies as lists print them: one by one, collectives kept, 等 noted and taken off."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.policy.patterns import Pattern

_SUFFIX = (
    "委员会|办公室|管委会|人民政府|政府|办事处|领导小组|指挥部|专班|联合会|总工会|工会|妇联|残联|工商联|"
    "科协|文联|侨联|社科联|团委|团市委|团县委|团区委|团省委|团州委|党委|党组|党校|工委|法院|检察院|"
    "公安局|分局|支队|大队|总队|公司|集团|银行|支行|分行|监管组|党工委|人武部|军分区|商会|学校|大学|学院|医院|卫生院|中心|协会|学会|研究院|研究所|"
    "事务所|管理站|派出所|司法所|工作组|平安办|文明办|编办|老龄办|综治办|信访局|机构|部门|单位|"
    "局|委|办|部|厅|署|社|院|所|站|处|队|馆|台|会|镇街|街道|镇|乡|县|区|市|州|盟|旗|村|社区|园区|地区|地方"
)

UNIT = Pattern(
    "a body's name",
    rf"(?:[\u3400-\u9fffA-Za-z0-9“”·]|（[^（）]*）){{1,28}}?(?:{_SUFFIX}|委(?:党校)?)(?:（[^（）]*）)?",
    (
        *("县卫生健康局", "市委政法委", "团市委", "共青团烟台市委", "嘉祥经济开发区管委会"),
        *("各镇（街道）", "省市场监管局（省知识产权局）", "市中级人民法院", "各县（市、区）政府"),
    ),
    ("试行", "具体建设标准详见附件2"),
)

GENERIC = Pattern(
    "a collective",
    r"(?:各|有关|相关|其他|其它|所有|全体|全市|全县|全区|全省|市直|县直|区直|省直|州直|市级|县级|区级|属地|辖区"
    r"|涉及|责任|成员|主管|行业|具体实施|实施|建设|国务院(?:有关|相关)).*"
    r"|.*(?:有关|相关|各成员|成员|责任|各)(?:部门|单位|方面|机构|企业)"
    r"|(?:地方|有条件的|\d+个|[一二三四五六七八九十]+个)[\u3400-\u9fff（）、]{1,12}"
    r"|(?:部门|单位|地方|地区|社会组织|企业|用人单位|医疗机构|金融机构)"
    r"|(?:镇街道|乡镇街道|镇街|县区|区县|县市区|乡镇|街道|园区|开发区|功能区|市州|州市|地市|旗县|属地|地方|村|社区|县|市|区|镇|乡)"
    r"(?:（[^（）]{1,9}）)?(?:党委|党工委|人民政府|政府|办事处|管委会|村委会|居委会)?(?:（[^（）]{1,9}）)?",
    (
        "各镇街",
        "各有关部门",
        "相关单位",
        "市直有关部门",
        "各县（市、区）政府",
        "各地区",
        "国务院相关部门",
        "县（市、区）人民政府",
        "乡镇（街道）",
        "地方各级人民政府",
        "驻县各单位",
    ),
    ("市教育局", "县委宣传部", "市场监管局", "县委办公室"),
)

_OPEN = re.compile(
    r"(?<![高中初同平])等(?:[^、，；。（）和等]{0,14}?(?:部门|单位|方面|组织|机构|镇街|团体))?$"
)
_LONGEST = 120
"""A longer item is no list of names."""
_LEADING = re.compile(r"^(?:由|以及|及|和|与|并由|同时由|，)")
_JOINTS = re.compile(
    r"以及|和|及|与|会同|协同|联合|/|(?<=[局厅委办会心府部])(?=各(?!级))|(?<=[局厅])(?=[省市县区](?!分)|国网|国家|中国|人行)"
)
"""Words between two names, or where a blank that parted them was lost."""


@dataclass(frozen=True)
class Named:
    """A unit in a list: its name, where it stands in the line, and what is printed with it."""

    name: str
    start: int
    end: int
    is_open_ended: bool = False
    remark: str = ""

    @property
    def is_generic(self) -> bool:
        """Whether it is a collective, and no single body."""
        return is_generic(self.name)


def is_generic(name: str) -> bool:
    """Whether a name stands for many: 各镇街, 有关部门."""
    return GENERIC.regex.fullmatch(name) is not None


def looks_like_a_unit(name: str) -> bool:
    """Whether a name ends as bodies' names do, or is a collective."""
    return UNIT.regex.fullmatch(name) is not None or is_generic(name)


def parted(text: str, signs: str) -> Iterator[tuple[int, int]]:
    """The stretches between signs that stand outside of brackets."""
    depth, start = 0, 0
    for place, sign in enumerate(text):
        if sign in "（〔【(":
            depth += 1
        elif sign in "）〕】)":
            depth = max(0, depth - 1)
        elif depth == 0 and sign in signs:
            yield start, place
            start = place + 1
    yield start, len(text)


def units_in(text: str, offset: int = 0) -> tuple[Named, ...]:
    """The units of a list (市教育局、公安局等), each with its place; `offset` is the text's own."""
    found: list[Named] = []
    joined = _LEVELS_TOGETHER.sub(lambda levels: levels.group().replace("、", "\x00"), text)
    for start, end in parted(joined, "、，；"):
        for first, last in _joints(text, start, end):
            named = _named(text, first, last, offset)
            if named:
                found.append(named)
    return tuple(found)


_LEVELS_TOGETHER = re.compile(
    r"各(?:[省市州县区镇乡盟旗]|街道|地区|自治区|直辖市)(?:（[^（）]{1,9}）)?"
    r"(?:、(?:[省市州县区镇乡盟旗]|街道|地区|自治区|直辖市)(?:（[^（）]{1,9}）)?)+"
    r"|各[\u3400-\u9fff（）]{1,10}党(?:委、(?=(?:人民)?政府)|工委、(?=管委会|办事处))"
)
"""各市、县人民政府 is one collective."""


def _joints(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """An item parted at 和 and the like, where a body stands on either side."""
    piece = text[start:end]
    for found in _JOINTS.finditer(piece if len(piece) <= _LONGEST else ""):
        left, right = (
            _OPEN.sub("", side) for side in (piece[: found.start()], piece[found.end() :])
        )
        if looks_like_a_unit(left) and looks_like_a_unit(right) and _depth(left) == 0:
            yield start, start + found.start()
            yield from _joints(text, start + found.end(), end)
            return
    yield start, end


def _depth(text: str) -> int:
    return sum(text.count(sign) for sign in "（〔") - sum(text.count(sign) for sign in "）〕")


def _named(text: str, start: int, end: int, offset: int) -> Named | None:
    piece = text[start:end]
    stripped = piece.strip(" 。：")
    start += piece.find(stripped) if stripped else 0
    lead = _LEADING.match(stripped)
    if lead:
        start, stripped = start + lead.end(), stripped[lead.end() :]
    more = _OPEN.search(stripped)
    is_open = more is not None and more.start() > 0
    if more and is_open:
        stripped = stripped[: more.start()]
    whole, stripped = stripped, _without_remark(stripped)
    if not stripped or _NO_NAME.match(stripped):
        return None
    remark = whole[len(stripped) :]
    return Named(stripped, offset + start, offset + start + len(stripped), is_open, remark)


_NO_NAME = re.compile(
    r"(?:详?见|参见|同上|以下|简称|略$|无$|待定|下同|以上|按照?|根据|[—\-/]+$|其他$)"
)
"""What stands in the place of a name and is none."""


def _without_remark(name: str) -> str:
    """A name without what is no part of it: a person behind a blank, a remark in brackets."""
    first = name.split(" ", maxsplit=1)[0]
    if first != name and looks_like_a_unit(first):
        return first
    remark = re.search(r"（([^（）]*)）$", name)
    if remark is None or remark.start() == 0 or is_generic(name):
        return name
    is_name = all(looks_like_a_unit(each) for each in remark[1].split("、"))
    return name if is_name else name[: remark.start()]
