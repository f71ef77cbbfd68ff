"""The wording that comes with the product: one TOML file a kind of paper, one table a phrase."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from dashboard.papers.phrases import Shipped


@lru_cache(maxsize=4)
def shipped_phrases(folder: Path) -> Mapping[str, Shipped]:
    """Every shipped phrase by its key, `<file>.<table>`, in order of the files and tables.

    A table has `title` (what the phrase is for), `text`, and `names`: the {names} it may use.
    """
    found = {}
    for path in sorted(folder.glob("*.toml")):
        for name, given in tomllib.loads(path.read_text(encoding="utf-8")).items():
            key = f"{path.stem}.{name}"
            names = tuple(given.get("names", ()))
            found[key] = Shipped(key, given["title"], given["text"], names)
    return MappingProxyType(found)
