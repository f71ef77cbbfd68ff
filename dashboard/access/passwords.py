"""Passwords: hashed with argon2id, checked in constant work, refused where they are weak.

The rule of composition (8 characters, three of four classes) is that of 等保2.0 身份鉴别; what is
common is judged by zxcvbn, whose lists of leaked passwords, names and words come with it.
"""

import secrets
import unicodedata
from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase, ascii_uppercase, digits
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn  # type: ignore[import-untyped]

SHORTEST = 8
LONGEST = 64
CLASSES = 3

HASHER = PasswordHasher()
"""The library's cost, which follows RFC 9106. Tests put a cheap one in its place."""

_AT_ONCE = BoundedSemaphore(4)
"""Each hash takes 64 MiB for a tenth of a second: a rush must not exhaust the computer."""

_GUESSES = 5 * 10**7
"""zxcvbn counts 10⁸ guesses for 8 arbitrary characters; what is common takes fewer."""

_LOCAL_WORDS = ("guatu", "admin", "woaini", "nihao", "zhongguo", "huawei", "zhuanban", "xinli")
"""Words that its English lists lack and that an office would try first."""

_READABLE = "".join(
    sorted(set(ascii_lowercase + ascii_uppercase + digits) - set("0O1lIo"))
)  # what is read from paper and typed


def hashed(password: str) -> str:
    """What the database holds of a password."""
    with _AT_ONCE:
        return HASHER.hash(_plain(password))


def fits(password: str, hash_: str | None) -> bool:
    """Whether the password has this hash; without one, the same work is done and nothing fits."""
    with _AT_ONCE:
        try:
            HASHER.verify(hash_ or _hash_of_nobody(HASHER), _plain(password))
        except (VerificationError, InvalidHashError):
            return False
    return hash_ is not None


@cache
def _hash_of_nobody(hasher: PasswordHasher) -> str:
    return hasher.hash(secrets.token_urlsafe())


def _plain(password: str) -> str:
    """Full-width letters, which an input method may leave behind, are the same letters."""
    return unicodedata.normalize("NFKC", password)


def weaknesses(password: str, name: str) -> tuple[str, ...]:
    """What is wrong with a new password for the account of this name, in Chinese."""
    return tuple(_weaknesses(_plain(password), _plain(name)))


def _weaknesses(password: str, name: str) -> Iterator[str]:
    if len(password) < SHORTEST:
        yield f"口令至少{SHORTEST}位"
    if len(password) > LONGEST:
        yield f"口令不超过{LONGEST}位"
        return
    if _classes(password) < CLASSES:
        yield "口令应包含大写字母、小写字母、数字、符号中的至少三类"
    if len(name) > 2 and name.lower() in password.lower():
        yield "口令不能包含账号名"
    if zxcvbn(password, user_inputs=[name, *_LOCAL_WORDS])["guesses"] < _GUESSES:
        yield "口令过于常见，容易被猜到，请换一个"


def _classes(password: str) -> int:
    kinds = {
        "upper" if each.isupper() else
        "lower" if each.islower() else
        "digit" if each.isdigit() else
        "other"
        for each in password
    }  # fmt: skip
    return len(kinds)


def start_password() -> str:
    """A random password without letters that look alike, in groups, fit for the rules."""
    while True:
        drawn = "".join(secrets.choice(_READABLE) for _ in range(12))
        made = "-".join((drawn[:4], drawn[4:8], drawn[8:]))
        if _classes(made) == 4 and not weaknesses(made, ""):
            return made
