"""The bodies that a plan names, with the names that seem to mean the same."""

import re
from collections import defaultdict
from collections.abc import Iterator

from dashboard.policy.findings import Body, Duty, Reading
from dashboard.policy.units import is_generic

_SHORT_FORMS: tuple[tuple[str, str], ...] = (
    ("卫生健康委员会", "卫健委"),
    ("卫生健康委", "卫健委"),
    ("卫生健康局", "卫健局"),
    ("卫生和计划生育委员会", "卫生计生委"),
    ("教育和体育局", "教体局"),
    ("发展和改革委员会", "发展改革委"),
    ("发展改革委", "发改委"),
    ("发展和改革局", "发改局"),
    ("人力资源和社会保障局", "人力资源社会保障局"),
    ("人力资源社会保障局", "人社局"),
    ("交通运输局", "交运局"),
    ("农业农村局", "农业局"),
    ("市场监督管理局", "市场监管局"),
    ("工业和信息化局", "工信局"),
    ("住房和城乡建设局", "住建局"),
    ("自然资源和规划局", "自然资源局"),
    ("文化和旅游局", "文旅局"),
    ("退役军人事务局", "退役军人局"),
    ("应急管理局", "应急局"),
    ("医疗保障局", "医保局"),
    ("妇女联合会", "妇联"),
    ("残疾人联合会", "残联"),
    ("科学技术协会", "科协"),
    ("机构编制委员会办公室", "编办"),
    ("经济开发区", "经开区"),
    ("大数据中心", "大数据局"),
)
"""A name and the shorter one that the same document may print for it."""
_KINDS = (
    (
        r"党委|委(?:组织|宣传|统战|政法|编|社工|网信|办)|纪委|政法委|平安办|文明办|党校|宣传部|组织部|统战部",
        "党委部门",
    ),
    (
        r"总工会|工会|团[省市县区州]委|共青团|妇联|妇女联合会|残联|残疾人联合会|科协|工商联|红十字会|文联|侨联",
        "群团组织",
    ),
    (r"开发区|管委会|园区|经开区|高新区", "开发区"),
    (r"镇$|乡$|街道$|办事处$|镇街|乡镇", "镇街"),
    (r"专班|领导小组|指挥部|工作组|领导小组办公室", "专班"),
    (r"中心$|医院$|学校$|学院$|院$|站$|馆$|所$", "事业单位"),
    (
        r"局$|委$|办$|厅$|部$|署$|政府$|委员会$|办公室$|部门$|[支大总]队$|局（[^（）]*）$",
        "政府部门",
    ),
)


def bodies_of(found: Reading) -> tuple[Body, ...]:
    """Every body that bears a duty, in the order of the text, with likely aliases.

    Of names that seem to mean one body the fullest is the name; the others stay as printed.
    """
    names = list(dict.fromkeys(duty.unit for duty in found.duties if not duty.is_generic))
    families = _families(names)
    made: list[Body] = []
    taken: set[str] = set()
    for name in names:
        if name in taken:
            continue
        same = [name, *(each for each in families[name] if each != name)]
        taken.update(same)
        also = [form for each in same for form in _printed_forms(each, found)]
        fullest = max(same, key=lambda each: (each[0] in _LEVELS, len(each)))
        others = [each for each in dict.fromkeys([*same, *also]) if each != fullest]
        made.append(Body(fullest, tuple(others), kind_of(fullest)))
    collectives = dict.fromkeys(duty.unit for duty in found.duties if duty.is_generic)
    return (*made, *(Body(name, (), "集合") for name in collectives))


_LEVELS = tuple("省市县区州")


def _families(names: list[str]) -> dict[str, list[str]]:
    """For each name those that likely mean the same body, in the order of the text."""
    known = {name: place for place, name in enumerate(names)}
    by_form: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_form[shortened(name)].append(name)
    made = {}
    for name in names:
        others = [*by_form[shortened(name)], name[1:], *(level + name for level in _LEVELS)]
        alike = {each for each in others if each in known and are_alike(name, each)}
        made[name] = sorted(alike, key=lambda each: known[each])
    return made


def kind_of(name: str) -> str:
    """The kind of a body by its name; empty where the name does not say."""
    if is_generic(name):
        return "集合"
    return next((kind for form, kind in _KINDS if re.search(form, name)), "")


def are_alike(one: str, other: str) -> bool:
    """Whether two names likely mean one body: 县卫健局, 县卫生健康局; 公安局, 市公安局."""
    if shortened(one) == shortened(other):
        return True
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return longer[0] in _LEVELS and longer[1:] == shorter and len(shorter) >= 2


def shortened(name: str) -> str:
    """A name in its shortest form."""
    for long, short in _SHORT_FORMS:
        name = name.replace(long, short)
    return name


def stem(name: str) -> str:
    """What is left of a name without its place and level: for looking the same body up."""
    short = shortened(re.sub(r"^(?:中共|共青团)", "团" if name.startswith("共青团") else "", name))
    if short.startswith("团") and short.endswith(("委", "委员会")):
        return "团委"
    return re.sub(
        r"^[\u3400-\u9fff]{0,3}?[省市县区州](?=[\u3400-\u9fff]{2})|^[省市县区州]", "", short
    )


def _printed_forms(name: str, found: Reading) -> Iterator[str]:
    """Other forms of a name that the text prints, and the full one of a name cut short."""
    for long, short in _SHORT_FORMS:
        for old, new in ((long, short), (short, long)):
            if old in name and (other := name.replace(old, new)) != name and other in found.text:
                yield other
    if name[0] in _LEVELS or not all(duty.is_stated for duty in found.duties):
        return
    beside: list[Duty] = []
    for duty in found.duties:
        if beside and beside[-1].task != duty.task:
            beside = []
        beside.append(duty)
        if duty.unit == name and (level := _level_before(duty, beside)):
            yield level + name


def _level_before(duty: Duty, beside: list[Duty]) -> str | None:
    """The level that the bodies before it in its bracket carry: 市教育局、公安局 → 市."""
    before = [
        each.unit[0]
        for each in beside
        if each.span.end <= duty.span.start and each.unit[0] in _LEVELS
    ]
    is_whole = (
        re.search(r"共青团|中共|[省市县区州镇乡]|国家|(?:行|公司|组)$", duty.unit) is not None
    )
    return before[-1] if before and not is_whole else None
