"""What becomes known of a party is dated, stays, and names where it was learnt."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinli.domain.errors import InvalidInputError
from jinli.packs.pack import Pack, read_pack
from jinli.town.models import Division, PartyFact
from jinli.town.pack import load_pack
from jinli.town.services import facts_of, meet_party, record_fact
from tests.counting import statements_of
from tests.shared import shared

ROOT = Path(__file__).parents[2]
EVENING = datetime(2026, 9, 24, 19, 0, tzinfo=UTC)  # already the 25th in the town

pytestmark = pytest.mark.django_db


@cache
def second_town() -> Pack:
    return read_pack(ROOT / "tests/second_town", standard=ROOT / "packs/_standard")


@shared
def town() -> Division:
    return load_pack(second_town()).town


def test_a_party_is_met_with_what_it_said_and_nothing_that_it_left_empty(town: Division) -> None:
    case = uuid4()
    party = meet_party(town=town, name=" 李某 ", telephone="13900000000", source_case=case, at=EVENING)
    facts = PartyFact.objects.filter(party=party)
    assert facts_of(party) == {"name": "李某", "telephone": "13900000000"}
    assert {(one.source_case, one.recorded_at, one.valid_from) for one in facts} == {(case, EVENING, date(2026, 9, 25))}
    assert party.town_id == town.pk


def test_somebody_who_says_nothing_of_himself_is_a_party_too(town: Division) -> None:
    assert facts_of(meet_party(town=town)) == {}


def test_nobody_is_recognised_by_name_and_telephone(town: Division) -> None:
    assert meet_party(town=town, name="李某", telephone="1") != meet_party(town=town, name="李某", telephone="1")


def test_meeting_a_party_costs_two_statements(town: Division) -> None:
    with CaptureQueriesContext(connection) as caught:
        meet_party(town=town, name="李某", telephone="1", address="某处", at=EVENING)
    assert len(statements_of(caught)) == 2


def test_a_new_value_ends_the_old_one_the_day_before_and_both_stay(town: Division) -> None:
    party = meet_party(town=town, telephone="1", at=datetime(2026, 1, 5, 4, 0, tzinfo=UTC))
    record_fact(party=party, attribute="telephone", value="2", at=EVENING)
    rows = PartyFact.objects.filter(party=party).order_by("recorded_at")
    assert [(one.value, one.valid_from, one.valid_to) for one in rows] == [
        ("1", date(2026, 1, 5), date(2026, 9, 24)),
        ("2", date(2026, 9, 25), None),
    ]
    assert facts_of(party) == {"telephone": "2"}


def test_the_same_value_again_changes_nothing(town: Division) -> None:
    party = meet_party(town=town, telephone="1")
    record_fact(party=party, attribute="telephone", value="1 ")
    assert PartyFact.objects.filter(party=party).count() == 1


@pytest.mark.parametrize(("attribute", "value"), [("shoe_size", "42"), ("name", "  ")])
def test_only_known_kinds_of_facts_with_a_value_are_recorded(town: Division, attribute: str, value: str) -> None:
    party = meet_party(town=town)
    with pytest.raises(InvalidInputError):
        record_fact(party=party, attribute=attribute, value=value)
