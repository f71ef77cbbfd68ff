"""Member lists: which bodies sit in them. Names of persons are passed over and never kept."""

import re
from collections.abc import Iterator

from dashboard.policy.clauses import Tree
from dashboard.policy.cleaning import Line
from dashboard.policy.patterns import Pattern

_POST = (
    r"(?:党组|党委|党总支|党支部|常务|专职|第一|工会)?(?:副?(?:书记|主任|局长|部长|主席|院长|所长|站长|处长|科长|县长|市长|区长|镇长|秘书长|会长|理事长|校长"
    r"|政委|支队长|大队长|总经理|董事长|校监|主委|检察长|庭长|负责人)|[一二三四]级(?:主任科员|调研员|巡视员)|成员|委员|干事|医师|教研员)"
)
MEMBER = Pattern(
    "a member's post",
    rf"(?P<unit>[\u3400-\u9fff（）]{{2,24}}?(?:局|委|办|部|厅|院|中心|联|会|室|公室|府|团[省市县区]委|县委|市委|区委|工委|站|队|馆|所))(?={_POST})",
    ("县委宣传部副部长", "县卫健局局长", "吴忠市残联副理事长", "县精神病医院院长"),
    ("心理治疗师", "工作职责"),
)


def members_of(tree: Tree) -> tuple[str, ...]:
    """The bodies whose posts stand in the document's member lists, in order."""
    found = (name for line in _rosters(tree) for name in _bodies(line))
    return tuple(dict.fromkeys(found))


def _rosters(tree: Tree) -> Iterator[Line]:
    for node in tree.walk():
        for line in node.own:
            if line.gaps and len(line.text) <= 60 and "。" not in line.text:
                yield line


def _bodies(line: Line) -> Iterator[str]:
    said = re.split(r"[ ：:\t]", line.text)[-1]
    found = MEMBER.regex.match(said)
    if found:
        yield found["unit"]
