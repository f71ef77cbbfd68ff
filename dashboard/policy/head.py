"""What a document says of itself: title, 文号, issuer, date, period."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from dashboard.policy.clauses import Tree
from dashboard.policy.cleaning import Line
from dashboard.policy.findings import Head, Period
from dashboard.policy.numbering import Rank
from dashboard.policy.numerals import count_of
from dashboard.policy.patterns import Pattern

_KINDS = (
    "方案|规划|计划|意见|办法|要点|细则|纲要|措施|清单|分工|通知|决定|通报|行动|预案|制度|规定|标准"
    "|分解|分工表|分解表|责任表|一览表|责任书|指引|指南"
)

NUMBER = Pattern(
    "a document's number",
    r"[\u3400-\u9fffA-Za-z（）]{1,16}[〔\[【［(（]20\d\d[〕\]】］)）]\d{1,4}号",
    ("嘉政办字〔2023〕10号", "张平安办〔2021〕7号", "国办发[2024]3号"),
    ("第10号", "2023年10号"),
)
TITLE = Pattern(
    "a plan's title",
    rf"[^，。；]{{4,90}}(?:{_KINDS})(?:（[^（）]{{1,20}}）)*",
    ("吴忠市社会心理服务体系建设（试点）工作实施方案", "烟台市健康心理行动实施方案（2017-2020年）"),
    ("组织体系", "方案"),
)
_DAY = re.compile(r"(20\d\d)[年-](1[0-2]|0?[1-9])[月-](3[01]|[12]\d|0?[1-9])日?")
_HAN_DAY = re.compile(
    r"([二〇○零一三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_BRACKETED = re.compile(r"^（([^（）]*\d日)[^（）]*）$")
"""A day in brackets under the title: （2024年2月20日）, （2024年2月20日会议通过）."""
_TOLD = r"(?:%s)[：:]?"
_NUMBER_TOLD = re.compile(_TOLD % "文号|发文字号" + f"({NUMBER.form})")
_DAY_TOLD = re.compile(_TOLD % "成文日期|发文日期" + _DAY.pattern)
"""A web page tells a document's number and day in a table over it."""
_ISSUED = re.compile(r"关于(?:印发|下发|发布|公布|转发)(.{2,120}?)的通知")
_BODY_END = re.compile(
    r"(?:人民政府|政府|办公室|委员会|委|局|厅|部|领导小组|指挥部|管委会|办事处|联合会|总工会|协会|专班|法院|检察院|中心)$"
)
_SPAN = re.compile(r"（?(20\d\d)年?[-—~～至](20\d\d)年?）?")
_PLAN_YEARS = {"十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}


def head_of(tree: Tree) -> Head:
    """The head of a document; what is not printed in it is None."""
    lines = _lines(tree)
    title = _title(lines) or _annex_title(tree)
    return Head(
        title=title,
        number=_number(lines),
        issuer=_issuer_told(lines) or _issuer(lines) or _issuer(tree.tail),
        issued_on=_issued_on(lines, tree.tail),
        period=_period(title, tree),
    )


def _annex_title(tree: Tree) -> str | None:
    """The title of an annex that is all there is."""
    alone = len(tree.roots) == 1 and tree.roots[0].rank is Rank.ANNEX
    return tree.roots[0].title or None if alone else None


def _lines(tree: Tree) -> tuple[Line, ...]:
    return tree.head


def plain(text: str) -> str:
    """A line of a title without the blanks that spread it."""
    return re.sub(
        r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff]$|[\u3400-\u9fff] )|(?<=^[\u3400-\u9fff]) ",
        "",
        text,
    ).strip()


def _number(lines: Sequence[Line]) -> str | None:
    """The number that stands on a line of its own, or before all else in a text without breaks."""
    texts = [line.text.replace(" ", "").replace("\t", "") for line in lines]
    for text in texts:
        found = NUMBER.regex.fullmatch(text)
        if found:
            return found.group()
    told = next((found for found in map(_NUMBER_TOLD.search, texts) if found), None)
    if told:
        return told[1]
    found = NUMBER.regex.match(lines[0].text) if lines else None
    if found and lines[0].text[found.end() : found.end() + 1] not in _OF_ANOTHER:
        return found.group()
    return None


_OF_ANOTHER = ("）", "》", "，", "、", "等", "的", "文")
"""What follows the number of a document that is only spoken of."""


def _title(lines: Sequence[Line]) -> str | None:
    """The plan's own title over its text; else what the cover letter says that it issues."""
    return _own_title(lines) or _issued_title(lines)


def _own_title(lines: Sequence[Line]) -> str | None:
    """The last heading before the text that names a plan, of one line or of two."""
    texts = [plain(line.text) for line in lines]
    for place in range(len(texts) - 1, -1, -1):
        if _BRACKETED.fullmatch(texts[place]):
            continue
        for start in (place - 1, place):
            if start < 0 or (start < place and not _may_begin_a_title(texts[start])):
                continue
            joined = "".join(texts[start : place + 1])
            if (
                TITLE.regex.fullmatch(joined)
                and "关于印发" not in joined
                and "》" not in joined[:-1]
            ):
                return joined
    return None


def _may_begin_a_title(text: str) -> bool:
    return (
        6 <= len(text) <= 70
        and not re.search(r"[。：，；》]|日$|号$|^（|^关于", text)
        and not _BODY_END.search(text)
    )


def _issued_title(lines: Sequence[Line]) -> str | None:
    texts = [plain(line.text) for line in lines]
    text = "".join(texts)
    found = _ISSUED.search(text)
    if found:
        quoted = re.fullmatch(r"[《〈](.+)[》〉]", found[1])
        return quoted[1] if quoted else found[1]
    quoted = re.search(
        rf"《([^《》]{{4,90}}(?:{_KINDS})(?:（[^（）]*）)?)》(?=.{{0,12}}(?:印发|现予|已经))", text
    )
    issued = (re.search(r"(?:印发|发布|出台|转发)《([^《》]{4,90})》$", each) for each in texts)
    quoted = quoted or next((each for each in issued if each), None)
    return quoted[1] if quoted else None


def _issuer_told(lines: Sequence[Line]) -> str | None:
    found = (
        re.search(r"发文(?:机关|单位)：\s*([\u3400-\u9fff]{4,40})(?=\s|$)", line.text)
        for line in lines
    )
    return next((each[1] for each in found if each and _is_body(each[1])), None)


def _issuer(lines: Sequence[Line]) -> str | None:
    """Who signs: the body over the date; else the body that heads the document."""
    texts = [line.text.replace(" ", "") for line in lines]
    for place, text in enumerate(texts):
        if _DAY.fullmatch(text) or _HAN_DAY.fullmatch(text):
            signed = list(_signing(texts[:place]))
            if signed:
                return signed[-1]
    for text in texts[:4]:
        named = re.sub(r"(?:文件)$", "", text)
        if _is_body(named):
            return named
    return None


def _signing(texts: Sequence[str]) -> Iterator[str]:
    """The bodies that sign right before the date, the last first."""
    for text in reversed(texts):
        if not _is_body(text):
            return
        yield text


def _is_body(text: str) -> bool:
    return (
        3 < len(text) <= 40
        and _BODY_END.search(text) is not None
        and not re.search(r"[，。：；]|关于", text)
    )


def _issued_on(lines: Sequence[Line], tail: Sequence[Line]) -> date | None:
    texts = [line.text.replace(" ", "").replace("\t", "") for line in (*lines, *tail)]
    for text in texts:
        text = _BRACKETED.sub(r"\1", text)  # noqa: PLW2901
        found = _DAY.fullmatch(text) or _HAN_DAY.fullmatch(text) or _DAY_TOLD.search(text)
        if found:
            return _day(found)
    for line in tail:
        found = _DAY.search(line.text)
        if found and line.text.endswith("印发"):
            return _day(found)
    return None


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(_year_of(found[1]), count_of(found[2]) or 0, count_of(found[3]) or 0)
    except ValueError:
        return None


def _year_of(printed: str) -> int:
    """二〇二四 and 2024."""
    signs = str.maketrans("〇○零一二三四五六七八九", "000123456789")
    return int(printed.translate(signs))


def _period(title: str | None, tree: Tree) -> Period:
    """The years in the title; else what the goals say: 自2023年起, 到2025年底."""
    found = _SPAN.search(title or "")
    if found:
        return Period(date(int(found[1]), 1, 1), date(int(found[2]), 12, 31))
    for name, first in _PLAN_YEARS.items():
        if re.search(rf"{name}|第{name[:-1]}个五年", title or ""):
            return Period(date(first, 1, 1), date(first + 4, 12, 31))
    return _period_of_goals(tree)


def _period_of_goals(tree: Tree) -> Period:
    for node in tree.walk():
        if "目标" not in node.title:
            continue
        text = "".join(line.text for line in node.own[:3])
        begins = re.search(r"自(20\d\d)年(?:起|开始)", text)
        ends = re.search(r"(?:到|至|力争)(20\d\d)年(?:底|末|年底)?", text)
        if begins or ends:
            return Period(
                date(int(begins[1]), 1, 1) if begins else None,
                date(int(ends[1]), 12, 31) if ends else None,
            )
    return Period()
