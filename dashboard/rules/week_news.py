"""What a week brought, in few lines: items that fell behind, recovered or were finished, stations.

Told to a room that reads it in passing: each kind is one line with its number and first names.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.rules.comparison import Change, compare
from dashboard.rules.judgement import Judgement
from dashboard.rules.station_changes import ChangeKind, StationChange, station_changes
from dashboard.rules.verdicts import Light


@dataclass(frozen=True)
class News:
    """One line: what happened, how often (`number` with its `measure`), to what, in which light.

    Stations have no light. `names` are all names, in the order of the plan or the ledger.
    """

    what: str
    number: int
    measure: str
    names: tuple[str, ...]
    light: Light | None = None


def week_news(before: Judgement, now: Judgement) -> tuple[News, ...]:
    """The news between two instants of one plan, what asks for an answer first."""
    found = compare(before, now)
    done = [each for each in found.changes if _is_done(each)]
    finished = {each.now.item.line.code for each in done}
    cleared = [each for each in found.cleared if each.now.item.line.code not in finished]
    return (
        *_of_items("新增滞后或逾期", found.worse, _worst(found.worse)),
        *_of_items("新完成", done, Light.BLUE),
        *_of_items("不再滞后", cleared, Light.GREEN),
        *_of_stations(station_changes(before.books, now.books)),
    )


def _is_done(change: Change) -> bool:
    was = change.before is not None and change.before.verdict.light is Light.BLUE
    return change.now.verdict.light is Light.BLUE and not was


def _worst(changes: Iterable[Change]) -> Light:
    lights = {each.now.verdict.light for each in changes}
    return Light.RED if Light.RED in lights else Light.YELLOW


def _of_items(what: str, changes: Sequence[Change], light: Light) -> Iterator[News]:
    names = tuple(dict.fromkeys(each.now.item.title for each in changes))
    if names:
        yield News(what, len(names), "项", names, light)


def _of_stations(changes: Sequence[StationChange]) -> Iterator[News]:
    """One line a kind; what was only entered late is no news and told by its number alone."""
    fresh = [each for each in changes if not each.is_late]
    number = Counter(each.kind for each in fresh)
    for kind in ChangeKind:
        if number[kind]:
            names = tuple(each.name for each in fresh if each.kind is kind)
            yield News(f"{kind.label}站点", number[kind], "处", names)
    late = {each.station.code for each in changes if each.is_late}
    if late:
        yield News("补录站点", len(late), "处", ())
