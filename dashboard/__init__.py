"""挂图 · Guatu: a printed plan run as ledgers, a weekly dispatch and a monthly bulletin.

The rooms, from the door to the cellar; a room imports only rooms below it.

__main__   the command line: starts the server, and the same flow without a screen
server     the ASGI front: allowed hosts, Chinese index page, health
app        the Streamlit script: frame and menu
views      one script per page: choose, judge, draw
widgets    Streamlit pieces that pages share
reports    verdicts to bytes: Word, Excel, PDF, wall chart
charts     verdicts to charts and maps; returns, never draws
practice   the seeded generator of practice data
sheets     workbooks and plan folders in and out
posting    all writes: rights, rules, history, one transaction
access     who may do what
rules      books to verdicts, pure, with the instant passed in
ledgers    the books: records, tables, database, snapshots, migrations
policy     a plan's text to findings with spans, pure
settings   config.toml and environment to one frozen Settings
wording    how dates, numbers, weeks and roles are written
"""

__version__ = "0.1.0"
