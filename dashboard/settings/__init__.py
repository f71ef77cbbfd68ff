"""config.toml and the environment, read once into one frozen Settings; fails loudly."""

from dashboard.settings.loading import SettingsError, current, known_settings, load, variable
from dashboard.settings.options import Lights, Settings

__all__ = [
    "Lights",
    "Settings",
    "SettingsError",
    "current",
    "known_settings",
    "load",
    "variable",
]
