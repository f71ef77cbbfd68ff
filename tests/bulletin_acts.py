"""What is settled about bulletins and their wording, for tests of rights."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

from sqlalchemy import Engine

from dashboard import settings
from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.papers.bulletin import Head, usual_head
from dashboard.papers.places import Place
from dashboard.posting import bulletins, passages, phrases
from dashboard.rules.calendar import end_of
from tests.books import ISSUED

JULY_CUT = end_of(date(2023, 7, 31))
MONTHS = ("2023-06", "2023-07")
ROWS: tuple[r.Record, ...] = (
    *(
        r.Passage(code=f"T-{month}-{unit}", month=month, place=f"silent_unit:{unit}")
        for month, unit in product(MONTHS, "uv")
    ),
    r.Bulletin(
        code="B-july",
        month="2023-07",
        year=2023,
        number=1,
        title="通报",
        issuer="县政府办公室",
        issued_on=date(2023, 8, 3),
        issued_by="专班办公室",
        figures_to=JULY_CUT,
        known_to=JULY_CUT + timedelta(days=2),
        content="{}",
        sha256="0",
    ),
    r.Phrase(code="W-own", key="bulletin.heading_overall", text="总体情况"),
)
"""Namings of two months confirmed, an issue of July, and a phrase of the office's own."""

OPENING = Place("opening", "开头。", {})
"""A place as it is before the eyes."""

Act = Callable[[Engine, Viewer], object]


def _head() -> Head:
    return usual_head(settings.current(), ISSUED + timedelta(days=60))


ACTS: dict[str, tuple[str, Right, set[str], Act]] = {
    "修改通报文稿": (
        "save_passage",
        Right.PUBLISH,
        set(),
        lambda e, v: passages.save_passage(
            e, v, "p", "2023-06", passages.Wish(place=OPENING, text="通报。"), settings.current()
        ),
    ),
    "印发月通报": (
        "issue_bulletin",
        Right.PUBLISH,
        set(),
        lambda e, v: bulletins.issue_bulletin(e, v, "p", "2023-06", _head(), settings.current()),
    ),
    "印发更正通报": (
        "correct_bulletin",
        Right.PUBLISH,
        set(),
        lambda e, v: bulletins.correct_bulletin(
            e, v, "p", bulletins.Amends("B-july", "数字有误"), _head(), settings.current()
        ),
    ),
    "修改文书用语": (
        "change_phrase",
        Right.EDIT_PHRASES,
        set(),
        lambda e, v: phrases.change_phrase(
            e,
            v,
            "p",
            phrases.Rewording("bulletin.heading_trouble", "主要问题", "存在问题"),
            settings.current(),
        ),
    ),
    "恢复文书用语": (
        "restore_phrase",
        Right.EDIT_PHRASES,
        set(),
        lambda e, v: phrases.restore_phrase(
            e, v, "p", "bulletin.heading_overall", settings.current()
        ),
    ),
}
"""Each act as `test_rights` lists them."""
