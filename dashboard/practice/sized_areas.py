"""Made-up areas of any number: towns under a county, or under counties and cities."""

from collections.abc import Iterator, Sequence
from math import ceil
from random import Random
from statistics import fmean

from dashboard.ledgers import records as r
from dashboard.ledgers import terms as t

_TOWNS_PER_COUNTY = 14
_COUNTIES_PER_CITY = 10
_COLUMNS = 4
_WEST, _SOUTH = 104.0, 30.0
_STEPS = {"city": (1.30, 1.00), "county": (0.31, 0.30), "town": (0.07, 0.06)}
"""Degrees from one area to the next, eastwards and northwards: nothing reaches its neighbour."""
_SHAKE = 0.018
_UNPLACED = 97  # every so many towns have no point: the office has not found it yet
_FIRST = (
    "安白柏长陈赤春大丹东丰古光桂海河黑红洪湖花怀金锦九兰乐李丽连梁林柳龙罗马茂梅明南平青清泉三"
)
_SECOND = "坝滨昌池川渡阜岗港沟关桂河湖集江井口岭庙坪铺桥泉山石水塘田湾屯王溪兴崖营园原寨庄"
_STEP = 1009
_ENDINGS = ("街道", "镇", "镇", "镇", "乡")
_STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"


def areas(towns: int, seed: int = 1) -> tuple[r.Unit, ...]:
    """So many towns with points on a shaken grid, in order, after what they lie in.

    Up to 14 towns stand alone; more lie in counties, and ten counties in a city.
    """
    rng = Random(seed)  # noqa: S311
    counties = ceil(towns / _TOWNS_PER_COUNTY) if towns > _TOWNS_PER_COUNTY else 0
    leaves = [_town(number, counties > 0, rng) for number in range(towns)]
    middle = [_county(number, _beneath(leaves, county_code(number))) for number in range(counties)]
    cities = range(ceil(counties / _COUNTIES_PER_CITY))
    top = [_city(number, _beneath(middle, city_code(number))) for number in cities]
    return (*top, *middle, *leaves)


def city_code(number: int) -> str:
    """The code of a city, counted from 0."""
    return f"city-{number + 1:02d}"


def county_code(number: int) -> str:
    """The code of a county, counted from 0."""
    return f"county-{number + 1:03d}"


def _town(number: int, has_counties: bool, rng: Random) -> r.Unit:
    county, place = divmod(number, _TOWNS_PER_COUNTY)
    city, among = divmod(county, _COUNTIES_PER_CITY)
    shifts = [_shift(city, "city"), _shift(among, "county"), _shift(place, "town")]
    lon = _WEST + sum(east for east, _ in shifts) + rng.uniform(-_SHAKE, _SHAKE)
    lat = _SOUTH + sum(north for _, north in shifts) + rng.uniform(-_SHAKE, _SHAKE)
    is_placed = (number + 1) % _UNPLACED > 0
    return r.Unit(
        code=f"town-{number + 1:04d}",
        name=_name(number) + _ENDINGS[place % len(_ENDINGS)],
        kind=t.UnitKind.TOWN,
        seq=10_000 + number,
        official_code=f"99{city + 1:02d}{among + 1:02d}{place + 1:03d}",
        parent=county_code(county) if has_counties else None,
        villages=12 + number % 20,
        communities=number % 6,
        counted_in=2023,
        lon=round(lon, 5) if is_placed else None,
        lat=round(lat, 5) if is_placed else None,
        point_quality="示意" if is_placed else None,
    )


def _shift(number: int, level: str) -> tuple[float, float]:
    row, column = divmod(number, _COLUMNS)
    east, north = _STEPS[level]
    return column * east, row * north


def _county(number: int, towns: Sequence[r.Unit]) -> r.Unit:
    city, among = divmod(number, _COUNTIES_PER_CITY)
    lon, lat = _middle(towns)
    return r.Unit(
        code=county_code(number),
        name=f"{_name(-1 - number)}县",
        kind=t.UnitKind.COUNTY,
        seq=1000 + number,
        official_code=f"99{city + 1:02d}{among + 1:02d}",
        parent=city_code(city),
        lon=lon,
        lat=lat,
        point_quality="示意",
    )


def _city(number: int, counties: Sequence[r.Unit]) -> r.Unit:
    lon, lat = _middle(counties)
    return r.Unit(
        code=city_code(number),
        name=f"{_STEMS[number]}市",
        kind=t.UnitKind.CITY,
        seq=500 + number,
        official_code=f"99{number + 1:02d}",
        lon=lon,
        lat=lat,
        point_quality="示意",
    )


def _name(number: int) -> str:
    # A step that shares no factor with the number of names takes each of them once.
    names = len(_FIRST) * len(_SECOND)
    first, second = divmod(number * _STEP % names, len(_SECOND))
    return _FIRST[first] + _SECOND[second]


def _beneath(units: Sequence[r.Unit], parent: str) -> list[r.Unit]:
    return [unit for unit in units if unit.parent == parent]


def _middle(units: Sequence[r.Unit]) -> tuple[float, float]:
    return round(fmean(_known(units, "lon")), 5), round(fmean(_known(units, "lat")), 5)


def _known(units: Sequence[r.Unit], field: str) -> Iterator[float]:
    return (value for unit in units if (value := getattr(unit, field)) is not None)
