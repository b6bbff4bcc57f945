"""The simulated history of government matters: marked, sound, repeatable, and every figure as long as its list."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinli.cases.figures import Asked, counts, month_of
from jinli.cases.models import Case, Entry, Grant, Paper, Rating
from jinli.cases.services.verifying import Finding, verify_town
from jinli.domain.rates import DEFINITIONS
from jinli.lines.services.figures import FIGURES, PARTS
from jinli.lines.services.models import Budget, BudgetLine
from jinli.lines.services.services.demonstration import record_history
from jinli.site.demonstration import matters_history_of
from jinli.site.figures import rows_of
from jinli.site.matters import matters_page, times
from jinli.site.packing import load_folder
from jinli.town.models import Division, Organisation, PartyFact, Person
from jinli.town.moment import frozen_at
from tests.shared import shared

PACK = Path(__file__).parents[3] / "packs" / "jinli"
UNTIL = datetime(2026, 11, 23, tzinfo=ZoneInfo("Asia/Shanghai"))


@shared
def town() -> Division:
    return load_folder(PACK, [PACK / "demo"]).town


def played(town: Division, *, cases: int = 240) -> None:
    history = matters_history_of(cases=cases)
    assert history is not None
    recorded = list(record_history(town, until=UNTIL, history=history, chunk=60))
    assert [item for chunk in recorded for item in chunk.refused] == []


def heads() -> dict[str, str]:
    return dict(Case.objects.order_by("number").values_list("number", "head"))


@shared
def history() -> Division:
    town = load_folder(PACK, [PACK / "demo"]).town
    played(town)
    return town


def test_everything_is_marked_as_simulated_and_no_real_body_or_person_appears(history: Division) -> None:
    assert Case.objects.filter(simulated=False).count() == 0
    assert all("（演示）" in body.name for body in Organisation.objects.filter(pk__in=Case.objects.values("owner")))
    names = PartyFact.objects.filter(attribute="name").values_list("value", flat=True)
    assert names
    assert all(name.endswith("（演示）") for name in names)
    assert Budget.objects.filter(simulated=False).count() == 0


def test_every_stage_of_a_matter_is_there(history: Division) -> None:
    moves = set(Entry.objects.values_list("move", flat=True))
    assert {
        "accept", "accept_with_promise", "one_time_notice", "supply", "supply_last", "not_supplied", "deemed_accept",
        "begin_special", "end_special", "extend", "ask_opinions", "give_opinion", "verify_on_site", "grant",
        "grant_at_once", "refuse", "refuse_acceptance", "deliver", "publish", "withdraw", "hand_over", "pay", "rate",
        "submit_there", "looked", "done_there", "contact", "mend",
    } <= moves  # fmt: skip
    assert Paper.objects.filter(kind="certificate").exists()
    assert Grant.objects.exists()
    assert BudgetLine.objects.filter(kind="pay").exists()
    assert Rating.objects.filter(score__lte=2).count() == Case.objects.filter(type_code="bad_rating").count()


def test_the_journal_verifies_clean(history: Division) -> None:
    assert not [found for found in verify_town(history) if isinstance(found, Finding)]


def test_a_repeated_run_adds_nothing(history: Division) -> None:
    before = heads(), Grant.objects.count(), BudgetLine.objects.count(), Rating.objects.count()
    played(history)
    assert (heads(), Grant.objects.count(), BudgetLine.objects.count(), Rating.objects.count()) == before


def test_the_same_seed_and_day_give_the_same_journal(town: Division) -> None:
    with transaction.atomic():
        played(town, cases=40)
        first = heads()
        transaction.set_rollback(True)
    assert heads() == {}
    played(town, cases=40)
    assert heads() == first


@settings(max_examples=settings().max_examples // 8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(back=st.integers(0, 400), hours=st.integers(0, 48))
def test_every_figure_is_as_long_as_its_list(history: Division, back: int, hours: int) -> None:
    as_of = UNTIL - timedelta(days=back, hours=hours)
    start, end = month_of(history, as_of - timedelta(days=20))
    asked = {name: Asked(part=name, as_of=as_of, start=start, end=end) for name in PARTS}
    found = counts(asked, history, PARTS)
    assert found == {name: len(rows_of(one, history)) for name, one in asked.items()}
    for code in FIGURES:
        one = DEFINITIONS[code]
        assert found[f"{code}.{one.numerator}"] <= found[f"{code}.{one.denominator}"], code
    for code in ("by_law", "by_promise"):
        parts = (found[f"{code}.{name}"] for name in ("kept", "done_late", "open_late"))
        assert sum(parts) == found[f"{code}.total"]
    for code, left in (("told_once", "unanswered"), ("first_time", "not_taken"), ("decided_here", "undecided")):
        assert found[f"{code}.total"] + found[f"{code}.{left}"] == found["matters.received"]


def test_items_add_up_to_the_whole_and_every_number_opens_its_list(history: Division) -> None:
    page = matters_page(history, UNTIL, "2026-10")
    assert sum(one.received.count for one in page.items) == page.received.count > 0
    assert sum(one.late.count for one in page.items) == page.late.count
    told = next(one for one in page.rates if one.code == "told_once")
    assert sum(one.told.count for one in page.items) == told.rate.numerator
    client = reader()
    for one in (page.items[0].received, page.late, page.ended, page.fields.cases):
        with frozen_at(UNTIL):
            answer = client.get(one.url)
            exported = client.get(f"{one.url}&as=csv")
        assert answer.context["page"].total == one.count
        assert exported.content.decode("utf-8-sig").count("\n") == one.count + 1


def reader() -> Client:
    client = Client()
    client.force_login(Person.objects.get(username="head"))
    return client


def test_the_time_of_a_matter_is_all_put_to_somebody(history: Division) -> None:
    start, end = month_of(history, UNTIL - timedelta(days=40))
    month = Asked(part="", as_of=UNTIL, start=start, end=end)
    found = list(times(month, history))
    ended = {one.pk: one for one in rows_of(month.of("matters.ended"), history)}
    assert len(found) == len(ended) > 0
    assert sorted(one.whole for one in found) == sorted(one.closed_at - one.opened_at for one in ended.values())


def test_the_page_opens_in_both_languages_with_a_fixed_number_of_statements(history: Division) -> None:
    client = reader()

    def taken(month: str) -> int:
        with frozen_at(UNTIL), CaptureQueriesContext(connection) as seen:
            answer: Any = client.get("/board/matters/", {"month": month})
        assert answer.status_code == 200
        return len(seen)

    taken("2026-10")  # reads what a process remembers
    taken("2026-06")
    assert taken("2026-10") == taken("2026-06") <= 16
    with frozen_at(UNTIL):
        english = {"accept-language": "en"}
        assert "Whose time" in client.get("/board/matters/", headers=english).content.decode()
        assert "Government matters" in client.get("/board/", headers=english).content.decode()


def test_government_matters_stand_under_reform_whatever_letter_their_code_begins_with(history: Division) -> None:
    asked = Asked(part="matters.open", as_of=UNTIL)
    whole = {one.pk for one in rows_of(asked, history)}
    assert {one.pk for one in rows_of(replace(asked, arrow="reform"), history)} == whole != set()
    assert not rows_of(replace(asked, arrow="renewal"), history).exists()
