"""What the office settles about one place of a month's draft: its words, and whether it stands."""

from dataclasses import dataclass

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.archive import issues_in
from dashboard.papers.bulletin import outline_of
from dashboard.papers.outline import Correction
from dashboard.papers.phrases import PhraseError, filled, refuse_unknown
from dashboard.papers.places import Asks, Place
from dashboard.posting.entry import Entry, entry
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.month_reading import MonthRead, read_month_in
from dashboard.posting.signature import Signature
from dashboard.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What shall become of a place. `text` None is the wording of the phrases.

    `seen` is what was settled about the place when it was looked at, None where nothing was.
    """

    place: str
    text: str | None = None
    is_left_out: bool = False
    seen: r.Passage | None = None


class SettledMeanwhileError(RefusedError):
    """Somebody settled the place otherwise since it was looked at; `now` is what they wrote."""

    def __init__(self, place: str, now: r.Passage | None) -> None:
        told = "这一段已由他人改过，没有保存，请看过最新的文字再改"
        super().__init__(Fault("passage", place, None, told, is_whole=True))
        self.now = now


def save_passage(
    engine: Engine, viewer: Viewer, plan: str, month: str, wish: Wish, settings: Settings
) -> None:
    """Settle one place of a month's draft; how it reads now is kept with it.

    Raises RefusedError for an unknown place, a {name} that it does not have, or empty wording;
    SettledMeanwhileError where somebody was first.
    """
    with entry(engine, plan, Signature(viewer, Right.PUBLISH, "修改通报文稿")) as opened:
        read = read_month_in(opened.connection, plan, month, settings, opened.known_at)
        place = _place(opened, read, wish.place, settings)
        if _settled(place.own) != _settled(wish.seen):
            raise SettledMeanwhileError(wish.place, place.own)
        text = _wording(place, wish.text)
        row = _row(opened, month, place, text, wish)
        if place.own is None:
            opened.add(row)
        else:
            opened.change(place.own, text=text, seen=row.seen, is_left_out=row.is_left_out)


def _place(opened: Entry, read: MonthRead, name: str, settings: Settings) -> Place:
    plan, code = read.present.plan.code, read.month.month.code
    held = issues_in(opened.connection, plan, opened.known_at)
    # The draft of a correction has one place more: what is said of the issue that it corrects.
    old = next((each for each in reversed(held) if each.month == code), None)
    correction = Correction(old, "更正原因") if old else None
    found = outline_of(read.month, read.present, settings, correction=correction).find(name)
    if found is None:
        found = outline_of(read.month, read.present, settings).find(name)
    if found is None:
        raise _refused(name, "数字已有变动，这一段已不在文稿中，请刷新后再看")
    return found


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


def _row(opened: Entry, month: str, place: Place, text: str | None, wish: Wish) -> r.Passage:
    words = filled(text or place.template, place.facts)
    is_settled = text is not None or place.asks is not Asks.NOTHING or wish.is_left_out
    return r.Passage(
        code=place.own.code if place.own else opened.next_code("passage", "T"),
        month=month,
        place=place.place,
        text=text,
        seen="".join(run.text for run in words) if is_settled else None,
        is_left_out=wish.is_left_out,
    )


def _refused(place: str, message: str) -> RefusedError:
    return RefusedError(Fault("passage", place, None, message, is_whole=True))
