"""Save an application that is not sent yet, resume it, send it, and erase what was never sent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from jinli.cases.identity import secret_hash
from jinli.cases.models import Attachment
from jinli.cases.services import Opened
from jinli.cases.services.attaching import Stored, Upload, store
from jinli.cases.services.opening import tracking_code
from jinli.domain.errors import ConflictError, InvalidInputError
from jinli.lines.services.models import Draft, DraftPaper
from jinli.lines.services.selectors.forms import materials_asked
from jinli.lines.services.selectors.held import held_of
from jinli.lines.services.selectors.items import Item
from jinli.lines.services.services.applying import ONLINE, Agent, Applicant, NewApplication, Paper, apply
from jinli.lines.services.services.waiting_parts import note_opened, run_of_waiting
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.ids import new_id
from jinli.town.models import Division, Party

#: How long a draft is kept after it was changed last (house rule).
KEPT_FOR: Final = timedelta(days=30)
MOST_PAPERS: Final = 30


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a draft holds: who applies, the answers, what was typed in the form, what is offered and what was seen."""

    applicant: Mapping[str, str] = field(default_factory=dict)
    situation: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)
    offers: Mapping[str, str] = field(default_factory=dict)
    shown: Sequence[str] = ()
    agent: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "applicant": dict(self.applicant),
            "situation": dict(self.situation),
            "typed": dict(self.typed),
            "offers": dict(self.offers),
            "shown": list(self.shown),
            "agent": dict(self.agent),
        }


def content_of_draft(draft: Draft) -> Content:
    """Return what a draft holds."""
    return Content(**draft.content) if draft.content else Content()


def begin(*, town: Division, item: Item, content: Content, party: Party | None = None) -> Draft:
    """Begin a draft. Drafts of the town that ran out are erased on the way, so that none waits for a clean-up."""
    at = moment.now()
    erase_expired(town, at)
    made = new_id()
    return Draft.objects.create(
        id=made,
        town=town,
        item=item.code,
        edition=item.edition,
        party=party,
        content=content.to_json(),
        code_hash=secret_hash(code_of(made)),
        made_at=at,
        changed_at=at,
        expires_at=at + KEPT_FOR,
    )


def code_of(draft: UUID) -> str:
    """Return the code of a draft; only the server can reckon it."""
    return tracking_code(_key(draft))


def _key(draft: UUID) -> str:
    return f"draft:{draft.hex}"


def save(*, draft: Draft, content: Content, version: int, whose: Party | None = None, known: bool = False) -> Draft:
    """Save what was typed and keep it for the full span again; `known` says anew whose it is, be it nobody's yet.

    Raises ConflictError `services.draft.changed_meanwhile` when the draft was saved elsewhere since the page was made;
    InvalidInputError `services.draft.gone` when it was sent or erased.
    """
    at = moment.now()
    more: dict[str, Any] = {"party": whose} if known else {}
    rows = Draft.objects.filter(pk=draft.pk, version=version, case=None)
    changed = rows.update(
        content=content.to_json(), version=version + 1, changed_at=at, expires_at=at + KEPT_FOR, **more
    )
    found = Draft.objects.filter(pk=draft.pk, case=None).first()
    if found is None:
        raise InvalidInputError("services.draft.gone")
    if not changed:
        raise ConflictError("services.draft.changed_meanwhile")
    return found


def add_papers(*, draft: Draft, material: str, uploads: Sequence[Upload]) -> list[DraftPaper]:
    """Keep files for a material of a draft. Raises InvalidInputError as `store`, and when there are too many."""
    if DraftPaper.objects.filter(draft=draft).count() + len(uploads) > MOST_PAPERS:
        raise InvalidInputError("services.draft.too_many_files", field=f"material-{material}", most=MOST_PAPERS)
    at = moment.now()
    return DraftPaper.objects.bulk_create(
        [
            DraftPaper(
                draft=draft, material=material, name=one.name, sha256=one.sha256, content_type=one.content_type,
                size=one.size, added_at=at,
            )
            for one in store(uploads)
        ]
    )  # fmt: skip


def remove_paper(*, draft: Draft, paper: UUID) -> None:
    """Take a file out of a draft."""
    row = DraftPaper.objects.filter(draft=draft, pk=paper).first()
    if row is not None:
        row.delete()
        _remove_files([row.sha256])


def draft_by_code(town: Division, code: str) -> Draft | None:
    """Return the draft of a code however it was typed, None when there is none or it ran out."""
    plain = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", code).upper())
    return alive(town).filter(code_hash=secret_hash(plain)).first() if plain else None


def draft_of(town: Division, pk: UUID) -> Draft | None:
    """Return a draft that can be gone on with."""
    return alive(town).filter(pk=pk).first()


def alive(town: Division) -> QuerySet[Draft]:
    """Return the drafts of a town that are neither sent nor over."""
    return Draft.objects.filter(town=town, case=None, expires_at__gt=moment.now())


def application_of(draft: Draft, item: Item, *, channel: str = ONLINE) -> NewApplication:
    """Return the application a draft stands for, with what the town holds laid under it.

    Files for materials this situation does not ask for stay behind.
    """
    content = content_of_draft(draft)
    asked = {one.code for one in materials_asked(item.row, content.situation)}
    papers = [
        Paper(
            material=one.material,
            stored=Stored(
                id=one.pk, name=one.name, sha256=one.sha256, content_type=one.content_type, size=one.size
            ),
        )
        for one in DraftPaper.objects.filter(draft=draft).order_by("added_at", "id")
        if one.material in asked or (one.material == "mandate" and content.agent)
    ]  # fmt: skip
    said = content.applicant
    return NewApplication(
        item=item,
        applicant=Applicant(
            kind=said.get("kind", ""),
            name=said.get("name", ""),
            telephone=said.get("telephone", ""),
            address=said.get("address", ""),
            id_number=said.get("id_number", ""),
            party=draft.party,
        ),
        channel=channel,
        situation=content.situation,
        typed=content.typed,
        held=held_of(draft.town, draft.party_id, item),
        shown=frozenset(content.shown),
        offers=content.offers,
        papers=papers,
        agent=_agent(content.agent),
        simulated=draft.town.simulated,
    )


def _agent(said: Mapping[str, str]) -> Agent | None:
    if not said.get("name"):
        return None
    return Agent(
        name=said["name"],
        id_number=said.get("id_number", ""),
        what=said.get("what", ""),
        until=date.fromisoformat(said["until"]),
    )


def send(*, acting: Acting, draft: Draft, item: Item, channel: str = ONLINE) -> tuple[Opened, str]:
    """Send a draft: it becomes a case and holds nothing any more. Return the case and the key of its code.

    Sent twice it is one case. Raises as `apply`.
    """
    key = _key(draft.pk)
    with transaction.atomic():
        application = application_of(draft, item, channel=channel)
        run = run_of_waiting(draft.pk)
        if run is not None:
            who = application.applicant
            application = replace(
                application, together=run.pk.hex, applicant=replace(who, party=who.party or run.party)
            )
        opened = apply(acting=acting, town=draft.town, application=application, key=key)
        if run is not None:
            note_opened(draft.pk, opened.id)
        Draft.objects.filter(pk=draft.pk).update(content={}, case=opened.id)
        DraftPaper.objects.filter(draft=draft).delete()
    return opened, key


def key_of(draft: UUID) -> str:
    """Return the key under which a draft was sent."""
    return _key(draft)


def erase_expired(town: Division, at: datetime) -> int:
    """Erase drafts that ran out, their files too, and return how many there were."""
    over = list(Draft.objects.filter(town=town, case=None, expires_at__lte=at).values_list("pk", flat=True)[:200])
    if over:
        erase(over)
    return len(over)


def erase(drafts: Sequence[UUID]) -> None:
    """Erase drafts with everything in them."""
    with transaction.atomic():
        digests = list(DraftPaper.objects.filter(draft__in=drafts).values_list("sha256", flat=True))
        Draft.objects.filter(pk__in=drafts, case=None).delete()
    _remove_files(digests)


def _remove_files(digests: Sequence[str]) -> None:
    """Remove stored files that neither a case nor another draft holds."""
    for sha in set(digests):
        if not (
            DraftPaper.objects.filter(sha256=sha).exists()
            or Attachment.objects.filter(sha256=sha, erased_at=None).exists()
        ):
            (Path(settings.MEDIA_ROOT) / sha[:2] / sha).unlink(missing_ok=True)
