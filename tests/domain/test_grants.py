"""What may happen to a grant (Administrative Licensing Law arts. 49, 50, 69, 70)."""

from __future__ import annotations

from datetime import date

import pytest

from jinli.domain.errors import RefusedError
from jinli.domain.grants import GrantAct, GrantState, asked_in_time, next_end, possible, state_after


@pytest.mark.parametrize(
    ("state", "act", "after"),
    [
        ("valid", GrantAct.SUSPEND, GrantState.SUSPENDED),
        ("suspended", GrantAct.RESUME, GrantState.VALID),
        ("suspended", GrantAct.REVOKE, GrantState.REVOKED),
        ("expired", GrantAct.CANCEL, GrantState.CANCELLED),
        ("valid", GrantAct.CHANGE, GrantState.VALID),
        ("valid", GrantAct.DEEMED_RENEWED, GrantState.VALID),
    ],
)
def test_an_act_leads_to_its_state(state: str, act: GrantAct, after: GrantState) -> None:
    assert state_after(state, act) is after


@pytest.mark.parametrize(
    ("state", "act"),
    [
        ("revoked", GrantAct.SUSPEND),
        ("cancelled", GrantAct.REVOKE),
        ("expired", GrantAct.RENEW),
        ("suspended", GrantAct.CHANGE),
    ],
)
def test_what_is_over_is_not_brought_back(state: str, act: GrantAct) -> None:
    with pytest.raises(RefusedError):
        state_after(state, act)


def test_a_cancelled_grant_takes_no_further_change() -> None:
    assert possible("cancelled") == ()
    assert GrantAct.RESUME not in possible("valid")


@pytest.mark.parametrize(
    ("begin", "end", "following"),
    [
        pytest.param("2026-03-01", "2029-02-28", "2032-02-29", id="three years again, leap day and all"),
        pytest.param("2025-12-15", "2026-12-14", "2027-12-14", id="a year again"),
        pytest.param("2026-01-01", "2026-01-10", "2026-01-20", id="ten days again"),
    ],
)
def test_a_further_term_is_as_long_as_the_one_that_ends(begin: str, end: str, following: str) -> None:
    assert next_end(date.fromisoformat(begin), date.fromisoformat(end)) == date.fromisoformat(following)


def test_renewal_is_asked_for_thirty_days_before_the_end() -> None:
    assert asked_in_time(date(2026, 12, 31), date(2026, 12, 1))
    assert not asked_in_time(date(2026, 12, 31), date(2026, 12, 2))
