"""Which town has what it must have: met ÷ obliged by host list, with 待核定 and 不适用 apart."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import HostState
from dashboard.rules.areas import places_of, towns_of
from dashboard.rules.calendar import shanghai_day
from dashboard.rules.standings import READS, Coverage, Source, Stage, standing_of, standings_of

__all__ = ["Coverage", "Source", "Stage", "places_of", "towns_of"]  # what is said of a standing


def station_lists(books: Books) -> tuple[r.HostList, ...]:
    """The host lists that oblige to have stations."""
    return tuple(each for each in books.all(r.HostList) if each.station_kind is not None)


def by_town(books: Books, hosts: r.HostList, today: date) -> tuple[Coverage, ...]:
    """Every town's standing on a host list, in the office's order."""
    return by_area(books, hosts, towns_of(books), today)


def by_place(books: Books, hosts: r.HostList, today: date) -> tuple[Coverage, ...]:
    """The towns' standings, then those of the zones printed beside them."""
    return by_area(books, hosts, places_of(books), today)


def by_area(
    books: Books, hosts: r.HostList, areas: Sequence[r.Unit], today: date
) -> tuple[Coverage, ...]:
    """The standings of areas of any level, in the order given."""
    return standings_of(books, hosts, areas, today)


def in_all(books: Books, hosts: r.HostList, today: date) -> Coverage:
    """The whole plan's standing on a host list."""
    return of_area(books, hosts, None, today)


def of_area(books: Books, hosts: r.HostList, area: r.Unit | None, today: date) -> Coverage:
    """One area's standing with all that lies in it; of the whole plan where it is None."""
    return standing_of(books, hosts, area, today)


def owed_in_all(books: Books, hosts: r.HostList) -> int | None:
    """How many a list obliges in all: the number given, else what its places and bodies add up to.

    None while it or any part of it is 待核定.
    """
    if hosts.total is not None:
        return hosts.total
    if books.owed is not None:
        return books.owed.get(hosts.code)
    whole = in_all(books, hosts, shanghai_day(books.as_of))
    return None if whole.is_partial else whole.obliged


def without_station(books: Books, hosts: r.HostList, today: date) -> tuple[r.Unit, ...]:
    """The towns that must have a station of this list and have none built."""
    found = by_town(books, hosts, today)
    return tuple(each.unit for each in found if each.obliged and not each.standing and each.unit)


def leading_list(books: Books) -> r.HostList | None:
    """The list that the map and the leader's sentence open with: stations wanted of each town."""
    for hosts in station_lists(books):
        rows = books.by(r.Host, "host_list")[hosts.code]
        if len(rows) > 1 and all(row.state is HostState.OBLIGED for row in rows):
            return hosts
    return None


def sentence(books: Books, hosts: r.HostList, today: date) -> str:
    """How a host list stands, in one sentence with its numbers.

    Where each town must have one, towns are counted: “13个镇街中8个已建成村居站点，其中6个达标；
    3个在建，2个未动工。” Elsewhere stations are: “应设13处（2023年），已建成5处，其中3处达标。”
    """
    return books.once(
        ("sentence", hosts.code, today), lambda: _sentence(books, hosts, today), READS
    )


def _sentence(books: Books, hosts: r.HostList, today: date) -> str:
    towns = by_town(books, hosts, today)
    if towns and all(each.obliged == 1 for each in towns):
        return _by_towns(towns)
    return _by_stations(in_all(books, hosts, today))


def _by_towns(towns: Sequence[Coverage]) -> str:
    if not towns[0].is_recorded:
        return f"{len(towns)}个镇街应各设1处{kind_words(towns[0].hosts)}，站点台账尚无登记。"
    number = Counter(each.stage for each in towns)
    met, named = number[Stage.MET], kind_words(towns[0].hosts)
    begun = [f"{number[Stage.BUILDING]}个在建" if number[Stage.BUILDING] else ""]
    begun += [f"{number[Stage.IDLE]}个未动工" if number[Stage.IDLE] else ""]
    rest = "，".join(each for each in begun if each)
    standing = met + number[Stage.BUILT]
    built = (
        f"中{standing}个已建成{named}，{_met(met, standing, '个')}"
        if standing
        else f"均未建成{named}"
    )
    return f"{len(towns)}个镇街{built}{'；' if rest else ''}{rest}。"


def _by_stations(found: Coverage) -> str:
    if not found.is_recorded:
        return f"{found.hosts.title}：{found.denominator}，站点台账尚无登记。"
    word = found.hosts.unit_word
    met = _met(found.met, found.built, word)
    built = f"已建成{found.built}{word}，{met}" if found.built else "尚无建成"
    building = f"；在建{found.building}{word}" if found.building else ""
    return f"{found.hosts.title}：{found.denominator}，{built}{building}。"


def kind_words(hosts: r.HostList) -> str:
    """What a host list asks for: 村居站点."""
    return f"{hosts.station_kind.label}站点" if hosts.station_kind else "站点"


def _met(met: int, built: int, word: str) -> str:
    if built == 1:
        return "已达标" if met else "尚未达标"
    if met in (0, built):
        return "均已达标" if met else "尚无达标"
    return f"其中{met}{word}达标"
