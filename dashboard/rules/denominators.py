"""Where a denominator comes from, in words: its number, source, year and what is still 待核定."""

from collections.abc import Sequence
from datetime import date

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.rules.areas import towns_under
from dashboard.rules.coverage import Coverage, Source, by_area
from dashboard.rules.standings import READS

MOST_NAMED = 5


def denominator_words(books: Books, coverage: Coverage, today: date) -> tuple[str, ...]:
    """“应设13处（2023年）”, “由各镇街应设数合计”, “来源：方案四（二）4”, “方案13处，名录登记12处”.

    Also which towns are 待核定 and which 不适用, by name.
    """
    said = [coverage.denominator, _reckoned(coverage), _basis(coverage.hosts), coverage.difference]
    unit = coverage.unit.code if coverage.unit else None
    key = ("towns apart", coverage.hosts.code, unit, today)
    apart = books.once(key, lambda: _apart(books, coverage, today), READS)
    return tuple(each for each in (*said, *apart) if each)


def _reckoned(coverage: Coverage) -> str:
    """How the number was come by; nothing where there is none."""
    if not coverage.obliged:
        return ""
    word, where = coverage.hosts.unit_word, coverage.unit.name if coverage.unit else ""
    if coverage.source is Source.NAMED:
        rest = coverage.obliged - (coverage.named or 0)
        others = f"，其余{rest}{word}按应设数" if rest else ""
        return f"按应设单位名单逐个登记{coverage.named}{word}{others}"
    if coverage.source is Source.SUM:
        return "由各镇街应设数合计"
    return f"按名录中{where}的应设数" if where else "按名录的应设总数"


def _basis(hosts: r.HostList) -> str:
    return f"来源：{hosts.source}" if hosts.source else f"依据条款：{hosts.clause}"


def _apart(books: Books, coverage: Coverage, today: date) -> Sequence[str]:
    """The lowest areas beneath that are 待核定 or 不适用, by name."""
    below = towns_under(books, coverage.unit)
    if coverage.unit is not None and below == (coverage.unit,):
        return ()
    found = by_area(books, coverage.hosts, below, today)
    unknown = [each.unit.name for each in found if each.unknown and each.unit]
    exempt = [each.unit.name for each in found if each.is_exempt and each.unit]
    said = (("待核定", unknown), ("不适用", exempt))
    return [
        f"{word}：{wording.join_names(names, MOST_NAMED, '个')}" for word, names in said if names
    ]
