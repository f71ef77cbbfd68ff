"""What an area lacks on a host list, in words: what is not built, what is below standard."""

from datetime import date

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import StationKind, StationState
from dashboard.rules.coverage import Coverage, Stage
from dashboard.rules.obligations import obligations_of
from dashboard.rules.standards import checks
from dashboard.rules.tallies import tally_of, up_to_standard

MOST_NAMED = 3
"""A line that names more is no line any more."""


def missing_words(books: Books, coverage: Coverage, today: date) -> str:
    """“未动工”, “在建”, “未建成5所（第一中学、第二中学等）；建成未达标1所：相关制度未上墙”.

    Empty where nothing is missing or nothing can be said of it.
    """
    if not coverage.gap:
        return ""
    if coverage.stage is Stage.UNRECORDED:
        return "站点台账尚无登记"
    said = [_unbuilt(books, coverage, today), _below(books, coverage, today)]
    return "；".join(each for each in said if each)


def _unbuilt(books: Books, coverage: Coverage, today: date) -> str:
    number = (coverage.obliged or 0) - coverage.standing
    if not number:
        return ""
    begun = min(coverage.building, number)
    if coverage.obliged == 1 and coverage.named is None:
        return "在建" if begun else "未动工"
    word = coverage.hosts.unit_word
    doing = f"，其中在建{begun}{word}" if begun else ""
    return f"未建成{number}{word}{_bodies(books, coverage, today)}{doing}"


def _bodies(books: Books, coverage: Coverage, today: date) -> str:
    """The obliged bodies without a station by name; places for special groups are never named."""
    if coverage.unit is None or coverage.hosts.station_kind is StationKind.SPECIAL:
        return ""
    owed = obligations_of(books, coverage.hosts).by_place.get(coverage.unit.code)
    built = tally_of(books, coverage.hosts, today).built_bodies
    bare = sorted((owed.bodies or frozenset()) - built)[: MOST_NAMED + 1] if owed else []
    names = [books.get(r.ListedHost, code).name for code in bare]
    return f"（{wording.first_names(names, MOST_NAMED)}）" if names else ""


def _below(books: Books, coverage: Coverage, today: date) -> str:
    number = coverage.standing - coverage.filled
    if number <= 0:
        return ""
    said = f"建成未达标{number}{coverage.hosts.unit_word}"
    if coverage.unit is None:
        return said
    short = _short(books, coverage, today)
    why = "；".join(each.reason for each in checks(books, short[:MOST_NAMED], today))
    return f"{said}：{why}{'等' if len(short) > MOST_NAMED else ''}" if why else said


def _short(books: Books, coverage: Coverage, today: date) -> list[r.Station]:
    """The built stations of a town that are not up to standard."""
    assert coverage.unit is not None
    good = up_to_standard(books)
    return [
        each
        for each in books.by(r.Station, "town")[coverage.unit.code]
        if each.host_list == coverage.hosts.code
        and each.code not in good
        and each.state(today) is StationState.BUILT
    ]
