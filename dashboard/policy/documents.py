"""A plan's file to its text: txt as it is, docx and pdf as they read."""

from pathlib import PurePath

from dashboard.policy.source import UnreadableError, decoded

KINDS = (".txt", ".docx", ".pdf")


def text_of(content: bytes, name: str) -> str:
    """The text of a document by its name's ending. Raises UnreadableError, with the cure."""
    kind = PurePath(name).suffix.lower()
    if kind == ".txt":
        return decoded(content)
    told = "、".join(each.lstrip(".") for each in KINDS)
    raise UnreadableError(f"“{name}”不是能读的文件，请上传{told}。")
