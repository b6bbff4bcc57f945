"""Every matter of the town can be read in public, in both languages and in every situation."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.html import strip_tags

from jinli.packs.items import ItemRow
from jinli.packs.pack import read_pack
from jinli.town.models import Division
from tests.cases.pages import html
from tests.cases.small import load_years
from tests.lines.services.items import publish
from tests.packs.test_items_of_jinli import ARTICLE, COMPLETE, answered
from tests.shared import shared
from tests.town.small_town import SmallTown, build

ROOT = Path(__file__).parents[3]
NOON = "2026-09-28 12:00"
FRONT = "/t/990101001/services/"


@cache
def matters() -> dict[str, ItemRow]:
    return {one.code: one for one in read_pack(ROOT / "packs/jinli", standard=ROOT / "packs/_standard").items}


@shared
def town() -> SmallTown:
    made = build()
    load_years(Division.objects.get(level=Division.Level.NATIONAL))
    made.division = publish(made.division, *matters().values())
    return made


def page(url: str, lang: str) -> str:
    found = html(Client(headers={"Accept-Language": lang}), url, NOON, 200)
    return " ".join(strip_tags(found[found.index("<main") :]).split())


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_front_counts_what_is_done_here(town: SmallTown, lang: str) -> None:
    assert str(len(COMPLETE)) in page(FRONT, lang)


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize("code", COMPLETE)
def test_a_matter_opens_before_and_after_its_questions_are_answered(town: SmallTown, code: str, lang: str) -> None:
    one = matters()[code]
    name = one.name_en if lang == "en" else one.name
    assert name in page(f"{FRONT}{code}/", lang)
    answers = next(iter(answered(one)))
    asked = urlencode([(f"s.{question}", answer) for question, given in answers.items() for answer in given])
    assert name in page(f"{FRONT}{code}/?{asked}", lang)


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_a_shell_opens_and_says_that_it_is_not_done_here(town: SmallTown, lang: str) -> None:
    one = matters()["minimum_living_allowance"]
    found = page(f"{FRONT}{one.code}/", lang)
    assert (one.note_en if lang == "en" else one.note) in found


def test_the_six_matters_of_the_article_are_on_the_front_of_their_themes(town: SmallTown) -> None:
    found = page(FRONT, "zh-hans")
    assert all(matters()[code].theme in found for code in ARTICLE)
