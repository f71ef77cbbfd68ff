"""A plan's file to its text: txt as it is, docx and pdf as they read."""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from dashboard.policy.pdf_file import pdf_text
from dashboard.policy.source import UnreadableError, decoded
from dashboard.policy.word_file import word_text

_READERS: Mapping[str, Callable[[bytes], str]] = {
    ".txt": decoded,
    ".docx": word_text,
    ".pdf": pdf_text,
}
KINDS = tuple(_READERS)
"""The endings of files that are read."""


def text_of(content: bytes, name: str) -> str:
    """The text of a document by its name's ending. Raises UnreadableError, with the cure."""
    reader = _READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        told = "、".join(each.lstrip(".") for each in KINDS)
        more = "doc文件请用Word或WPS另存为docx。" if name.lower().endswith((".doc", ".wps")) else ""
        raise UnreadableError(f"“{name}”不是能读的文件，请上传{told}。{more}")
    text = reader(content)
    if not text.strip():
        raise UnreadableError(f"“{name}”里没有文字，请上传方案全文。")
    return text
