from __future__ import annotations

from typing import ClassVar

from jinli.cases import lines


class ServicesConfig(lines.LineConfig):
    name = "jinli.lines.services"
    label = "services"
    move_pages: ClassVar[dict[tuple[str, str], str]] = {
        ("payment", "grant"): "services:claim-grant",
        ("payment", "pay"): "services:claim-pay",
        ("payment", "give_up"): "services:claim-give-up",
        ("aid", "grant"): "services:claim-grant",
        ("aid", "pay"): "services:claim-pay",
        ("aid", "give_up"): "services:claim-give-up",
    }
    strict: ClassVar[frozenset[str]] = frozenset({"payment", "aid"})
