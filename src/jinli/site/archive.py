"""A backup: one tar with the database, the files, the erasure register, and a manifest of their hashes.

The erasure register (`erasures.jsonl`: case, sequence, legal basis, no content) also stays in JINLI_HOME outside the
database, so that what was lawfully erased after a backup does not come back with it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from jinli.domain.errors import InvalidInputError, RefusedError

MANIFEST = "manifest.json"
REGISTER = "erasures.jsonl"
FORMAT = "jinli-backup/1"
_DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
_CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What an archive says of itself: when, of which kind of database, and the SHA-256 of every file in it."""

    at: str
    engine: str
    hashes: Mapping[str, str]


def write_archive(file: Path, *, home: Path, database: Mapping[str, Any], engine: str, at: str) -> Manifest:
    """Write a backup while the town goes on working, and return its manifest.

    Raises RefusedError when the file exists or the database's own tool fails.
    """
    if file.exists():
        raise RefusedError("site.backup.exists", file=str(file))
    partial = file.with_name(file.name + ".partial")
    copy = file.with_name(file.name + ".database")
    try:
        _copy_database(copy, database=database, engine=engine)
        hashes: dict[str, str] = {}
        with tarfile.open(partial, "w:gz", compresslevel=3) as tar:
            for name, path in _members(home, copy=copy, engine=engine):
                hashes[name] = _add(tar, name, path)
            manifest = Manifest(at=at, engine=engine, hashes=hashes)
            _add_manifest(tar, manifest)
        partial.chmod(0o600)
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(file)
    finally:
        copy.unlink(missing_ok=True)
        partial.unlink(missing_ok=True)
    return manifest


def _copy_database(copy: Path, *, database: Mapping[str, Any], engine: str) -> None:
    """Copy the database as of one moment: SQLite by its online backup, PostgreSQL by pg_dump."""
    if engine == "sqlite":
        with closing(sqlite3.connect(database["NAME"])) as live, closing(sqlite3.connect(copy)) as target:
            live.backup(target)
    else:
        run_tool("pg_dump", "--format=custom", "--no-owner", f"--file={copy}", database=database)


def run_tool(tool: str, *arguments: str, database: Mapping[str, Any]) -> None:
    """Run a tool of PostgreSQL; its password goes by the environment, where other users cannot read it.

    Raises RefusedError when it is missing or fails.
    """
    environment = dict(os.environ)
    for name, key in (("PGDATABASE", "NAME"), ("PGUSER", "USER"), ("PGPASSWORD", "PASSWORD"), ("PGHOST", "HOST")):
        if database[key]:
            environment[name] = str(database[key])
    if database["PORT"]:
        environment["PGPORT"] = str(database["PORT"])
    if shutil.which(tool) is None:
        raise RefusedError("site.backup.tool_failed", tool=tool, why="apt install postgresql-client")
    done = subprocess.run([tool, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RefusedError("site.backup.tool_failed", tool=tool, why=done.stderr.strip())


def _members(home: Path, *, copy: Path, engine: str) -> Iterator[tuple[str, Path]]:
    yield _DATABASE[engine], copy
    if (home / REGISTER).exists():
        yield REGISTER, home / REGISTER
    files = home / "files"
    for path in sorted(files.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"files/{path.relative_to(files).as_posix()}", path


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Add one file and return its hash; a file that grows meanwhile is taken at the size it began with."""
    with path.open("rb") as content:
        member = tar.gettarinfo(arcname=name, fileobj=content)
        member.mode, member.uid, member.gid, member.uname, member.gname = 0o600, 0, 0, "", ""
        hashing = _Hashing(content, size=member.size)
        tar.addfile(member, hashing)  # type: ignore[arg-type]
    return hashing.digest.hexdigest()


class _Hashing:
    """A readable file that hashes what passes."""

    def __init__(self, content: IO[bytes], *, size: int) -> None:
        self._content, self._left, self.digest = content, size, hashlib.sha256()

    def read(self, count: int) -> bytes:
        block = self._content.read(min(count, self._left))
        self._left -= len(block)
        self.digest.update(block)
        return block


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    body = {"format": FORMAT, "at": manifest.at, "engine": manifest.engine, "sha256": dict(manifest.hashes)}
    text = json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True).encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size, member.mode = len(text), 0o600
    tar.addfile(member, io.BytesIO(text))


def read_archive(file: Path, *, into: Path) -> Manifest:
    """Unpack a backup into an empty folder and check every byte of it against its manifest.

    Raises InvalidInputError when anything is missing, changed or added; nothing outside the folder is touched.
    """

    def damaged(reason: str, **facts: object) -> InvalidInputError:
        from jinli.ui.words import say

        return InvalidInputError("site.restore.damaged", file=str(file), why=say(f"site.restore.{reason}", **facts))

    found: dict[str, str] = {}
    described: dict[str, Any] = {}
    try:
        with tarfile.open(file, "r:gz") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() and _is_plain(member.name) else None
                if content is None:
                    raise damaged("unlisted", name=member.name)
                if member.name == MANIFEST:
                    described = json.load(content)
                else:
                    found[member.name] = _unpack(content, into / member.name)
    except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError):
        raise damaged("not_an_archive") from None
    if described.get("format") != FORMAT:
        raise damaged("not_an_archive")
    listed: dict[str, str] = described["sha256"]
    for name, expected in listed.items():
        if name not in found:
            raise damaged("missing", name=name)
        if found[name] != expected:
            raise damaged("changed", name=name)
    for name in found.keys() - listed.keys():
        raise damaged("unlisted", name=name)
    return Manifest(at=described["at"], engine=described["engine"], hashes=listed)


def _is_plain(name: str) -> bool:
    """Return whether a name stays inside the folder it is unpacked into."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and (path.parts[0] == "files" or len(path.parts) == 1)


def _unpack(content: IO[bytes], target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with target.open("wb") as out:
        while block := content.read(_CHUNK):
            digest.update(block)
            out.write(block)
    target.chmod(0o600)
    return digest.hexdigest()


def put_in_place(folder: Path, *, home: Path, database: Mapping[str, Any], engine: str, aside: Path) -> None:
    """Move an unpacked backup to where the town works; what was there is moved into the folder `aside`.

    The erasure registers of both are united, so that an erasure is never forgotten.
    """
    aside.mkdir(mode=0o700)
    copy = folder / _DATABASE[engine]
    if engine == "sqlite":
        name = str(database["NAME"])
        for old in (name, f"{name}-wal", f"{name}-shm"):
            if Path(old).exists():
                shutil.move(old, aside)
        shutil.move(copy, name)
    else:
        run_tool("pg_dump", "--format=custom", "--no-owner", f"--file={aside / copy.name}", database=database)
        arguments = ("--clean", "--if-exists", "--no-owner", "--single-transaction", f"--dbname={database['NAME']}")
        run_tool("pg_restore", *arguments, str(copy), database=database)
    if (home / "files").exists():
        shutil.move(home / "files", aside)
    if (folder / "files").exists():
        shutil.move(folder / "files", home)
    _unite_registers(home / REGISTER, folder / REGISTER)


def _unite_registers(ours: Path, theirs: Path) -> None:
    """Append the lines that only the archive's register has to the one of this home."""
    if not theirs.exists():
        return
    known = ours.read_text(encoding="utf-8").splitlines() if ours.exists() else []
    fresh = [line for line in theirs.read_text(encoding="utf-8").splitlines() if line not in set(known)]
    with ours.open("a", encoding="utf-8") as register:
        register.writelines(f"{line}\n" for line in fresh)
    ours.chmod(0o600)
