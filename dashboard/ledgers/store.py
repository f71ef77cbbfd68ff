"""Where files are kept: outside of what the server shows, each under the hash of its content."""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from dashboard.ledgers.terms import EvidenceKind

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class StoredFile:
    """A file that lies in the store: the name it came with, its kind, bytes and SHA-256."""

    name: str
    kind: EvidenceKind
    size: int
    sha256: str


class FileState(Enum):
    """How a file lies in the store."""

    WHOLE = "完好"
    MISSING = "缺失"
    CHANGED = "内容已变"


class LostFileError(Exception):
    """A file is not in the store as it was put there; `state` says how it is."""

    def __init__(self, state: FileState) -> None:
        super().__init__(state.value)
        self.state = state


@dataclass(frozen=True)
class Store:
    """The folder in which files lie. The same content lies there once."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Keep a content and return its SHA-256; it lies there whole, or not at all.

        What was lost or changed since is put right by the same content. Raises OSError.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        if self.state(sha256) is not FileState.WHOLE:
            _write(self._path(sha256), content)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The content with this hash. Raises LostFileError where it is gone or changed."""
        try:
            content = self._path(sha256).read_bytes()
        except OSError:
            raise LostFileError(FileState.MISSING) from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise LostFileError(FileState.CHANGED)
        return content

    def state(self, sha256: str) -> FileState:
        """Whether the content lies there whole."""
        try:
            self.read(sha256)
        except LostFileError as lost:
            return lost.state
        return FileState.WHOLE

    def _path(self, sha256: str) -> Path:
        if not _HASH.fullmatch(sha256):
            raise LostFileError(FileState.MISSING)
        return self.folder / sha256[:2] / sha256


def _write(path: Path, content: bytes) -> None:
    """Write beside its place and move it there, so that a power cut leaves no half file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, beside = tempfile.mkstemp(dir=path.parent, prefix="part-")  # its owner's alone
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    _keep_name(path.parent)


def _keep_name(folder: Path) -> None:
    """Have the disk keep a folder's names too; Windows knows no such call."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
