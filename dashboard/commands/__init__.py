"""The commands of `guatu`, each a few lines over the rooms that do the work."""

from dashboard.commands.chinese import speak_chinese

# Before any command is defined: click asks for some words while it makes them.
speak_chinese()
