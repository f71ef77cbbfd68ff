"""挂图 · Guatu: a printed plan run as ledgers, a weekly dispatch and a monthly bulletin.

The rooms, from the door to the cellar; a room imports only rooms below it.

__main__   the command line: the same flow without a screen
commands   its commands: the server started, plans and accounts in, exports out
server     the ASGI front: allowed hosts, gate, log-in pages, files, Chinese index page, health
app        the Streamlit script: frame and menu
views      one script per page: choose, judge, draw
widgets    Streamlit pieces that pages share
reports    verdicts to bytes: Word, Excel, PDF, wall chart
charts     verdicts to charts and maps; returns, never draws
practice   the seeded generator of practice data
sheets     workbooks and plan folders in and out
posting    all writes: rights, rules, history, one transaction
access     who may do what: accounts, log-ins, rights, what a viewer may see, the audit chain
drafting   what was read in a plan to draft rows of its ledgers, and back to records, pure
papers     verdicts to the words of documents, with each figure traceable; frozen as JSON
rules      books to verdicts, pure, with the instant passed in
ledgers    the books: records, tables, database, snapshots, migrations
policy     a plan's text to findings with spans, pure
settings   config.toml and environment to one frozen Settings
wording    how dates, numbers, weeks and roles are written
"""

__version__ = "0.1.0"
