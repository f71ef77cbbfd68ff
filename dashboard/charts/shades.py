"""How the towns of the map are shaded: by rate, by the light of what closes the gap, by stage."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.ledgers import records as r
from dashboard.ledgers.terms import Term
from dashboard.rules.coverage import Coverage, Stage
from dashboard.rules.stage_words import STAGES
from dashboard.rules.verdicts import Light
from dashboard.settings import Settings


class Shading(Term):
    """What the colour of a town speaks of."""

    RATE = "rate", "达标率"
    LIGHT = "light", "任务亮灯"
    STAGE = "stage", "建设情况"


@dataclass(frozen=True)
class Shade:
    """A class of towns: its words, its fill (pale enough for dark text), whether it is hatched."""

    label: str
    fill: str
    is_hatched: bool = False


@dataclass(frozen=True)
class Standing:
    """One unit on the map: its class, what is written under its name, its standing in words."""

    unit: r.Unit
    shade: Shade
    label: str
    says: str


_PAPER, _PALE, _LIGHT, _MIDDLE, _DEEP = "#FFFFFF", "#EDF2F8", "#CEDDED", "#A6C1DE", "#779FCB"
NONE = Shade("0%", _PALE)
SOME = Shade("1%—49%", _LIGHT)
MOST = Shade("50%—99%", _MIDDLE)
ALL = Shade("100%", _DEEP)
UNKNOWN = Shade("待核定", _PAPER, is_hatched=True)
UNRECORDED = Shade("未登记", "#F4F5F7")
EXEMPT = Shade("不适用", _PAPER)
RATES = (ALL, MOST, SOME, NONE, UNRECORDED, UNKNOWN, EXEMPT)
"""One blue from deep to pale for the rate; red, yellow and green belong to the lights."""

_APART = {Stage.EXEMPT: EXEMPT, Stage.UNKNOWN: UNKNOWN, Stage.UNRECORDED: UNRECORDED}
_STAGE_FILLS = {
    Stage.MET: _DEEP,
    Stage.BUILT: _MIDDLE,
    Stage.BUILDING: _LIGHT,
    Stage.IDLE: _PALE,
}
STAGE_SHADES = {
    **{stage: Shade(STAGES[stage], fill) for stage, fill in _STAGE_FILLS.items()},
    Stage.UNRECORDED: UNRECORDED,
    Stage.UNKNOWN: UNKNOWN,
    Stage.EXEMPT: EXEMPT,
}
_AFTER = {Stage.BUILT: "待达标", Stage.BUILDING: "在建"}
_TINT = 0.36
"""How much of a light's colour its tint keeps, so that dark text stands on it."""


def by_rate(coverage: Coverage) -> Standing:
    """Shaded by 达标率 (达标 ÷ 应设), with the two numbers under the name."""
    return _standing(coverage, rate_shade(coverage), rate_label(coverage))


def by_stage(coverage: Coverage) -> Standing:
    """Shaded by how far the stations are; how many are missing stands under the name."""
    shade = STAGE_SHADES[coverage.stage]
    gap = coverage.gap or 0
    word = shade.label.partition(" ")[2] or shade.label  # the sign would be wider than the word
    return _standing(coverage, shade, f"{word} 缺{gap}" if gap > 1 else word)


def by_light(coverage: Coverage, light: Light, word: str, settings: Settings) -> Standing:
    """Shaded by the light of what closes the gap, with its sign and word under the name."""
    apart = _APART.get(coverage.stage)
    if apart in (EXEMPT, UNKNOWN):
        return _standing(coverage, apart, apart.label)
    look = getattr(settings.lights.scheme, light.value)
    found = _standing(coverage, light_shades(settings)[light], f"{look.symbol} {word}")
    return Standing(found.unit, found.shade, found.label, f"{found.says}，任务{word}")


def light_shades(settings: Settings) -> Mapping[Light, Shade]:
    """The lights as classes of the map: sign and word, over a tint of the light's colour."""
    looks = {light: getattr(settings.lights.scheme, light.value) for light in Light}
    return {
        light: Shade(f"{look.symbol} {look.label}", _tint(look.colour))
        for light, look in looks.items()
    }


def classes(shading: Shading, settings: Settings) -> tuple[Shade, ...]:
    """The classes of a shading in the order of its legend."""
    if shading is Shading.LIGHT:
        return (*light_shades(settings).values(), UNKNOWN, EXEMPT)
    return RATES if shading is Shading.RATE else tuple(STAGE_SHADES.values())


def rate_shade(coverage: Coverage) -> Shade:
    """The class of a town's rate."""
    apart = _APART.get(coverage.stage)
    if apart is not None:
        return apart
    rate = coverage.rate or 0.0
    if 0 < rate < 1:
        return MOST if rate >= 0.5 else SOME
    return ALL if rate >= 1 else NONE


def rate_label(coverage: Coverage) -> str:
    """“1/1”, “0/1 在建”, “待核定”, “未登记”, “不适用”; “已建2” where nobody knows of how many."""
    if coverage.stage in _APART:
        return f"已建{coverage.built}" if coverage.built else rate_shade(coverage).label
    return f"{coverage.filled}/{coverage.obliged} {_AFTER.get(coverage.stage, '')}".rstrip()


def _standing(coverage: Coverage, shade: Shade, label: str) -> Standing:
    assert coverage.unit is not None  # the whole plan is no town
    word = coverage.hosts.unit_word
    built = f"已建成{coverage.built}{word}，达标{coverage.met}{word}"
    says = f"{coverage.unit.name}：{coverage.denominator}，{built}"
    return Standing(coverage.unit, shade, label, says)


def _tint(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * _TINT):02X}" for part in parts)
