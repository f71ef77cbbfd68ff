"""What a clause is about, by its title and those above it: background, goals, work."""

from enum import StrEnum

from dashboard.policy.clauses import Node
from dashboard.policy.numbering import Rank
from dashboard.policy.patterns import Pattern


class Section(StrEnum):
    """`BACKGROUND` obliges nobody; `GOAL` says what is to be reached; `WORK` what is to be done;
    `ANNEX` is what lies behind the text."""

    BACKGROUND = "background"
    GOAL = "goal"
    WORK = "work"
    ANNEX = "annex"


BACKGROUND = Pattern(
    "a title over what obliges nobody",
    r"(?:一、)?(?:指导思想|总则|附则|总体(?:思路|布局|考虑)|(?:适用|整治|实施|检查|排查|工作)范围|(?:考核|适用|检查)对象|名词解释|术语和定义|有关说明"
    r"|(?:基本|工作|主要|总体|编制)?(?:原则|遵循)|.{0,6}(?:背景|依据|形势|意义|必要性)(?:和.{2,6})?"
    r"|.{0,8}(?:现状|工作基础|发展基础|基本情况|主要成效|成效|成绩|回顾)(?:与.{2,8})?"
    r"|(?:当前)?(?:存在|需要解决|面临|亟待解决|突出)的?(?:主要|突出|困难和)?(?:问题|挑战|困难)(?:和.{2,6})?"
    r"|(?:工作)?组织(?:体系|机构|架构))",
    (
        "指导思想",
        "基本原则",
        "规划背景",
        "发展现状与存在问题",
        "需要解决的问题",
        "组织体系",
        "总则",
    ),
    ("加强组织领导", "健全问题整改机制", "重点任务", "工作目标"),
)

GOAL = Pattern(
    "a title over goals",
    r"(?:总体要求|.{0,8}(?:目标|指标)(?:任务|要求)?|目标(?:与|和|及)指标|.{0,12}和(?:发展|工作|主要)?目标)",
    ("工作目标", "发展目标", "目标与指标", "主要目标", "具体目标", "总体目标", "工作指标"),
    ("完成目标任务的措施有哪些", "重点任务"),
)


def section_of(node: Node) -> Section:
    """What a clause is about; the nearest title that says so decides."""
    if node.annex is not None:
        return Section.ANNEX
    at: Node | None = node
    while at is not None:
        found = _by_title(at)
        if found is not None:
            return found
        at = at.parent
    return Section.WORK


def _by_title(node: Node) -> Section | None:
    title = node.title
    if BACKGROUND.regex.fullmatch(title):
        return Section.BACKGROUND
    if GOAL.regex.fullmatch(title):
        return Section.GOAL
    is_wide = node.rank <= Rank.FIRST
    return Section.WORK if is_wide and node.parent is not None else None
