"""S4: thirty cases of September 2026 counted by hand; every figure on the board is the hand count.

Seen on Wednesday 30 September 2026 at 16:20. Working days: all weekdays but Friday the 25th (Mid-Autumn), and Sunday
the 20th, a make-up day; 1 to 7 October is National Day. Sorting takes 30 minutes, verification one working day,
call-back two, contesting five. The handling limit is two working days unless the row says ten.

 case   opened      what happens                                     kept late open void right wait sup
  1- 8  01-10 Sep   smooth: filed, solved, verified, called back        4    -    -    -     1    -   -   each
  9-10  11, 14      smooth, no telephone: the call-back is void         3    -    -    1     1    -   -   each
 11-13  02, 16, 17  answered without filing                             1    -    -    -     -    -   -   each
    14  14          solved on the 18th, due end of the 16th             3    1    -    -     1    -   1
    15  15          filed after 50 minutes instead of 30                3    1    -    -     1    -   1
    16  16          called back on the 21st, due end of the 18th        3    1    -    -     1    -   1
    17  17          sent back by verification, solved again             6    -    -    -     1    -   -
    18  08          contested by the reporter, solved again             7    -    -    -     2    -   -
    19  22          never solved, due end of the 24th: HIDDEN           1    -    1    -     -    -   -
    20  30          nobody sorted it, due 15:30, no tick since: HIDDEN  -    -    1    -     -    -   -
    21  29          due end of 8 October                                1    -    -    -     -    1   -
    22  28          due end of the 30th: near                           1    -    -    -     -    1   -
    23  30          reported ten minutes ago                            -    -    -    -     -    1   -
    24  28          solved, verification due end of 8 October           2    -    -    -     -    1   -
    25  27 Aug      all kept in August; contesting ran into September   -    -    -    -     1    -   -
    26  28 Aug      due end of 1 September, solved on the 3rd           2    1    -    -     1    -   1
    27  07          whistle, one department, verified next day          9    -    -    -     2    -   -
    28  30          whistle to two; one refused, to be arbitrated       5    -    -    1     2    5   -
    29  30          whistle that nobody signed for yet                  3    -    -    -     -    4   -
    30  21          whistle withdrawn, solved by the town               6    -    -    3     1    -   -
 sum                                                                   93    4    2    6    23   13   4

On time is 93 of 99 (93 + 4 + 2), 93.9 %. The usual formula hides the two that are overdue and open: 93 of 97, 95.9 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinli.cases.models import Case, Clock
from jinli.cases.services.bulk import LINKED, Script, ScriptedAct, record_many
from jinli.cases.services.opening import OpenCase
from jinli.domain.limits import TimeLimit, Unit
from jinli.site.board import Board
from jinli.town.models import Place
from jinli.town.moment import frozen_at
from tests.cases.small import at
from tests.domain.procedures import WHISTLE_TERMS
from tests.lines.grid.whistling import Whistling, whistling
from tests.shared import shared

NOW = at("2026-09-30 16:20")
BODIES = {"owner": "command", "handler": "command", "leader": "government", "arbiter": "whistle_office"}
TWO = TimeLimit(amount=2, unit=Unit.WORKING_DAY, source="样本")
TEN = TimeLimit(amount=10, unit=Unit.WORKING_DAY, source="样本")
ANSWERS = {7: "unsolved", 8: "unreachable"}
SCORES = {1: 5, 2: 4, 3: 3, 4: 2, 5: 1}


class Thirty:
    """Writes the thirty scripts; each act is one line that reads like the table above."""

    def __init__(self, town: Whistling) -> None:
        self.town, self.small = town, town.small
        self.places = {"east": self.small.places["east"]}
        for number, (code, kind, name, status) in enumerate(
            (
                ("west", "village", "西围村", "confirmed"),
                ("mill", "community", "水碾社区", "confirmed"),
                ("unknown", "unit", "", "unknown"),
                ("park", "zone", "工业园", "confirmed"),
            ),
            start=2,
        ):
            self.places[code], _ = Place.objects.get_or_create(
                town=self.small.town,
                code=code,
                defaults={"kind": kind, "name": name, "ordinal": number, "status": status},
            )

    def act(self, when: str, move: str, who: str = "command", **more: Any) -> ScriptedAct:
        acting = self.town.reporter if who == "reporter" else getattr(self.small, who)
        return ScriptedAct(at=at(f"2026-{when}"), acting=acting, move=move, **more)

    def filed(self, when: str, limit: TimeLimit = TWO) -> ScriptedAct:
        return self.act(when, "file", given={"standard": "s", "handler": "command"}, terms={"handle": limit})

    def solved(self, when: str) -> ScriptedAct:
        return self.act(when, "solve", given={"result": "清理"})

    def verified(self, when: str) -> ScriptedAct:
        return self.act(when, "verify_passed", "grid")

    def called(self, when: str, answer: str = "solved") -> ScriptedAct:
        return self.act(when, "call_back", given={"answer": answer})

    def done(self, day: str, answer: str = "solved") -> list[ScriptedAct]:
        """Filed at 9:10, solved at 11, verified at 14:45, called back at 15:30 of the same day."""
        called = [self.called(f"{day} 15:30", answer)] if answer else []
        return [self.filed(f"{day} 09:10"), self.solved(f"{day} 11:00"), self.verified(f"{day} 14:45"), *called]

    def exit(self, when: str, kind: str, line: str = "") -> ScriptedAct:
        given = {"exit": kind, "reason": "不属于镇的职责", "reply": "请找主管部门"} | (
            {"duty_line": line} if line else {}
        )
        return self.act(when, "exit", given=given)

    def blown(self, *whens: str, place: str = "east", assisting: tuple[str, ...] = ()) -> list[ScriptedAct]:
        """Blow, approve and dispatch at three moments."""
        given = {"kind": "ordinary", "duty_line": "47", "lead": "ecology", "reason": "镇无权取样"}
        linked = OpenCase(
            type_code="whistle", title="涉水污染", channel="page", given=given, terms=WHISTLE_TERMS, bodies=BODIES,
            class_code="E0402", place=self.places[place],
        )  # fmt: skip
        blow, approve, dispatch = whens
        sent = {"lead": "ecology", "assisting": list(assisting)}
        return [
            self.act(blow, "blow", given=given, linked=linked),
            self.act(approve, "approve", "head", on=LINKED),
            self.act(dispatch, "dispatch", on=LINKED, given=sent),
        ]

    def department(self, when: str, move: str, track: str, who: str, **given: str) -> ScriptedAct:
        return self.act(when, move, who, on=LINKED, track=track, given=given)

    def acts(self) -> dict[int, tuple[str, list[ScriptedAct]]]:
        """Return the moment of opening and the acts of each case."""
        smooth = {1: "01", 2: "02", 3: "03", 4: "04", 5: "07", 6: "08", 7: "09", 8: "10"}
        found: dict[int, tuple[str, list[ScriptedAct]]] = {}
        for number, day in smooth.items():
            acts = self.done(f"09-{day}", ANSWERS.get(number, "solved"))
            if number in SCORES:
                rated = self.act(f"09-{day} 16:00", "rate", "reporter", given={"rating": SCORES[number]})
                acts.append(rated)
            found[number] = (f"09-{day} 09:00", acts)
        return found | {
            9: ("09-11 09:00", self.done("09-11", "")),
            10: ("09-14 09:00", self.done("09-14", "")),
            11: ("09-02 09:00", [self.exit("09-02 09:10", "outside_duties", "52")]),
            12: ("09-16 09:00", [self.exit("09-16 09:10", "outside_duties")]),
            13: ("09-17 09:00", [self.exit("09-17 09:10", "emergency")]),
            14: (
                "09-14 09:00",
                [
                    self.filed("09-14 09:10"),
                    self.solved("09-18 11:00"),
                    self.verified("09-18 14:45"),
                    self.called("09-18 15:30"),
                ],
            ),
            15: (
                "09-15 09:00",
                [
                    self.filed("09-15 09:50"),
                    self.solved("09-15 11:00"),
                    self.verified("09-15 14:45"),
                    self.called("09-15 15:30", "unsolved"),
                ],
            ),
            16: ("09-16 09:00", [*self.done("09-16", ""), self.called("09-21 10:00")]),
            17: (
                "09-17 09:00",
                [
                    self.filed("09-17 09:10"),
                    self.solved("09-17 11:00"),
                    self.act("09-17 14:45", "verify_returned", "grid", given={"reason": "还有积水"}),
                    self.solved("09-18 10:00"),
                    self.verified("09-18 11:00"),
                    self.called("09-18 15:30"),
                ],
            ),
            18: (
                "09-08 09:00",
                [
                    *self.done("09-08", "unsolved"),
                    self.act("09-10 09:00", "contest", "reporter", given={"reason": "又堵了"}),
                    self.solved("09-11 10:00"),
                    self.verified("09-11 14:45"),
                    self.called("09-11 15:30"),
                ],
            ),
            19: ("09-22 09:00", [self.filed("09-22 09:10")]),
            20: ("09-30 15:00", []),
            21: ("09-29 10:00", [self.filed("09-29 10:10")]),
            22: ("09-28 10:00", [self.filed("09-28 10:10")]),
            23: ("09-30 16:10", []),
            24: ("09-28 09:00", [self.filed("09-28 09:10"), self.solved("09-30 11:00")]),
            25: ("08-27 09:00", self.done("08-27")),
            26: (
                "08-28 09:00",
                [
                    self.filed("08-28 09:10"),
                    self.solved("09-03 10:00"),
                    self.verified("09-03 11:00"),
                    self.called("09-03 15:30"),
                ],
            ),
            27: (
                "09-07 09:00",
                [
                    self.filed("09-07 09:10", TEN),
                    *self.blown("09-07 09:20", "09-07 09:30", "09-07 09:40"),
                    self.department("09-07 10:00", "sign_in", "a1", "ecology"),
                    self.department("09-07 11:00", "contact", "a1", "ecology", note="已联系"),
                    self.department("09-08 10:00", "report", "a1", "ecology", result="已封堵"),
                    self.act("09-08 15:00", "verify_passed", "grid", on=LINKED, given={"result": "水清"}),
                    self.called("09-08 16:00"),
                ],
            ),
            28: (
                "09-30 09:00",
                [
                    self.filed("09-30 09:10", TEN),
                    *self.blown("09-30 09:20", "09-30 09:30", "09-30 09:40", place="west", assisting=("water",)),
                    self.department("09-30 10:00", "sign_in", "a1", "ecology"),
                    self.department("09-30 10:10", "refuse", "a2", "water", reason="不归我局", legal_basis="演示"),
                    self.department("09-30 11:00", "contact", "a1", "ecology", note="已联系"),
                ],
            ),
            29: (
                "09-30 14:40",
                [
                    self.filed("09-30 14:50", TEN),
                    *self.blown("09-30 15:00", "09-30 15:10", "09-30 15:30", place="park"),
                ],
            ),
            30: (
                "09-21 09:00",
                [
                    self.filed("09-21 09:10", TEN),
                    *self.blown("09-21 09:20", "09-21 09:30", "09-21 09:40"),
                    self.act("09-21 10:00", "withdraw", on=LINKED, given={"reason": "镇里能办"}),
                    self.solved("09-22 10:00"),
                    self.verified("09-22 11:00"),
                    self.called("09-22 15:30", "unreachable"),
                ],
            ),
        }  # fmt: skip

    def scripts(self, source: str = "s4") -> Iterator[Script]:
        """Yield the thirty scripts; the twentieth stops before its due moment, as if no tick had come since."""
        where = {19: "east", 21: "east", 22: "west", 28: "west", 23: "mill", 29: "park", 20: "", 24: ""}
        for number, (opened, acts) in self.acts().items():
            spec = OpenCase(
                type_code="grid_report",
                title=f"第 {number} 件",
                channel="public",
                class_code="P0102" if number in {1, 2, 3, 4, 19, 22} else "E0402",
                place=self.places.get(where.get(number, "east")),
                facts={"anonymous": True} if number in {9, 10} else {},
                bodies=BODIES,
                private={"text": "样例"},
                happened_at=at(f"2026-{opened}"),
            )
            until = at("2026-09-30 15:00") if number == 20 else NOW
            yield Script(source=source, key=str(number), acting=self.town.reporter, spec=spec, acts=acts, until=until)


@shared
def town() -> Whistling:
    made = whistling()
    refused = [
        one for part in record_many(town=made.small.town, scripts=Thirty(made).scripts()) for one in part.refused
    ]
    assert refused == []
    return made


@pytest.fixture
def head(town: Whistling) -> Client:
    return town.client("head")


def opened(client: Client, url: str = "/board/") -> Any:
    with frozen_at(NOW):
        answer = client.get(url)
    assert answer.status_code == 200
    return answer


def board_of(client: Client) -> Board:
    page: Board = opened(client).context["page"]
    return page


def test_the_thirty_cases_are_as_the_table_says(town: Whistling) -> None:
    reports = Case.objects.filter(type_code="grid_report")
    assert (reports.count(), Case.objects.filter(type_code="whistle").count()) == (30, 4)
    hidden = Clock.objects.filter(ended_at=None, due_at__lte=NOW, right=False).exclude(code="supervision")
    assert sorted(hidden.values_list("case__title", "code", "verdict")) == [
        ("第 19 件", "handle", "broken"),
        ("第 20 件", "intake", "open"),  # the stored flag still says open: no tick has looked
    ]


def test_on_time_is_the_hand_count_and_names_what_the_usual_formula_hides(head: Client) -> None:
    box = board_of(head).on_time
    assert (box.kept.count, box.done_late.count, box.open_late.count, box.total.count) == (93, 4, 2, 99)
    assert {one.label: one.count for one in box.excluded} == {
        "作废": 6, "权利（用不用随人）": 23, "还没到期": 13, "督办（不是承诺）": 4,
    }  # fmt: skip
    page = opened(head).content.decode()
    assert "93.9%" in page
    assert "95.9%" in page  # 93 of 97, named and not used
    assert [(one.label, one.rate.numerator, one.rate.denominator) for one in box.months[-2:]] == [
        ("8月", 5, 5),  # case 25 four times, and the sorting of case 26
        ("9月", 93, 99),
    ]
    assert box.months[-2].percent == "—"


def test_response_resolution_satisfaction_and_whistles_are_the_hand_counts(head: Client) -> None:
    found = {line.code: line for line in board_of(head).rates}
    counts = {
        code: (line.rate.numerator, line.rate.denominator, dict(line.rate.excluded)) for code, line in found.items()
    }
    # Call-backs 8 + (14, 15, 17) + twice 18 + (26, 27, 30) in time = 16, case 16 late; contacts of 27 and 28.
    assert counts["response"] == (18, 19, {"no_telephone": 2, "exited": 3})
    # Solved: 1-6, 14, 16, 17, 18, 26, 27. Not: 7, 15, 18 the first time. Not reached: 8, 30.
    assert counts["resolution"] == (12, 15, {"unreached": 2, "no_telephone": 2})
    # Scores 5, 4, 3 against 2, 1; of fifteen that were reached ten gave none.
    assert counts["satisfaction"] == (3, 5, {"not_rated": 10})
    assert found["satisfaction"].rate.share is None  # fewer than ten
    # Filed in September: thirty without the exits (3), the unsorted (20, 23) and August (25, 26).
    assert counts["whistle"] == (4, 23, {"exited": 3})
    assert "高于提示线" in found["whistle"].warning


def test_open_promises_add_up_by_direction_and_by_village(head: Client) -> None:
    page = board_of(head)
    arrows = {one.code: (one.open.count, one.late.count, one.near.count) for one in page.arrows}
    assert arrows == {"industry": (0, 0, 0), "renewal": (2, 1, 1), "reform": (13, 1, 1)}
    assert [one.built for one in page.arrows] == [False, True, True]
    tiles = [(one.name, one.known, one.open.count, one.late.count) for one in page.villages.tiles]
    assert tiles == [
        ("东围村", True, 2, 1),
        ("西围村", True, 6, 0),
        ("水碾社区", True, 1, 0),
        ("待补", False, 0, 0),
        ("工业园", True, 4, 0),
        ("未定村居", True, 2, 1),
    ]
    assert (page.villages.open.count, page.villages.late.count) == (15, 2)
    assert (page.villages.units, page.villages.unknown) == (4, 1)


def test_whistles_in_the_air_and_what_is_not_ours(head: Client) -> None:
    page = board_of(head)
    box = page.whistles
    assert (box.total.count, box.unsigned.count, box.refused.count) == (2, 1, 1)
    # By the next due moment: sign-in of case 29 at 16:30 (near), then the contact of case 28 next morning.
    assert [(line.step, line.look) for line in box.lines] == [("无人签收", "near"), ("退单，等裁定", "running")]
    assert any("whistle_office裁定" in note for note in box.lines[1].notes)
    assert page.outside.count == 2
    assert [one.title for one in page.elsewhere] == ["第 12 件", "第 11 件"]
    assert "52" in page.elsewhere[1].line
    assert page.elsewhere[1].lead == "water"


def numbers(page: str) -> list[tuple[str, int]]:
    """Return every number on a page that is a link, with its address."""
    links = re.findall(r'<a[^>]*href="(/board/list/[^"]*)"[^>]*>(.*?)</a>', page, flags=re.DOTALL)
    found = []
    for url, text in links:
        count = re.findall(r"\d+", re.sub(r"<[^>]*>", " ", text))
        if len(count) == 1:
            found.append((unescape(url), int(count[0])))
    return found


def test_every_number_on_the_board_is_as_long_as_the_list_behind_it(head: Client) -> None:
    shown = numbers(opened(head).content.decode())
    assert len(shown) > 55
    for url, count in dict(shown).items():
        page = opened(head, url)
        listed = page.content.decode().count('class="list-row"')
        assert (url, listed, page.context["page"].total) == (url, count, count)


def test_a_list_opened_later_is_still_the_list_of_that_moment(head: Client, town: Whistling) -> None:
    shown = dict(numbers(opened(head).content.decode()))
    town.tick("2026-10-09 09:00")  # ten days on: much fell due meanwhile
    later = town.client("head")
    for url, count in shown.items():
        with frozen_at(at("2026-10-09 09:00")):
            assert later.get(url).context["page"].total == count, url


def test_the_board_costs_the_same_with_sixty_cases_as_with_thirty(head: Client, town: Whistling) -> None:
    def statements(client: Client) -> int:
        opened(client)  # procedures and calendar are read once and held
        with CaptureQueriesContext(connection) as caught:
            opened(client)
        return len(caught)

    thirty = statements(head)
    assert list(record_many(town=town.small.town, scripts=Thirty(town).scripts("again")))
    assert board_of(head).on_time.total.count == 2 * 99
    assert statements(head) == thirty <= 20


def test_a_board_without_any_case_stands_and_says_so(town: Whistling) -> None:
    client = whistling("990202001").client("head")
    page = board_of(client)
    assert (page.on_time.total.count, page.villages.open.count, page.whistles.total.count) == (0, 0, 0)
    assert page.on_time.figure.rate.share is None
    text = opened(client).content.decode()
    assert "没有在途的哨" in text
    assert "%</b>" not in text
    assert set(dict(numbers(text)).values()) == {0}


def test_the_journal_of_a_hidden_one_says_what_the_board_says(town: Whistling) -> None:
    case = Case.objects.get(title="第 19 件")
    assert list(case.entries.order_by("seq").values_list("move", flat=True)) == [
        "report", "file", "supervise", "escalate",
    ]  # fmt: skip
    assert case.clocks.get(code="handle").due_at == at("2026-09-25 00:00")
    assert NOW - case.clocks.get(code="handle").due_at > timedelta(days=5)
