"""The bytes of a text file to text."""

_TRIED = ("utf-8-sig", "gb18030", "utf-16")


class UnreadableError(Exception):
    """The file cannot be read; the message says why and what to do, in Chinese."""


def decoded(content: bytes) -> str:
    """The text of a txt file, exactly as it is in it but for the mark of its coding.

    UTF-8 with or without mark, UTF-16 with mark, GB18030. Raises UnreadableError.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    for coding in _TRIED[:2]:
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableError("不是文本文件，或编码无法识别。请另存为UTF-8编码的txt，或上传docx、pdf。")
