"""At the counter a clerk takes supplied files, and fills a bundle in for the applicant."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from jinli.cases.models import Attachment, Case, Entry
from jinli.lines.services.models import BundleRun
from jinli.lines.services.services import acts
from jinli.town.moment import frozen_at
from tests.cases.small import at
from tests.lines.services.desk import Hall, hall
from tests.lines.services.together import ID, TYPED, WHO, WORKSHOP, town_with_bundles
from tests.lines.services.town import hidden
from tests.shared import shared

MONDAY = "2026-03-02 10:00"
FIRST = "/counter/together/open_workshop/"


@shared
def town() -> Hall:
    return town_with_bundles()


@shared
def desk() -> Hall:
    return hall()


def photograph() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(content, "PNG")
    return SimpleUploadedFile("租约.png", content.getvalue(), content_type="image/png")


def supplied(desk: Hall, **said: Any) -> tuple[Case, Any]:
    case = desk.apply("2026-09-24 10:00", materials={"form": "given", "lease": "missing", "pledge": "given"})
    desk.do("2026-09-24 11:00", acts.one_time_notice, case, "clerk", materials={"lease": "missing"})
    with frozen_at(at("2026-09-24 15:00")):
        known = {"version": case.version, "key": "supply-1", "do": "act", **said}
        answer = desk.client("clerk").post(f"/matters/{case.pk}/supply/", known)
    return case, answer


def test_a_file_handed_in_at_the_counter_stands_for_its_material(desk: Hall) -> None:
    case, answer = supplied(desk, **{"material-lease": photograph()})
    assert answer.status_code == 302
    assert Attachment.objects.get(case=case).entry_seq == Entry.objects.get(case=case, move="supply").seq
    with frozen_at(at("2026-09-24 15:10")):
        shown = desk.client("clerk").get(f"/cases/{case.pk}/").content.decode()
    assert "租约.png" in shown


def test_a_material_seen_on_paper_needs_no_file(desk: Hall) -> None:
    case, answer = supplied(desk, codes=["lease"])
    assert answer.status_code == 302
    assert not Attachment.objects.filter(case=case).exists()


def test_nothing_ticked_and_nothing_sent_is_said_and_writes_nothing(desk: Hall) -> None:
    case, answer = supplied(desk)
    assert answer.status_code == 422
    assert not Entry.objects.filter(case=case, move="supply").exists()


def test_a_file_of_a_wrong_kind_is_refused(desk: Hall) -> None:
    wrong = SimpleUploadedFile("租约.exe", b"MZ\x90\x00", content_type="application/octet-stream")
    case, answer = supplied(desk, **{"material-lease": wrong})
    assert answer.status_code == 422
    assert not Attachment.objects.filter(case=case).exists()


def filled(town: Hall) -> Client:
    clerk = town.client("clerk")
    begun = {**WHO, "id_number": ID, **{f"situation-{code}": answer for code, answer in WORKSHOP.items()}}
    assert clerk.post(FIRST, begun).status_code == 302
    page = clerk.get(f"{FIRST}fill/")
    assert "原件" in page.content.decode(), "the clerk ticks what was seen"
    sent = clerk.post(f"{FIRST}fill/", {"version": hidden(page, "version"), "do": "next", **TYPED})
    assert sent.status_code == 302, sent.content.decode()
    return clerk


def test_a_clerk_takes_a_bundle_in_and_prints_every_number(town: Hall) -> None:
    with frozen_at(at(MONDAY)):
        clerk = filled(town)
        assert clerk.get(f"{FIRST}check/").status_code == 200
        answer = clerk.post(f"{FIRST}check/", follow=True)
    run = BundleRun.objects.get()
    cases = [one.case for one in run.parts.exclude(case=None)]
    shown = answer.content.decode()
    assert len(cases) == 2
    assert all(case is not None and case.number in shown for case in cases)
    entry = Entry.objects.get(case=cases[0], seq=1)
    assert '"channel":"counter"' in entry.body


def test_the_counter_lists_the_bundles(town: Hall) -> None:
    with frozen_at(at(MONDAY)):
        assert FIRST in town.client("clerk").get("/counter/").content.decode()


def test_only_a_clerk_of_the_window_takes_a_bundle_in(town: Hall) -> None:
    with frozen_at(at(MONDAY)):
        assert town.client("officer").get(FIRST).status_code in (302, 403)
