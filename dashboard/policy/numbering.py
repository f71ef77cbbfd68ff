"""The numbers that headings begin with, from the widest to the narrowest."""

import re
from dataclasses import dataclass
from enum import IntEnum

from dashboard.policy.numerals import count_of
from dashboard.policy.patterns import Pattern

_HAN_NUMBER = "[一二三四五六七八九十百零〇]{1,5}"


class Rank(IntEnum):
    """How far down a number stands; an annex begins anew above all."""

    ANNEX = 0
    PART = 1
    CHAPTER = 2
    SECTION = 3
    FIRST = 4
    SECOND = 5
    BOX = 6
    THIRD = 7
    FOURTH = 8
    FIFTH = 9


@dataclass(frozen=True)
class Number:
    """The number at the head of a line: its rank, its value, how officials cite it, its length."""

    rank: Rank
    value: int | None
    label: str
    length: int


FORMS: tuple[tuple[Rank, Pattern], ...] = (
    (
        Rank.ANNEX,
        Pattern(
            "annex",
            r"附(?:件|表|录)\s*(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})?\s*[：:]?$",
            ("附件1", "附件", "附件2：", "附表一", "附录"),
            ("附件：1.名单", "附件1中的要求"),
        ),
    ),
    (
        Rank.ANNEX,
        Pattern(
            "annex with its title",
            r"附(?:件|表|录)(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})[：: ]"
            r"(?=\S{2,40}$)(?![^。]*。)",
            ("附件3 考核细则", "附件2：建设标准"),
            ("附件：1.名单", "附件", "附件2规定了标准。"),
        ),
    ),
    (
        Rank.PART,
        Pattern(
            "part",
            rf"第(?P<n>{_HAN_NUMBER}|\d{{1,2}})(?:部分|篇|编)\s*",
            ("第二篇 重点任务", "第一部分 总体要求"),
            ("第五章", "五、"),
        ),
    ),
    (
        Rank.CHAPTER,
        Pattern(
            "chapter",
            rf"第(?P<n>{_HAN_NUMBER}|\d{{1,2}})章\s*",
            ("第五章 重点工程", "第12章 保障"),
            ("第五条", "五、"),
        ),
    ),
    (
        Rank.SECTION,
        Pattern(
            "section",
            rf"第(?P<n>{_HAN_NUMBER}|\d{{1,2}})(?:节|条)\s*",
            ("第二节 目标", "第十条 考核"),
            ("第二章", "第二季度", "第一责任人"),
        ),
    ),
    (
        Rank.FIRST,
        Pattern(
            "一、",
            rf"(?P<n>{_HAN_NUMBER})[、.．]\s*",
            ("四、重点任务", "十一、保障", "二. 目标"),
            ("一是坚持", "三年来", "（一）"),
        ),
    ),
    (
        Rank.SECOND,
        Pattern(
            "（一）",
            rf"[（(〔【]\s*(?P<n>{_HAN_NUMBER})\s*[）)〕】]\s*[、.]?\s*",
            ("（一）建成", "(二) 市委", "（十二）充分"),
            ("（1）", "（一次性）", "一、"),
        ),
    ),
    (
        Rank.BOX,
        Pattern(
            "专栏",
            r"专栏\s*(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})\s*[：:]?\s*",
            ("专栏 3 教育", "专栏一：工程"),
            ("专栏建设",),
        ),
    ),
    (
        Rank.THIRD,
        Pattern(
            "1.",
            r"(?P<n>\d{1,2})\s*[.．、]\s*(?![\d%])",
            ("1. 加强", "1 .搭建", "12、重点", "2．完善"),
            ("2023年", "1.5万", "10—20", "（1）"),
        ),
    ),
    (
        Rank.FOURTH,
        Pattern(
            "（1）",
            r"[（(]\s*(?P<n>\d{1,2})\s*[）)]\s*[、.]?\s*",
            ("（1）健全", "(12) 队伍"),
            ("（2017-2020年）", "（一）"),
        ),
    ),
    (
        Rank.FIFTH,
        Pattern(
            "①",
            r"(?P<n>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮])\s*",
            ("①建立",),
            ("1.",),
        ),
    ),
)

BEGINS = re.compile("|".join(f"(?:{_form.form.replace('?P<n>', '?:')})" for _, _form in FORMS))
"""A line that opens something of its own."""
_WRITTEN = {
    Rank.CHAPTER: "第{}章",
    Rank.SECTION: "第{}条",
    Rank.SECOND: "（{}）",
    Rank.BOX: "专栏{}",
    Rank.FOURTH: "（{}）",
}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"


def number_at(text: str) -> Number | None:
    """The number with which a line begins."""
    for rank, form in FORMS:
        found = form.regex.match(text)
        if found:
            return _number(rank, found)
    return None


def _number(rank: Rank, found: re.Match[str]) -> Number | None:
    printed = found["n"] or ""
    if rank is Rank.FIFTH:
        return Number(rank, _CIRCLED.index(printed) + 1, printed, found.end())
    if rank is Rank.ANNEX:
        value = count_of(printed) if printed else None
        return Number(rank, value, f"附件{value}" if value else "附件", found.end())
    value = count_of(printed)
    unit = found.group().strip()[-1:] if rank in (Rank.PART, Rank.CHAPTER, Rank.SECTION) else ""
    if unit in ("章", "节", "条", "篇", "编", "分"):
        label = re.sub(r"\s", "", found.group())
    else:
        label = _WRITTEN.get(rank, "{}").format(printed)
    return Number(rank, value, label, found.end())


def written(rank: Rank, value: int) -> str:
    """How a number that is not printed would be cited."""
    return _WRITTEN.get(rank, "{}").format(value)
