"""What the command line says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "site.command.refused": ("没有办成：{why}", "Not done: {why}"),
}
