"""The frame that tests of this room show: a town that does not exist."""

from __future__ import annotations

from jinli.ui.shell import HatChoice, NavItem, Shell

SHELL = Shell(
    town_name="样镇",
    town_code="sample",
    simulated=True,
    nav=(NavItem(label="待办", url="/queue/", current=True), NavItem(label="办件", url="/cases/")),
    search_url="/search/",
    hats=(HatChoice(id="1", label="样镇（本单位）", current=True), HatChoice(id="2", label="园区（受托）")),
    hat_url="/hat/",
    person_label="值班员（演示）",
    language_url="/language/",
    signed_in=True,
    sign_out_url="/out/",
    unread=3,
    notices_url="/notices/",
    track_url="/t/sample/track/",
)
