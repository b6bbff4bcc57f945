"""The look: colours that everybody can read, few of them, nothing inline, no rule in a template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jinli.ui.icons import ICONS

SOURCE = Path(__file__).resolve().parents[2] / "src" / "jinli"
STYLES = SOURCE / "ui" / "static" / "ui"
SHEETS = sorted(SOURCE.rglob("static/**/*.css"))
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
ROOT = re.search(r":root \{(.*?)\n\}", (STYLES / "app.css").read_text(encoding="utf-8"), re.DOTALL)
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", ROOT.group(1) if ROOT else ""))
PHONE_GROUP = "#e9edf1"
SURFACES = [TOKENS["paper"], TOKENS["page"], TOKENS["group"], TOKENS["explain"], PHONE_GROUP]


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("token", ["ink", "ink-2", "accent", "accent-deep", "warning", "danger"])
def test_text_of_every_colour_stands_out_on_every_surface(token: str, surface: str) -> None:
    assert _contrast(TOKENS[token], surface) >= 4.5


@pytest.mark.parametrize("surface", SURFACES)
def test_the_edge_of_a_control_stands_out_on_every_surface(surface: str) -> None:
    assert _contrast(TOKENS["edge"], surface) >= 3


def test_the_contrast_formula_agrees_with_published_pairs() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_colours_come_from_the_tokens(sheet: Path) -> None:
    text = re.sub(r":root \{.*?\n\s*\}", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"url\(.*?\)", "", text)
    allowed = {"#000", "#fff", "#888"} if sheet.name == "print.css" else set()
    strange = set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])|rgba?\([^)]*\)|hsla?\([^)]*\)", text)) - allowed
    assert strange - {":root"} == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_shadow_gradient_slant_or_third_weight(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    assert not re.search(r"box-shadow|text-shadow|gradient\(|font-style: (italic|oblique)", text)
    assert set(re.findall(r"font-weight: (\w+)", text)) <= {"400", "700"}


def test_letters_are_spaced_only_in_the_code_that_people_copy() -> None:
    spaced = [
        line for sheet in SHEETS for line in sheet.read_text(encoding="utf-8").splitlines() if "letter-sp" in line
    ]
    assert len(spaced) == 1
    assert spaced[0].startswith(".code ")


def _texts() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every template."""
    assert len(TEMPLATES) > 30
    for template in TEMPLATES:
        yield str(template.relative_to(SOURCE)), template.read_text(encoding="utf-8")


def test_a_template_has_nothing_inline_that_the_content_policy_refuses() -> None:
    refused = re.compile(r"\sstyle\s*=|<style\b|\son[a-z]+\s*=|javascript:|<script(?![^>]*\bsrc=)")
    inline = [f"{name}: {found[0]}" for name, text in _texts() for found in refused.finditer(text)]
    assert inline == []


def test_a_template_reckons_nothing_and_decides_by_no_size() -> None:
    sums = re.compile(r"\|\s*(add|divisibleby)\s*:|\{%\s*widthratio")
    reckoning = [f"{name}: {found[0]}" for name, text in _texts() for found in sums.finditer(text)]
    sizes = [
        f"{name}: {tag}"
        for name, text in _texts()
        for tag in re.findall(r"\{%\s*(?:el)?if\s(.*?)%\}", text)
        if re.search(r"[<>]", tag)
    ]
    assert reckoning + sizes == []


def test_a_template_holds_no_chinese_of_its_own() -> None:
    remarks = re.compile(r"\{#.*?#\}|\{% comment .*?endcomment %\}", re.DOTALL)
    own = [
        f"{name}: {found}" for name, text in _texts() for found in re.findall("[\u4e00-\u9fff]+", remarks.sub("", text))
    ]
    assert own == []


def test_every_drawing_that_a_template_names_exists() -> None:
    named = {
        name for file in TEMPLATES for name in re.findall(r'\{% icon "([\w-]+)"', file.read_text(encoding="utf-8"))
    }
    assert named <= ICONS.keys()
