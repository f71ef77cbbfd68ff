"""The office's own wording of documents (文书用语), in the place of the shipped phrases."""

from dataclasses import dataclass

from sqlalchemy import Engine

from dashboard.access.rights import Right
from dashboard.access.viewer import Viewer
from dashboard.ledgers import records as r
from dashboard.ledgers.books import Books, load_in
from dashboard.papers.phrases import PhraseError, Shipped, refuse_unknown
from dashboard.papers.shipped import shipped_phrases
from dashboard.posting.entry import entry
from dashboard.posting.faults import Fault, RefusedError
from dashboard.posting.signature import Signature
from dashboard.settings import Settings


@dataclass(frozen=True)
class Rewording:
    """Other words for a phrase; `seen` are those that were before the eyes."""

    key: str
    text: str
    seen: str


def change_phrase(
    engine: Engine, viewer: Viewer, plan: str, wish: Rewording, settings: Settings
) -> None:
    """Give a phrase other words; the shipped ones restore it.

    Raises RefusedError for a phrase or a {name} that there is none of, for empty words, and where
    somebody changed it since.
    """
    key, shipped = wish.key, _shipped(wish.key, settings)
    text = _checked(shipped, wish.text)
    with entry(engine, plan, Signature(viewer, Right.EDIT_PHRASES, "修改文书用语")) as opened:
        books = load_in(opened.connection, plan, opened.known_at)
        held = _own(books, key)
        if (held.text if held else shipped.text) != wish.seen:
            raise _refused(key, "这条用语已由他人改过，没有保存，请看过最新的文字再改")
        if held is None and text != shipped.text:
            opened.add(r.Phrase(code=opened.next_code("phrase", "W"), key=key, text=text))
        elif held is not None and text == shipped.text:
            opened.end(held)
        elif held is not None:
            opened.change(held, text=text)


def restore_phrase(engine: Engine, viewer: Viewer, plan: str, key: str, settings: Settings) -> None:
    """Bring the shipped words of a phrase back. Raises RefusedError where they are in force."""
    _shipped(key, settings)
    with entry(engine, plan, Signature(viewer, Right.EDIT_PHRASES, "恢复文书用语")) as opened:
        held = _own(load_in(opened.connection, plan, opened.known_at), key)
        if held is None:
            raise _refused(key, "这条用语已是原有文字")
        opened.end(held)


def _own(books: Books, key: str) -> r.Phrase | None:
    return next(iter(books.by(r.Phrase, "key")[key]), None)


def _shipped(key: str, settings: Settings) -> Shipped:
    found = shipped_phrases(settings.phrases_folder).get(key)
    if found is None:
        raise _refused(key, "没有这条用语，请从列出的用语中选择")
    return found


def _checked(shipped: Shipped, text: str) -> str:
    text = text.strip()
    if not text:
        raise _refused(shipped.key, "文字不能为空")
    if "\n" in text:
        raise _refused(shipped.key, "一条用语内不能换行，请写成一段")
    try:
        refuse_unknown(text, shipped.names)
    except PhraseError as error:
        raise _refused(shipped.key, str(error)) from error
    return text


def _refused(key: str, message: str) -> RefusedError:
    return RefusedError(Fault("phrase", key, None, message, is_whole=True))
