"""What the office settles about one place of a month's draft: its words, and whether it stands."""

from dataclasses import dataclass

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import load_in
from dashboard.papers.phrases import PhraseError, filled, refuse_unknown
from dashboard.papers.places import Asks, Place
from dashboard.posting.entry import entry
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.month_reading import month_named
from dashboard.posting.signature import Signature
from dashboard.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What shall become of a place, as it was before the eyes. `text` None is the phrases' own."""

    place: Place
    text: str | None = None
    is_left_out: bool = False


class SettledMeanwhileError(RefusedError):
    """Somebody settled the place otherwise since it was looked at; `now` is what they wrote."""

    def __init__(self, place: str, now: r.Passage | None) -> None:
        told = "这一段已由他人改过，没有保存，请看过最新的文字再改"
        super().__init__(Fault("passage", place, None, told, is_whole=True))
        self.now = now


def save_passage(
    engine: Engine, viewer: Viewer, plan: str, month: str, wish: Wish, settings: Settings
) -> None:
    """Settle one place of a month's draft; how it read when it was settled is kept with it.

    Raises RefusedError for an unknown month, a {name} that the place does not have, or empty
    wording; SettledMeanwhileError where somebody was first.
    """
    place = wish.place
    with entry(engine, plan, Signature(viewer, Right.PUBLISH, "修改通报文稿")) as opened:
        books = load_in(opened.connection, plan, opened.known_at)
        month_named(books, month, settings)
        given = books.by(r.Passage, "month")[month]
        held = next((each for each in given if each.place == place.place), None)
        if _settled(held) != _settled(place.own):
            raise SettledMeanwhileError(place.place, held)
        text = _wording(place, wish.text)
        code = held.code if held else opened.next_code("passage", "T")
        row = _row(code, month, wish, text)
        if held is None:
            opened.add(row)
        else:
            opened.change(held, text=text, seen=row.seen, is_left_out=row.is_left_out)


def _settled(row: r.Passage | None) -> tuple[str | None, bool] | None:
    return (row.text, row.is_left_out) if row else None


def _wording(place: Place, text: str | None) -> str | None:
    """The office's own wording, None where it is that of the phrases. Raises RefusedError."""
    if text is None:
        return None
    text = text.strip()
    if not text:
        raise _refused(place.place, "文字不能为空；不需要这一段的，请选“不写入”")
    if "\n" in text:
        raise _refused(place.place, "一段文字内不能换行，请写成一段")
    try:
        refuse_unknown(text, place.facts)
    except PhraseError as error:
        raise _refused(place.place, str(error)) from error
    return None if text == place.template else text


def _row(code: str, month: str, wish: Wish, text: str | None) -> r.Passage:
    place = wish.place
    words = filled(text or place.template, place.facts)
    is_settled = text is not None or place.asks is not Asks.NOTHING or wish.is_left_out
    return r.Passage(
        code=code,
        month=month,
        place=place.place,
        text=text,
        seen="".join(run.text for run in words) if is_settled else None,
        is_left_out=wish.is_left_out,
    )


def _refused(place: str, message: str) -> RefusedError:
    return RefusedError(Fault("passage", place, None, message, is_whole=True))
