"""How a command begins: the settings, the books and the time, or an end with the reason."""

import sys
from datetime import datetime
from typing import NoReturn

import click
from sqlalchemy import Engine

from dashboard.ledgers import database
from dashboard.ledgers.books import UnknownPlanError, load_plan, plan_codes
from dashboard.ledgers.records import Plan
from dashboard.rules.calendar import Clock
from dashboard.settings import Settings, SettingsError
from dashboard.settings import load as load_settings


def settings_or_exit() -> Settings:
    """The settings in force; wrong ones end the program with exit code 2 and the reasons."""
    try:
        return load_settings()
    except SettingsError as error:
        wrong_use(error)


def wrong_use(reason: Exception) -> NoReturn:
    """Say why in Chinese on standard error and end with exit code 2."""
    click.echo(str(reason), err=True)
    sys.exit(2)


def open_books() -> tuple[Engine, Settings]:
    """The engine and the settings in force."""
    settings = settings_or_exit()
    try:
        return database.open_books(settings.database.url), settings
    except database.DatabaseError as error:
        wrong_use(error)


def known_plan(engine: Engine, code: str) -> Plan:
    """The plan of this code, or an end that names those there are."""
    try:
        return load_plan(engine, code)
    except UnknownPlanError as error:
        known = "、".join(plan_codes(engine)) or "（空）"
        wrong_use(click.UsageError(f"{error}已有的方案：{known}"))


def now() -> datetime:
    """The moment of the command."""
    return Clock().now()
