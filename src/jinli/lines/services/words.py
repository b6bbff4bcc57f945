"""Words of government matters: errors."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "services.no_such_item": ("没有“{found}”这个事项", "There is no item “{found}”."),
}
