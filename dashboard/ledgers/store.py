"""Where files are kept: outside of what the server shows, each under the hash of its content."""

from dataclasses import dataclass

from dashboard.ledgers.terms import EvidenceKind


@dataclass(frozen=True)
class StoredFile:
    """A file that lies in the store: the name it came with, its kind, bytes and SHA-256."""

    name: str
    kind: EvidenceKind
    size: int
    sha256: str
