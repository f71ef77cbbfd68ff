"""Rows of other ledgers by the names that people write: each found once, or told with its cure."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from dashboard import wording
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books
from dashboard.ledgers.shape import LEDGERS, Field
from dashboard.ledgers.terms import Term
from dashboard.sheets.filing_cells import CellError
from dashboard.sheets.filing_layout import NO, YES
from dashboard.sheets.station_layout import WITHHELD, is_masked

_MOST_NAMED = 3
_LISTS = {"unit": "单位名单", "host_list": "应设名录", "listed_host": "应设单位名单"}


class Names:
    """The names of units, host lists and obliged bodies, and the rows they mean."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self._codes: dict[str, dict[str, list[str]]] = {}

    def word(self, ledger: str, code: str) -> str:
        """How a sheet names a row: by its name, with its code where another is called the same."""
        row = self.books.find(LEDGERS[ledger], code)
        if row is None:
            return code
        name = _name(row)
        return name if len(self._held(ledger)[name]) == 1 else f"{name}（{code}）"

    def listed(self, ledger: str) -> list[str]:
        """Every name to choose from, in the order of display."""
        return [self.word(ledger, row.code) for row in _offered(self.books, ledger)]

    def means(self, ledger: str, text: str, code: str) -> bool:
        """Whether a name may mean this row."""
        return code in self._held(ledger).get(_bare(text), [])

    def code(
        self, ledger: str, text: str, among: Callable[[], Collection[str]] | None = None
    ) -> str:
        """The row that a name means; of several, one among those codes. Raises CellError."""
        found = self._held(ledger).get(_bare(text), [])
        if among is not None and len(found) > 1:
            mine = among()
            found = [code for code in found if code in mine]
        if len(found) == 1:
            return found[0]
        if found:
            said = [self._told(ledger, code) for code in found]
            raise CellError(
                f"“{text[:20]}”不止一个：{wording.join_names(said, _MOST_NAMED, '个')}，"
                "请连同括号和编号一起写"
            )
        near = get_close_matches(_bare(text), self._held(ledger), n=2, cutoff=0.6)
        cure = f"是否为“{'”或“'.join(near)}”？" if near else ""
        raise CellError(f"“{text[:20]}”不在{_LISTS[ledger]}中，{cure}请核对名称")

    def _told(self, ledger: str, code: str) -> str:
        row = self.books.get(LEDGERS[ledger], code)
        town = self.books.find(r.Unit, getattr(row, "town", None))
        return f"{_name(row)}（{code}）" + (town.name if town else "")

    def _held(self, ledger: str) -> dict[str, list[str]]:
        found = self._codes.get(ledger)
        if found is None:
            found = defaultdict(list)
            rows: Iterable[Any] = self.books.all(LEDGERS[ledger])
            for row in rows:
                for name in dict.fromkeys(_all_names(row)):
                    found[name].append(row.code)
            self._codes[ledger] = found
        return found


def _name(row: Any) -> str:
    return _bare(row.title if isinstance(row, r.HostList) else row.name)


def _all_names(row: Any) -> list[str]:
    name = _name(row)
    aliases = (row.aliases or "").split("、") if isinstance(row, r.Unit) else ()
    return [name, *(_bare(each) for each in aliases if each), row.code, f"{name}（{row.code}）"]


def _bare(text: str) -> str:
    return "".join(text.split()).replace("(", "（").replace(")", "）")


def _offered(books: Books, ledger: str) -> Sequence[Any]:
    if ledger == "unit":
        rows = (each for each in books.all(r.Unit) if not each.is_collective)
        return sorted(rows, key=lambda each: each.seq)
    return books.all(LEDGERS[ledger])


# A field as its cell shows it


def shown(names: Names, field: Field, row: r.Record) -> Any:
    """What a cell says of a field: names instead of codes, 少于5 and 不外发 where it must."""
    value = getattr(row, field.name)
    if is_masked(row, field.name):
        return WITHHELD
    if value is None:
        return None
    if field.ref:
        return names.word(field.ref, value)
    if field.name == "served":
        return _served(value)
    if isinstance(value, bool):
        return YES if value else (NO if field.optional else None)
    return value.label if isinstance(value, Term) else value


def _served(value: int) -> int | str:
    said = wording.at_least_five(value)
    return value if said == str(value) else said


def is_mask(value: Any) -> bool:
    """Whether a cell holds a word that stands for what was not given away."""
    return value in (WITHHELD, wording.at_least_five(1))


def provisional(row: int) -> str:
    """Stands for the code of a new row until posting gives one."""
    return f"本表第{row}行"
