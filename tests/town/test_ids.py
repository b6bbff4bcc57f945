"""Identifiers grow with time, never meet, and leave room where a case derives others from its own."""

from __future__ import annotations

import time

from jinli.cases.identity import case_id, part_id
from jinli.town.ids import new_id

MANY = 5_000


def test_ids_are_version_7_and_none_is_given_twice() -> None:
    found = {new_id() for _ in range(MANY)}
    assert len(found) == MANY
    assert {(one.version, one.variant) for one in found} == {(7, "specified in RFC 4122")}


def test_an_id_begins_with_its_moment_so_that_indexes_grow_at_their_end() -> None:
    before = time.time_ns() // 1_000_000
    first = new_id()
    time.sleep(0.003)
    second = case_id()
    assert before <= first.int >> 80 < second.int >> 80 <= time.time_ns() // 1_000_000


def test_the_ids_of_cases_leave_16_bits_free_for_their_parts() -> None:
    cases = [case_id() for _ in range(MANY)]
    assert not any(case.int & 0xFFFF for case in cases)
    parts = {part_id(case, kind, number) for case in cases for kind in ("entry", "clock") for number in (1, 16_383)}
    assert len(parts | set(cases)) == MANY * 5
    assert all(part.int >> 16 in {case.int >> 16 for case in cases} for part in list(parts)[:3])
