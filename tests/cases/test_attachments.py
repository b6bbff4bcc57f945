"""Files of a case: judged by content, stripped of position, kept with their entry or not at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from jinli.cases.models import Attachment, Case, Entry
from jinli.cases.services.attaching import LARGEST, Upload, attach, path_of, store
from jinli.cases.services.moving import MakeMove
from jinli.domain.errors import DomainError
from jinli.town.moment import frozen_at
from tests.cases.pages import html
from tests.cases.staff import Staff, at, staffed
from tests.cases.test_move_page import hidden
from tests.shared import shared

NOW = "2026-09-28 10:05"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """Hold the clock, so that nobody's session ends between two pages."""
    with frozen_at(at(NOW)):
        yield


@shared
def staff() -> Staff:
    return staffed()


def picture(kind: str = "JPEG") -> bytes:
    """Return a picture that says where it was taken."""
    held = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-OF-SOMEBODY"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (23.0, 10.0, 30.0)
    Image.new("RGB", (40, 20), "red").save(held, kind, exif=exif)
    return held.getvalue()


def office(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name in ("[Content_Types].xml", *names):
            packed.writestr(name, "<x/>")
    return held.getvalue()


def act(case: Case, **more: object) -> MakeMove:
    case.refresh_from_db()
    return MakeMove(case=case.pk, move="comment", version=case.version, given={"note": "见附件"}, **more)  # type: ignore[arg-type]


def test_a_file_is_kept_with_its_entry_and_comes_back_only_to_be_kept(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    browser, url = staff.client("grid"), f"/cases/{case.pk}/moves/comment/"
    file = SimpleUploadedFile("清运单.pdf", PDF, content_type="text/html")
    with frozen_at(at(NOW)):
        sent = browser.post(url, {"note": "见附件", "files": [file], **hidden(html(browser, url, NOW))})
    assert sent.status_code == 302
    row = Attachment.objects.get()
    entry = Entry.objects.select_related("payload").get(case=case, seq=row.entry_seq)
    assert entry.move == "comment"
    assert "清运单" in entry.payload.text
    assert "清运单" not in entry.body
    assert "清运单.pdf" in html(browser, f"/cases/{case.pk}/", NOW)
    answer = browser.get(f"/cases/{case.pk}/files/{row.pk}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[arg-type]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert path_of(row).is_relative_to(Path(settings.MEDIA_ROOT))


def test_a_file_is_only_for_those_who_see_its_case(staff: Staff) -> None:
    case, other = staff.filed("2026-09-28 09:00"), staff.filed("2026-09-28 09:00")
    with frozen_at(at(NOW)):
        attach(acting=staff.small.command, act=act(case), uploads=[Upload(name="a.pdf", content=PDF)])
    row = Attachment.objects.get()
    assert staff.client("water").get(f"/cases/{case.pk}/files/{row.pk}/").status_code == 404
    assert staff.client("grid").get(f"/cases/{other.pk}/files/{row.pk}/").status_code == 404
    assert staffed("990202001").client("command").get(f"/cases/{case.pk}/files/{row.pk}/").status_code == 404
    Attachment.objects.update(erased_at=at(NOW))
    assert staff.client("grid").get(f"/cases/{case.pk}/files/{row.pk}/").status_code == 404


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_forgets_where_and_by_what_it_was_taken(settings: object, tmp_path: Path, kind: str) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    assert Image.open(io.BytesIO(picture(kind))).getexif()
    [stored] = store([Upload(name="现场.jpg", content=picture(kind))])
    content = (tmp_path / stored.sha256[:2] / stored.sha256).read_bytes()
    kept = Image.open(io.BytesIO(content))
    assert kept.size == (40, 20)
    assert not kept.getexif()
    assert b"CAMERA-OF-SOMEBODY" not in content


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"<html><script>1</script>", "kind"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"x" * 400, "kind"),
        ("a.exe", b"MZ" + b"\x00" * 100, "kind"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        ("a.docx", office("word/document.xml", "word/vbaProject.bin"), "kind"),
        ("a.zip", office("anything.txt"), "kind"),
        ("a.pdf", b"", "empty"),
        ("a.pdf", PDF + b" " * LARGEST, "too_large"),
    ],
)
def test_what_the_content_does_not_show_to_be_safe_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(DomainError, match=f"cases.file.{code}"):
        store([Upload(name=name, content=content)])


def test_documents_of_an_office_without_macros_are_taken(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    found = store(
        [Upload(name="a", content=office("word/document.xml")), Upload(name="b", content=office("xl/workbook.xml"))]
    )
    assert [one.content_type.rsplit(".", 1)[1] for one in found] == ["document", "sheet"]


def test_at_most_five_files_come_with_one_act(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    with pytest.raises(DomainError, match="too_many"):
        attach(acting=staff.small.command, act=act(case), uploads=[Upload(name="a.pdf", content=PDF)] * 6)
    assert Case.objects.get(pk=case.pk).seq == 2


def test_the_name_of_a_file_leads_nowhere(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    names = [
        one.name for one in store([Upload(name=name, content=PDF) for name in ("../../etc/x.pdf", "C:\\y\\z.pdf")])
    ]
    assert names == ["x.pdf", "z.pdf"]


def test_a_refused_act_keeps_no_row_and_the_same_request_no_second(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    uploads = [Upload(name="a.pdf", content=PDF)]
    with frozen_at(at(NOW)):
        with pytest.raises(DomainError, match="not_your_duty"):
            attach(acting=staff.small.water, act=act(case), uploads=uploads)
        assert not Attachment.objects.exists()
        once = act(case, key="form-1")
        for _ in range(2):
            attach(acting=staff.small.command, act=once, uploads=uploads)
    assert Attachment.objects.count() == 1


def test_an_entry_that_is_lost_leaves_no_row(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    case = staff.filed("2026-09-28 09:00")

    def fail(**_: object) -> None:
        raise RuntimeError("the disk of the database is full")

    monkeypatch.setattr("jinli.cases.services.attaching.keep", fail)
    with pytest.raises(RuntimeError):
        attach(acting=staff.small.command, act=act(case), uploads=[Upload(name="a.pdf", content=PDF)])
    assert Case.objects.get(pk=case.pk).seq == 2
    assert not Attachment.objects.exists()
