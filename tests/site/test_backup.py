"""A backup is whole or refused, and what was erased stays erased."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sqlite3
import stat
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.site.archive import MANIFEST, REGISTER, put_in_place, read_archive, write_archive


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the home of a town with one row, one file and one erasure."""
    home = tmp_path / "home"
    (home / "files" / "ab").mkdir(parents=True)
    (home / "files" / "ab" / "photo").write_bytes(b"a manhole" * 1000)
    (home / REGISTER).write_text('{"case": "1", "seq": 2}\n', encoding="utf-8")
    with closing(sqlite3.connect(home / "jinli.sqlite3")) as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE promise (due TEXT)")
        live.execute("INSERT INTO promise VALUES ('2026-09-29')")
        live.commit()
    return home


def _database(home: Path) -> dict[str, Any]:
    return {"NAME": home / "jinli.sqlite3"}


def _written(home: Path, file: Path) -> Path:
    write_archive(file, home=home, database=_database(home), engine="sqlite", at="2026-11-23T08:00:00+00:00")
    return file


def _restored(file: Path, home: Path) -> None:
    unpacked = home.parent / "unpacked"
    unpacked.mkdir()
    read_archive(file, into=unpacked)
    put_in_place(unpacked, home=home, database=_database(home), engine="sqlite", aside=home / "aside")


def _rows(home: Path) -> list[Any]:
    with closing(sqlite3.connect(home / "jinli.sqlite3")) as one:
        return one.execute("SELECT due FROM promise").fetchall()


def test_a_backup_brings_back_rows_and_files_as_they_were(home: Path, tmp_path: Path) -> None:
    file = _written(home, tmp_path / "one.tar.gz")
    with closing(sqlite3.connect(home / "jinli.sqlite3")) as live:
        live.execute("DELETE FROM promise")
        live.commit()
    (home / "files" / "ab" / "photo").unlink()
    _restored(file, home)
    assert _rows(home) == [("2026-09-29",)]
    assert (home / "files" / "ab" / "photo").read_bytes() == b"a manhole" * 1000


def test_a_backup_taken_during_a_write_holds_only_what_was_committed(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / "jinli.sqlite3")) as live:
        live.execute("INSERT INTO promise VALUES ('never committed')")
        file = _written(home, tmp_path / "one.tar.gz")
    _restored(file, home)
    assert _rows(home) == [("2026-09-29",)]


def test_what_stood_there_before_a_restore_is_kept_aside(home: Path, tmp_path: Path) -> None:
    file = _written(home, tmp_path / "one.tar.gz")
    _restored(file, home)
    assert (home / "aside" / "jinli.sqlite3").exists()
    assert (home / "aside" / "files" / "ab" / "photo").exists()


def test_only_the_owner_reads_a_backup(home: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(_written(home, tmp_path / "one.tar.gz").stat().st_mode) == 0o600


def test_the_key_that_signs_sessions_is_not_in_a_backup(home: Path, tmp_path: Path) -> None:
    (home / "secret_key").write_text("secret", encoding="utf-8")
    with tarfile.open(_written(home, tmp_path / "one.tar.gz")) as tar:
        assert set(tar.getnames()) == {"database.sqlite3", "files/ab/photo", MANIFEST, REGISTER}


def test_a_backup_never_overwrites_another(home: Path, tmp_path: Path) -> None:
    file = _written(home, tmp_path / "one.tar.gz")
    with pytest.raises(RefusedError, match=r"site\.backup\.exists"):
        _written(home, file)


def test_erasures_made_after_the_backup_are_still_known_after_the_restore(home: Path, tmp_path: Path) -> None:
    file = _written(home, tmp_path / "one.tar.gz")
    (home / REGISTER).write_text('{"case": "9", "seq": 1}\n', encoding="utf-8")
    _restored(file, home)
    assert (home / REGISTER).read_text(encoding="utf-8").splitlines() == [
        '{"case": "9", "seq": 1}',
        '{"case": "1", "seq": 2}',
    ]


def _rewritten(file: Path, change: Any) -> None:
    """Write the archive again with `change(name, content)` applied; a member whose content becomes None is left out."""
    with tarfile.open(file) as tar:
        members = [(one, tar.extractfile(one)) for one in tar]
        kept = [(one, change(one.name, content.read() if content else b"")) for one, content in members]
    with tarfile.open(file, "w:gz") as tar:
        for one, content in kept:
            if content is not None:
                one.size = len(content)
                tar.addfile(one, io.BytesIO(content))


def _flip(name: str, content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1]) if name == "database.sqlite3" else content


def _drop(name: str, content: bytes) -> bytes | None:
    return None if name == "files/ab/photo" else content


def _rename(name: str, content: bytes) -> bytes:
    return content.replace(b"jinli-backup", b"other-backup") if name == MANIFEST else content


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_flip, id="one changed bit in the database"),
        pytest.param(_drop, id="a file is missing"),
        pytest.param(_rename, id="the manifest is of another program"),
    ],
)
def test_a_changed_archive_is_refused(home: Path, tmp_path: Path, change: Any) -> None:
    file = _written(home, tmp_path / "one.tar.gz")
    _rewritten(file, change)
    with pytest.raises(InvalidInputError, match=r"site\.restore\.damaged"):
        _restored(file, home)
    assert _rows(home) == [("2026-09-29",)]


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_an_archive_cut_short_is_refused(home: Path, tmp_path: Path, part: float) -> None:
    file = _written(home, tmp_path / "one.tar.gz")
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(InvalidInputError, match=r"site\.restore\.damaged"):
        _restored(file, home)


@pytest.mark.parametrize("name", ["../outside", "/outside", "files/../../outside"])
def test_an_archive_cannot_write_outside_its_folder(tmp_path: Path, name: str) -> None:
    file = tmp_path / "evil.tar.gz"
    with tarfile.open(file, "w:gz") as tar:
        listed = {name: hashlib.sha256(b"x").hexdigest()}
        body = {"format": "jinli-backup/1", "at": "", "engine": "sqlite", "sha256": listed}
        for path, content in ((name, b"x"), (MANIFEST, json.dumps(body).encode())):
            member = tarfile.TarInfo(path)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    (tmp_path / "unpacked").mkdir()
    with pytest.raises(InvalidInputError, match=r"site\.restore\.damaged"):
        read_archive(file, into=tmp_path / "unpacked")
    assert not (tmp_path / "outside").exists()


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "note.tar.gz"
    file.write_bytes(gzip.compress(b"a shopping list"))
    with pytest.raises(InvalidInputError, match=r"site\.restore\.damaged"):
        read_archive(file, into=tmp_path)
