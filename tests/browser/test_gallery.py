"""Every part of a page in a real browser: accessible, large enough for a finger, inside the width of a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import override
from playwright.sync_api import Browser, Page, Route

from jinli.ui.gallery import both_languages
from jinli.ui.parts import Conflict, Meanwhile
from tests.browser.eyes import Seen
from tests.ui.samples import SHELL

pytestmark = pytest.mark.browser
SAMPLE_CONFLICT = Conflict(changes=(Meanwhile(when="9月28日", who="甲局（演示）", what="签收"),), reload_url="/x/")
ADDRESS = "http://127.0.0.1:9/ui/"


def _open(browser: Browser, html: str, width: int, *, scripts: bool = True) -> tuple[Page, list[str]]:
    """Open a page whose files come from the finders; no server is needed for a page without data."""
    page = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://127.0.0.1:9")
        if path == "/ui/":
            headers = {"content-security-policy": "default-src 'self'; img-src 'self' data:; style-src 'self'"}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
            return
        found = finders.find(path.removeprefix("/static/"))
        assert isinstance(found, str), path
        route.fulfill(path=Path(found))

    page.route("**/*", answer)
    page.goto(ADDRESS)
    return page, complaints


@pytest.mark.parametrize("width", [1360, 390])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_gallery_is_accessible_fits_and_breaks_no_policy(
    browser: Browser, seen: Seen, language: str, width: int
) -> None:
    seen.templates.add("ui/gallery.html")
    with override(language):
        html = render_to_string("ui/gallery.html", {"shell": SHELL, "halves": both_languages()})
    page, complaints = _open(browser, html, width)
    violations = [
        (one["id"], [node["target"] for node in one["nodes"]]) for one in Axe().run(page).response["violations"]
    ]
    assert violations == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert complaints == []
    page.close()


@pytest.mark.parametrize(
    "template",
    [
        "400.html",
        "403.html",
        "404.html",
        "409.html",
        "429.html",
        "500.html",
        "ui/conflict.html",
        "ui/public.html",
        "ui/staff.html",
    ],
)
def test_every_frame_is_accessible_by_itself(browser: Browser, seen: Seen, template: str) -> None:
    seen.templates.add(template)
    frame = {} if template == "500.html" else {"shell": SHELL}
    heading = "<h1>样</h1>" if template in ("ui/public.html", "ui/staff.html") else ""
    html = render_to_string(template, {**frame, "conflict": SAMPLE_CONFLICT})
    html = html.replace("<title>", "<title>样").replace("</main>", f"{heading}</main>")
    page, complaints = _open(browser, html, 390)
    violations = [one["id"] for one in Axe().run(page).response["violations"]]
    assert violations == []
    assert complaints == []
    page.close()


def test_on_a_phone_every_control_is_large_enough_for_a_finger(browser: Browser) -> None:
    html = render_to_string("ui/gallery.html", {"shell": SHELL, "halves": both_languages()})
    page, _ = _open(browser, html, 390)
    low = page.evaluate(
        """() => [...document.querySelectorAll(`.button, select, input:not([type=checkbox]):not([type=radio]), textarea,
             .choice, .scopes a, summary, .plain, .hat button, .head-icon`)]
             .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])
             .filter(([, height]) => height > 0 && height < 44)"""
    )
    assert low == []
    page.close()


def test_the_menu_of_a_phone_opens_without_a_script(browser: Browser) -> None:
    html = render_to_string("ui/gallery.html", {"shell": SHELL, "halves": ()})
    page, _ = _open(browser, html, 390, scripts=False)
    assert not page.locator(".menu-panel").is_visible()
    page.locator("details.menu > summary").click()
    assert page.locator(".menu-panel").get_by_role("link", name="办件").is_visible()
    page.close()
