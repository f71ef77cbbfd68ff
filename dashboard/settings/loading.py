"""Finding config.toml, laying the environment over it, and saying loudly what is wrong.

The file in force is laid over the shipped one, which holds all defaults; the environment
(GUATU_SECTION_KEY) over both.
"""

import difflib
import functools
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import BaseModel, ValidationError
from sqlalchemy.engine import make_url

from dashboard.settings.options import Database, Settings

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent
SHIPPED = PACKAGE / "_shipped"
NOT_SETTINGS = ("GUATU_CONFIG", "GUATU_PLANS")
"""The file in force, and where tests find the printed plans."""
FOUND = ("source", "home", "plans_folder")


class SettingsError(Exception):
    """The configuration cannot be used; the text is Chinese and meant for the office."""


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the file in force and the environment; SettingsError says all that is wrong."""
    base = default_file()
    source = _file_in_force(environ)
    tables = _read(base)
    problems = _lay_over(tables, _read(source)) if source != base else _unknown(tables)
    problems += _lay_over_environment(tables, environ)
    if problems:
        raise SettingsError(_report(problems, source))
    # A file in the user's configuration folder must not move the books out of the data folder.
    home = _user_data() if source in (SHIPPED / "config.toml", _own_file()) else source.parent
    found = {"source": source, "home": home, "plans_folder": _plans_folder()}
    try:
        settings = Settings.model_validate(tables | found)
    except ValidationError as error:
        raise SettingsError(_report(_explain(error), source)) from None
    address = Database(url=_resolved(settings.database.url, home))
    files = settings.files.model_copy(update={"store": _folder(settings.files.store, home)})
    return settings.model_copy(update={"database": address, "files": files})


@functools.cache
def current() -> Settings:
    """The settings of this process, read once; changes take effect at the next start."""
    return load()


def default_file() -> Path:
    """The config.toml that holds the defaults: the checkout's, else the wheel's."""
    return CHECKOUT / "config.toml" if _is_checkout() else SHIPPED / "config.toml"


def variable(dotted: str) -> str:
    """Name of the environment variable that overrides a setting."""
    return "GUATU_" + dotted.upper().replace(".", "_")


def known_settings(model: type[BaseModel] = Settings, prefix: str = "") -> Iterator[str]:
    """Dotted names of all settings, in the order of the file."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from known_settings(kind, f"{prefix}{name}.")
        elif prefix or name not in FOUND:
            yield f"{prefix}{name}"


def _is_checkout() -> bool:
    # A config.toml beside site-packages would belong to somebody else.
    return (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / "config.toml").is_file()


def _user_data() -> Path:
    return Path(platformdirs.user_data_dir("guatu", appauthor=False))


def _file_in_force(environ: Mapping[str, str]) -> Path:
    if named := environ.get("GUATU_CONFIG"):
        return Path(named).expanduser().resolve()
    own = _own_file()
    return own if not _is_checkout() and own.is_file() else default_file()


def _own_file() -> Path:
    return Path(platformdirs.user_config_dir("guatu", appauthor=False)) / "config.toml"


def _plans_folder() -> Path:
    return (CHECKOUT if _is_checkout() else SHIPPED) / "data" / "plans"


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except OSError:
        raise SettingsError(f"读不到配置文件：{path}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"配置文件不是 UTF-8 编码，请用 UTF-8 另存：{path}") from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        where = f"第{place[1]}行" if place else "末尾"
        raise SettingsError(
            f"配置文件{where}写法有误：{path}\n每行应为“项名 = 值”，文字加英文双引号"
        ) from None


def _leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _unknown(table: Mapping[str, Any]) -> list[str]:
    known = list(known_settings())
    return [_no_such(name, known) for name, _ in _leaves(table) if name not in known]


def _no_such(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f"{name}：没有这个设置项" + (f"，是否应为 {near[0]}" if near else "")


def _put(tables: dict[str, Any], dotted: str, value: object) -> None:
    *path, last = dotted.split(".")
    for key in path:
        tables = tables.setdefault(key, {})
    tables[last] = value


def _lay_over(tables: dict[str, Any], own: Mapping[str, Any]) -> list[str]:
    problems = _unknown(own)
    for name, value in _leaves(own) if not problems else ():
        _put(tables, name, value)
    return problems


def _lay_over_environment(tables: dict[str, Any], environ: Mapping[str, str]) -> list[str]:
    names = {variable(dotted): dotted for dotted in known_settings()}
    defaults = dict(_leaves(tables))
    problems = []
    for name in sorted(name for name in environ if name.startswith("GUATU_")):
        if dotted := names.get(name):
            _put(tables, dotted, _typed(environ[name], defaults.get(dotted)))
        elif name not in NOT_SETTINGS:
            problems.append(_no_such(name, [*names, *NOT_SETTINGS]))
    return problems


def _typed(text: str, like: object) -> object:
    """An environment's text as the kind of value the file holds; text where it cannot be."""
    if isinstance(like, bool):
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)
    if isinstance(like, list):
        return [part.strip() for part in text.split(",") if part.strip()]
    if isinstance(like, int | float) and re.fullmatch(r"-?\d+", text):
        return int(text)
    if isinstance(like, int | float) and re.fullmatch(r"-?\d*\.\d+", text):
        return float(text)
    return text


def _explain(error: ValidationError) -> list[str]:
    """One line for each wrong setting: its dotted name, its value and what is allowed."""
    lines: dict[str, str] = {}
    for fault in error.errors():
        dotted, allowed = _described(fault["loc"])
        if not allowed:
            reason = fault.get("ctx", {}).get("error", "应为一节，不是一个值")
            lines.setdefault(dotted, f"{dotted}：{reason}")
        elif fault["type"] == "missing":
            lines.setdefault(dotted, f"{dotted}：缺少这一项，允许的值为 {allowed}")
        else:
            lines.setdefault(dotted, f"{dotted} = {_shown(fault['input'])}：允许的值为 {allowed}")
    return list(lines.values())


def _described(loc: tuple[int | str, ...]) -> tuple[str, str | None]:
    """Dotted name and allowed values of the setting at an error's place; None for a section."""
    model: type[BaseModel] = Settings
    path: list[str] = []
    for key in loc:
        field = model.model_fields[str(key)]
        path.append(str(key))
        kind = field.annotation
        if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
            return ".".join(path), field.description
        model = kind
    return ".".join(path), None


def _shown(value: object) -> str:
    if isinstance(value, str):
        return '"' + re.sub(r"://([^:/@]*):[^@]*@", r"://\1:***@", value) + '"'
    return str(value).lower() if isinstance(value, bool) else str(value)


def _report(problems: list[str], source: Path) -> str:
    return "\n  ".join([f"配置有误（{source}）：", *problems])


def _resolved(url: str, home: Path) -> str:
    """An SQLite address with its file made absolute; other addresses as they are."""
    parsed = make_url(url)
    file = parsed.database
    if parsed.get_backend_name() != "sqlite" or not file or file.startswith((":", "file:")):
        return url
    return parsed.set(database=(home / file).as_posix()).render_as_string(hide_password=False)


def _folder(path: Path, home: Path) -> Path:
    """A folder made absolute."""
    return (home / path.expanduser()).resolve()
