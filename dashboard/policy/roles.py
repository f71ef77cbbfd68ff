"""The words that say what a unit does, each with its role (conventions of duty brackets)."""

import re
from dataclasses import dataclass

from dashboard.policy.findings import Role
from dashboard.policy.patterns import Pattern


@dataclass(frozen=True)
class RoleWords:
    """Words after a list of units, or a label before it, and the role that they give."""

    role: Role
    after: Pattern
    label: Pattern | None = None


ROLES: tuple[RoleWords, ...] = (
    RoleWords(
        Role.LEAD,
        Pattern(
            "lead",
            r"(?:共同|联合|总|分别|按职责分工)?牵头(?:负责|组织实施|组织|落实|抓总|推进|推动|实施|办理|协调|抓好落实|抓落实)?|主办|主责",
            ("牵头负责", "牵头", "共同牵头", "牵头组织实施", "主办"),
            ("分别负责", "配合"),
        ),
        Pattern(
            "lead label",
            r"(?:总)?牵头(?:责任|负责)?(?:单位|部门|处室|科室)|主办(?:单位|部门)|主责(?:单位|部门)|主要责任(?:单位|部门)"
            r"|第一责任(?:单位|部门)|(?<!\w)牵头(?=：)",
            ("牵头单位", "牵头责任单位", "主办单位", "主责部门"),
            ("责任单位", "牵头领导"),
        ),
    ),
    RoleWords(
        Role.LOCAL,
        Pattern(
            "local",
            r"(?:负责)?(?:结合实际|属地|按属地)?(?:具体负责(?:落实|实施)?|具体落实|具体实施|具体组织实施|组织实施|抓好落实"
            r"|结合实际(?:抓好)?落实|属地负责)",
            ("具体负责", "结合实际落实", "组织实施"),
            ("分别负责", "牵头负责"),
        ),
        Pattern(
            "local label",
            r"(?:实施|落实|属地)(?:责任)?(?:单位|部门|主体)",
            ("实施单位",),
            ("责任单位",),
        ),
    ),
    RoleWords(
        Role.GUIDE,
        Pattern(
            "guide",
            r"(?:负责)?(?:业务|监督|督促|技术)?指导(?:监督|落实|督促)?|(?:负责)?(?:监督|督导|督促)(?:检查|落实)?",
            ("指导", "业务指导", "督导", "督促落实"),
            ("负责",),
        ),
        Pattern(
            "guide label", r"(?:业务)?(?:指导|督导)(?:单位|部门)", ("指导单位",), ("配合单位",)
        ),
    ),
    RoleWords(
        Role.SUPPORT,
        Pattern(
            "support",
            r"(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:协同|协助|积极|共同|做好|分工)?(?:配合|协助|参与|参加|支持|协作|协同|协办)(?:落实|做好|实施)?",
            ("配合", "参与", "按职责分工配合", "协助"),
            ("负责", "牵头"),
        ),
        Pattern(
            "support label",
            r"(?:主要)?(?:配合|协办|协同|参与|参加|协作|协助|参建|成员|联办|会办)(?:责任)?(?:单位|部门)|(?<!\w)配合(?=：)",
            ("配合单位", "主要协作单位", "参与部门"),
            ("责任单位",),
        ),
    ),
    RoleWords(
        Role.SHARED,
        Pattern(
            "shared",
            r"(?:要)?(?:按(?:照)?(?:各自|部门)?(?:工作)?(?:职责|职能|责任)(?:和?分工)?|按分工|依职责|依据职责|根据职责(?:分工)?|各司其职)"
            r"(?:分别|共同|抓好|做好)?(?:负责|落实|推进|组织实施)|(?:分别|共同|分工|各自|分头|分级|分类)?负责(?:落实|实施|推进|办理|组织|承办)?|分别落实|落实|承办|推进|按职责推进",
            ("分别负责", "按职责分工负责", "按职责落实", "负责", "共同负责"),
            ("牵头负责", "具体负责", "配合"),
        ),
        Pattern(
            "shared label",
            r"(?:共同|主要)?(?:责任|承办|负责|承担|主管|分工)(?:单位|部门|主体)(?:及(?:责任人|负责人|责任领导))?|(?<!\w)责任(?=：)",
            ("责任单位", "责任部门", "承办单位"),
            ("牵头单位", "责任人"),
        ),
    ),
)
"""From the most particular to the most general: 牵头负责 is not 负责."""

AFTER = re.compile("|".join(f"(?P<{each.role.value}>{each.after.form})" for each in ROLES))
"""Any words of a role after a list of units."""
_LABELS = "|".join(f"(?P<{each.role.value}>{each.label.form})" for each in ROLES if each.label)
LABEL = re.compile(rf"(?:{_LABELS})\s*[：:]|【(?:{_LABELS.replace('?P<', '?P<in_')})】[：:]?")
"""Any label before a list of units."""
_ENDING = re.compile(rf"(?:{AFTER.pattern})$")


def role_of(found: re.Match[str]) -> Role:
    """The role of a match of AFTER or LABEL."""
    held = ((name, text) for name, text in found.groupdict().items() if text is not None)
    return next(Role(name.removeprefix("in_")) for name, _ in held)


def ending(text: str) -> re.Match[str] | None:
    """The words of a role with which a text ends; the longest that fit."""
    for start in range(max(0, len(text) - 16), len(text)):
        found = AFTER.fullmatch(text, start)
        if found:
            return found
    return None
