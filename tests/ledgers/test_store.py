"""The store of files: whole or not at all, once for each content, and honest about what is lost."""

import os
import stat
from pathlib import Path

import pytest

from dashboard.ledgers.store import FileState, LostFileError, Store

CONTENT = b"%PDF-1.7 ... %%EOF"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "files")


def files_in(store: Store) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()]


def test_what_was_put_in_comes_out_again(store: Store) -> None:
    assert store.read(store.put(CONTENT)) == CONTENT


def test_the_same_content_lies_there_once(store: Store) -> None:
    assert store.put(CONTENT) == store.put(CONTENT)
    assert len(files_in(store)) == 1


def test_a_file_lies_under_its_hash_and_nothing_else_is_left(store: Store) -> None:
    sha256 = store.put(CONTENT)
    assert [path.name for path in files_in(store)] == [sha256]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_only_the_owner_reads_it_and_nobody_runs_it(store: Store) -> None:
    store.put(CONTENT)
    (kept,) = files_in(store)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_file_that_is_gone_is_missing(store: Store) -> None:
    sha256 = store.put(CONTENT)
    files_in(store)[0].unlink()
    assert store.state(sha256) is FileState.MISSING
    with pytest.raises(LostFileError, match="缺失"):
        store.read(sha256)


def test_a_changed_file_is_not_handed_out(store: Store) -> None:
    sha256 = store.put(CONTENT)
    files_in(store)[0].write_bytes(CONTENT + b" ")
    assert store.state(sha256) is FileState.CHANGED
    with pytest.raises(LostFileError, match="内容已变"):
        store.read(sha256)


def test_the_same_content_put_in_again_mends_a_changed_file(store: Store) -> None:
    sha256 = store.put(CONTENT)
    files_in(store)[0].write_bytes(b"")
    store.put(CONTENT)
    assert store.state(sha256) is FileState.WHOLE


def test_a_hash_that_is_a_path_leads_nowhere(store: Store, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    for name in ("../secret", str(tmp_path / "secret"), "ab/../../secret", ""):
        assert store.state(name) is FileState.MISSING


def test_a_disk_that_fails_half_way_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dashboard.ledgers.store.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(CONTENT)
    assert files_in(store) == []
