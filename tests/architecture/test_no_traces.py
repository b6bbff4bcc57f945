"""No town in the code, no package index and no path of a machine anywhere, no file that outgrew its room."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.source import ROOT, SOURCE, tracked_files

_INDEX = re.compile(
    r"--(?:extra-)?index-url|--trusted-host|--find-links|registry *= *\"?http|\"resolved\": *\"http"
    r"|url *= *\"https?://[^\"]*[.](?:whl|tar[.]gz|tgz)"
)
_TOWN = re.compile(r"金利|高要|肇庆|gaoyao|zhaoqing|jinli", flags=re.IGNORECASE)
# The package, its command and its environment variables bear the name of the town they began in; nothing else does.
_PACKAGE = re.compile(
    r"(?:from|import) +jinli|jinli[.]|jinli/|[\"'`]jinli|JINLI_[A-Z]+|(?<=[\"'`/ ])jinli(?= [a-z-]+)",
    flags=re.IGNORECASE,
)
_HERE = Path(__file__)


def _lines(paths: tuple[Path, ...]) -> list[tuple[str, str]]:
    return [
        (f"{path.relative_to(ROOT)}:{number}", line)
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
    ]


def test_the_code_never_names_the_town() -> None:
    code = tuple(path for path in tracked_files() if path.is_relative_to(SOURCE))
    assert [place for place, line in _lines(code) if _TOWN.search(_PACKAGE.sub("", line))] == []


def test_no_address_of_a_package_index_stands_in_the_repository() -> None:
    others = tuple(path for path in tracked_files() if path != _HERE)
    assert [place for place, line in _lines(others) if _INDEX.search(line)] == []


def test_every_pinned_requirement_carries_a_hash_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        pins = re.split(r"(?<!\\)\n", text.strip())
        assert len(pins) > 20
        assert [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_no_path_of_this_machine_stands_in_the_repository() -> None:
    paths = [f"{path}/" for path in (ROOT, Path.home()) if len(path.parts) > 1]
    assert [place for place, line in _lines(tracked_files()) if any(path in line for path in paths)] == []


def test_no_file_of_code_outgrows_its_room() -> None:
    code = [path for path in tracked_files() if path.is_relative_to(SOURCE) and path.suffix == ".py"]
    code = [path for path in code if path.parent.name != "migrations"]  # written by Django
    long = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in code}
    assert {name: lines for name, lines in long.items() if lines > 450} == {}


def test_nothing_is_left_open_or_skipped() -> None:
    words = re.compile(r"\b(?:TODO|FIXME|XXX|NotImplementedError)\b|pytest[.](?:mark[.])?skip|x" + r"fail")
    code = tuple(path for path in tracked_files() if path.suffix in {".py", ".html", ".css"} and path != _HERE)
    ours = tuple(path for path in code if "vendor" not in path.parts)
    assert [place for place, line in _lines(ours) if words.search(line)] == []
