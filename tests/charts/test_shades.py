"""The classes of the map: what a town's colour and the words under its name say."""

import os
from dataclasses import replace
from typing import Any

import pytest

from dashboard import settings
from dashboard.charts.shades import (
    ALL,
    EXEMPT,
    MOST,
    NONE,
    SOME,
    UNKNOWN,
    UNRECORDED,
    Shading,
    by_light,
    by_stage,
    classes,
    light_shades,
    rate_label,
    rate_shade,
)
from dashboard.ledgers import records as r
from dashboard.rules.coverage import Coverage
from dashboard.rules.verdicts import Light
from tests.rules.stations_given import books

SETTINGS = settings.load(os.environ)


def coverage(obliged: int | None, filled: int, **change: Any) -> Coverage:
    given = books()
    hosts, town = given.get(r.HostList, "h-village"), given.get(r.Unit, "370829001")
    made = Coverage(hosts, town, obliged, False, filled, 0, 0, 0, filled, filled)
    return replace(made, **change)


@pytest.mark.parametrize(
    ("standing", "shade", "label"),
    [
        (coverage(1, 1), ALL, "1/1"),
        (coverage(100, 99), MOST, "99/100 在建"),
        (coverage(2, 1), MOST, "1/2 在建"),
        (coverage(100, 49), SOME, "49/100 在建"),
        (coverage(1, 0), NONE, "0/1"),
        (coverage(1, 0, below=1, standing=1), NONE, "0/1 待达标"),
        (coverage(1, 0, building=1), NONE, "0/1 在建"),
        (coverage(1, 0, is_recorded=False), UNRECORDED, "未登记"),
        (coverage(None, 0), UNKNOWN, "待核定"),
        (coverage(None, 0, met=2), UNKNOWN, "已建2"),
        (coverage(None, 0, is_exempt=True), EXEMPT, "不适用"),
    ],
)
def test_a_town_s_class_and_label_say_how_it_stands(
    standing: Coverage, shade: object, label: str
) -> None:
    assert (rate_shade(standing), rate_label(standing)) == (shade, label)


@pytest.mark.parametrize("shading", [Shading.RATE, Shading.STAGE])
def test_every_class_looks_different_and_none_is_the_colour_of_a_light(shading: Shading) -> None:
    shades = classes(shading, SETTINGS)
    looks = {(shade.fill, shade.is_hatched, shade.label) for shade in shades}
    assert len(looks) == len(shades)
    for shade in shades:
        red, green, blue = (int(shade.fill[at : at + 2], 16) for at in (1, 3, 5))
        assert red <= green <= blue


def test_lights_are_told_by_sign_and_word_and_not_by_colour_alone() -> None:
    found = by_light(coverage(1, 0), Light.RED, "逾期", SETTINGS)
    assert found.label == "■ 逾期"
    assert found.shade == light_shades(SETTINGS)[Light.RED]
    assert found.says.endswith("任务逾期")
    labels = [shade.label for shade in light_shades(SETTINGS).values()]
    assert len(set(labels)) == len(Light)


def test_what_is_not_known_or_not_asked_has_no_light() -> None:
    unknown = by_light(coverage(None, 0), Light.RED, "逾期", SETTINGS)
    exempt = by_light(coverage(None, 0, is_exempt=True), Light.RED, "逾期", SETTINGS)
    assert (unknown.shade, exempt.shade) == (UNKNOWN, EXEMPT)


def test_a_stage_says_how_many_are_missing_where_it_is_more_than_one() -> None:
    assert by_stage(coverage(1, 0)).label == "未动工"
    assert by_stage(coverage(5, 2)).label == "在建 缺3"
    assert by_stage(coverage(1, 1)).label == "达标"


@pytest.mark.parametrize("shading", list(Shading))
def test_dark_text_stands_on_every_class(shading: Shading) -> None:
    for shade in classes(shading, SETTINGS):
        parts = [int(shade.fill[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        line = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        light = 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]
        dark = 0.0232  # of the text colour #1F2933
        assert (light + 0.05) / (dark + 0.05) >= 4.5, shade
