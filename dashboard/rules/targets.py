"""What an indicator asks for, in the words officials use, and what it is measured against."""

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.terms import Comparator
from dashboard.rules.coverage import owed_in_all

WHOLE_COUNTY = "全县"
_SHARES = ("%", "‰")


def target_words(indicator: r.Indicator) -> str:
    """不少于16家, 每个镇街不少于5场, 每个村（社区）每年不少于2场, 中小学校100%."""
    scope = "" if indicator.scope in (None, WHOLE_COUNTY) else str(indicator.scope)
    each = f"每个{scope}" if scope and indicator.unit not in _SHARES else scope
    per = f"每{indicator.per}" if indicator.per and indicator.year is None else ""
    return f"{each}{per}{_amount(indicator)}"


def _amount(indicator: r.Indicator) -> str:
    is_all = indicator.unit == "%" and indicator.value == 100
    if is_all or indicator.comparator is Comparator.EXACTLY:
        return wording.scaled(indicator.value, indicator.unit)
    return wording.quantity(
        indicator.comparator.value, indicator.value, indicator.unit, indicator.value_high
    )


def denominator(books: Books, indicator: r.Indicator) -> str | None:
    """What a share of hosts is a share of, with its year: 县心理健康中心应设1处（2023年）."""
    hosts = books.find(r.HostList, indicator.host_list)
    if hosts is None:
        return None
    obliged = owed_in_all(books, hosts)
    if obliged is None:
        return f"“{hosts.title}”名录待核定"
    year = f"（{hosts.year}年）" if hosts.year else ""
    return f"{hosts.title}：应有{obliged}{hosts.unit_word}{year}"
