"""S5. Two clerks agree to a subsidy out of the last 10,000 yuan of a budget at once: one does, the other is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections

from jinli.cases.models import Case, Entry
from jinli.cases.services.verifying import verify_town
from jinli.domain.errors import ConflictError, RefusedError
from jinli.lines.services.models import Budget, BudgetLine
from jinli.lines.services.services import budgets, paying
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at
from tests.lines.services.money import ITEM, build_money, claim, seen, signed_in

TEN_THOUSAND = 1_000_000  # fen


@pytest.fixture
def on_disk(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Keep the town in a file, as an installation does, where two threads can meet; PostgreSQL always can."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, known = connections["default"], connections.databases["default"]
    connections.databases["default"] = {**known, "NAME": str(tmp_path / "town.sqlite3")}
    connections["default"] = connections.create_connection("default")
    with closing(sqlite3.connect(tmp_path / "town.sqlite3")) as file:
        in_memory.connection.backup(file)  # its tables are made, and a transactional test finds them empty
    yield
    connections["default"].close()
    connections.databases["default"] = known
    connections["default"] = in_memory


def last_money(small: Small) -> None:
    budgets.set_budget(
        acting=small.head, town=small.town, item=ITEM, year=2026, fen=TEN_THOUSAND, source="某发〔2026〕1号（样本）"
    )


def test_s5_of_two_clerks_at_the_last_money_one_gets_it(on_disk: None) -> None:
    cache.clear()
    with frozen_at(at("2026-09-24 10:00")):
        small = build_money()
        last_money(small)
        cases = [claim(small), claim(small)]
        views = [seen(small, cases[0]), seen(small, cases[1], small.command_2)]
        ready = Barrier(2)

        def grant(place: int) -> str:
            acting = (small.command, small.command_2)[place]
            ready.wait()
            try:
                return paying.grant_payment(
                    acting=acting, view=views[place], version=views[place].version, fen=TEN_THOUSAND, reason="符合",
                    seen_fen=TEN_THOUSAND,
                )  # fmt: skip
            except ConflictError as error:
                return error.code
            finally:
                connections["default"].close()

        with ThreadPoolExecutor(2) as threads:
            answers = [threads.submit(copy_context().run, grant, place) for place in range(2)]
            found = [one.result() for one in answers]
    assert sorted(one in {case.number for case in cases} for one in found) == [False, True]
    assert "services.budget.gone" in found
    budget = Budget.objects.get()
    assert (budget.reserved_fen, budget.left_fen) == (TEN_THOUSAND, 0)
    assert BudgetLine.objects.filter(kind="reserve").count() == 1
    assert sorted(Case.objects.values_list("stage", flat=True)) == ["accepted", "granted"]
    assert Entry.objects.filter(move="grant").count() == 1, "the one who lost wrote nothing"
    assert [one for one in verify_town(small.town) if not isinstance(one, int)] == []


@pytest.mark.django_db
def test_s5_the_second_is_told_on_the_page_and_keeps_what_was_typed() -> None:
    cache.clear()
    with frozen_at(at("2026-09-24 10:00")):
        small = build_money()
        last_money(small)
        first, second = claim(small), claim(small)
        clerks = [signed_in(small, "command"), signed_in(small, "command2")]
        forms = [_form(clerk, case) for clerk, case in zip(clerks, (first, second), strict=True)]
        assert clerks[0].post(f"/claims/{first.pk}/grant/", forms[0]).status_code == 302
        told = clerks[1].post(f"/claims/{second.pk}/grant/", forms[1])
        again = clerks[0].post(f"/claims/{first.pk}/grant/", forms[0])
    assert told.status_code == 409
    text = told.content.decode()
    assert "只剩 0.00 元" in text
    assert "三个条件都看过" in text, "what was typed is kept"
    assert again.status_code == 302, "the same form sent twice acts once"
    assert Budget.objects.get().reserved_fen == TEN_THOUSAND


@pytest.mark.django_db
def test_s5_without_a_budget_nothing_is_agreed_and_the_page_names_who_sets_it() -> None:
    cache.clear()
    with frozen_at(at("2026-09-24 10:00")):
        small = build_money()
        case = claim(small)
        view = seen(small, case)
        with pytest.raises(RefusedError) as refused:
            paying.grant_payment(acting=small.command, view=view, version=view.version, fen=TEN_THOUSAND, reason="符合")
        page = signed_in(small, "command").get(f"/claims/{case.pk}/grant/").content.decode()
    assert refused.value.code == "services.budget.unknown"
    assert "由镇长，或者经办单位（command）的负责人录入" in page
    case.refresh_from_db()
    assert case.stage == "accepted"


def _form(clerk: Any, case: Case) -> dict[str, Any]:
    import re

    page = clerk.get(f"/claims/{case.pk}/grant/").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    return {**hidden, "amount": "10000", "reason": "三个条件都看过"}
