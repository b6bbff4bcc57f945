"""What is looked at on every page of a journey: width, words, complaints of the browser, accessibility, the picture."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from tests.browser.town_process import ROOT, Town

PHONE, DESK = 390, 1360
WIDTHS = (DESK, PHONE)
SHOTS = ROOT / "tests" / "browser" / "shots"
_HEIGHT = {PHONE: 844, DESK: 900}
_RAW_WORD = re.compile(r"\b(?:ui|town|cases|grid|site|exchange|domain)\.[a-z_]+(?:\.[a-z_]+)*\b|\{[a-z_]+\}|\bNone\b")
_AXE = Axe()


@dataclass
class Seen:
    """What all journeys of a run have looked at."""

    templates: set[str] = field(default_factory=set)
    looked: set[tuple[str, int]] = field(default_factory=set)


class Person:
    """Somebody at a browser of one width; `look` is called on every page that matters."""

    def __init__(self, browser: Browser, town: Town, seen: Seen, width: int, *, scripts: bool = True) -> None:
        self.town, self.seen, self.width = town, seen, width
        self.context = browser.new_context(
            base_url=town.address,
            viewport={"width": width, "height": _HEIGHT[width]},
            locale="zh-CN",
            java_script_enabled=scripts,
            has_touch=width == PHONE,
            device_scale_factor=1,
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.status = 0
        self.template = ""
        self._complaints: list[str] = []
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self._complaints.append(str(error)))
        self.page.on("response", self._answered)

    def _answered(self, response: Response) -> None:
        request = response.request
        if not (request.is_navigation_request() and request.frame == self.page.main_frame):
            return
        names = response.headers.get("x-template", "").split()
        if names:
            self.status, self.template = response.status, names[-1]
            self.seen.templates.update(names)

    def _said(self, told: ConsoleMessage) -> None:
        """Keep an error of the console; that a page was refused on purpose is known from its status."""
        refused = "status of 4" in told.text and "/static/" not in told.location["url"]
        if told.type == "error" and not refused:
            self._complaints.append(told.text)

    # ways

    def sign_in(self, username: str, password: str = "") -> Person:
        """Sign in through the page."""
        self.page.goto("/sign-in/")
        self.page.get_by_label("登录名").fill(username)
        self.page.get_by_label("密码").fill(password or self.town.password)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_load_state()
        return self

    def go(self, path: str) -> Person:
        """Open an address of the town's server."""
        self.page.goto(path)
        return self

    def press(self, name: str, *, exact: bool = True) -> Person:
        """Press the first button or follow the first link of that name that can be seen."""
        button, link = (self.page.get_by_role(role, name=name, exact=exact) for role in ("button", "link"))
        button.or_(link).filter(visible=True).first.click()
        return self

    def write(self, label: str, value: str) -> Person:
        """Fill the field of that label."""
        self._field(label).fill(value)
        return self

    def choose(self, label: str, option: str) -> Person:
        """Choose from the list of that label."""
        self._field(label).select_option(label=option)
        return self

    def choose_first(self, label: str) -> Person:
        """Choose the first real entry of the list of that label."""
        self._field(label).select_option(index=1)
        return self

    def tick(self, label: str) -> Person:
        """Tick the box or the round choice of that label."""
        self.page.get_by_label(label, exact=True).first.check()
        return self

    def _field(self, label: str) -> Locator:
        """Return the field of a label, whether it may stay empty or not."""
        named = re.compile(rf"^\s*{re.escape(label)}\s*(（可不填）)?\s*$")
        return self.page.get_by_label(named).filter(visible=True).first

    def reads(self, text: str | re.Pattern[str]) -> Person:
        """Require that the page says something that can be seen."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()
        return self

    @property
    def heading(self) -> Locator:
        """Return the heading of the page."""
        return self.page.get_by_role("heading", level=1)

    @property
    def path(self) -> str:
        """Return where the person is."""
        return urlsplit(self.page.url).path

    def close(self) -> None:
        """Leave."""
        self.context.close()

    # eyes

    def look(self, name: str = "", *, status: int = 200) -> Person:
        """Examine the page, and keep a picture of it when pictures are wanted."""
        self.page.wait_for_load_state()
        where = f"{self.page.url} ({self.template}, {self.width} px)"
        assert self.status == status, f"{where}: {self.status}"
        told = self.page.evaluate("document.body.innerText")
        raw = _RAW_WORD.findall(told)
        assert raw == [] or self.template == "site/interface.html", f"{where}: words without wording: {raw}"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, f"{where}: {wide} px wide: {self._wide()}"
        assert self._complaints == [], f"{where}: {self._complaints}"
        if (self.template, 0) not in self.seen.looked:
            self.seen.looked.add((self.template, 0))
            found = [
                (one["id"], [node["html"][:160] for node in one["nodes"]])
                for one in _AXE.run(self.page).response["violations"]
            ]
            assert found == [], f"{where}: {found}"
        self._keep(name)
        return self

    def look_twice(self, name: str = "") -> Person:
        """Examine the page at both widths."""
        self.look(name)
        here = self.width
        for self.width in (*(one for one in WIDTHS if one != here), here):
            self.page.set_viewport_size({"width": self.width, "height": _HEIGHT[self.width]})
            if self.width != here:
                self.look(name)
        return self

    def _wide(self) -> list[str]:
        """Name what stands out of the page."""
        script = """(width) => [...document.querySelectorAll('main *')]
            .filter((one) => one.getBoundingClientRect().right > width + 1)
            .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""
        found: list[str] = self.page.evaluate(script, self.width)
        return found

    def _keep(self, name: str) -> None:
        if os.environ.get("SHOTS") and name:
            SHOTS.mkdir(exist_ok=True)
            self.page.screenshot(path=SHOTS / f"{name}-{self.width}.png", full_page=True)

    def picture(self, file: str, *, above: str) -> None:
        """Keep a picture of all that stands above an element, for the README, in the folder that JINLI_SHOTS names."""
        if os.environ.get("JINLI_SHOTS"):
            folder = ROOT / os.environ["JINLI_SHOTS"]
            folder.mkdir(parents=True, exist_ok=True)
            script = "(one) => one.getBoundingClientRect().top + window.scrollY"
            height = int(self.page.locator(above).first.evaluate(script)) - 16
            size = {"x": 0, "y": 0, "width": self.width, "height": height}
            self.page.screenshot(path=folder / file, full_page=True, clip=size)  # type: ignore[arg-type]
