"""Say how a source is read: its limit rules, whether titles are shown, what its columns and names mean. See ADR 14.

What changes here holds for mirrors opened afterwards: a limit is pinned when a matter is taken in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.exchange.models import Layout, NameLink, Source, SourceChange
from jinli.exchange.rows.limits import LimitRule
from jinli.exchange.selectors.samples import sample_rules
from jinli.town import moment
from jinli.town.acting import Acting

What = SourceChange.What


@transaction.atomic
def save_rules(*, acting: Acting, source: int, version: int | None, rules: Sequence[LimitRule]) -> Source:
    """Replace the limit rules, in this order; the first that fits counts.

    Raises
    ------
    Source.DoesNotExist : no such source in the town.
    RefusedError : another body looks after it.
    ConflictError : somebody else changed it since the page was made.
    """
    held = _locked(acting, source, version)
    after = [rule.to_json() for rule in rules]
    if after != held.rules:
        _note(held, acting, What.RULES, held.rules, after)
        held.rules = after
        _raise(held)
    return held


@transaction.atomic
def adopt_sample(*, acting: Acting, source: int, version: int | None, code: str) -> Source:
    """Put a sample rule behind the town's own. Raises as `save_rules`, and InvalidInputError for an unknown one."""
    found = next((one for one in sample_rules() if one.code == code), None)
    held = _locked(acting, source, version)
    if found is None:
        raise InvalidInputError("exchange.rule.no_such_sample", field="code", value=code)
    after = [*held.rules, found.rule.to_json()]
    _note(held, acting, What.RULES, held.rules, after)
    held.rules = after
    return _raise(held)


@transaction.atomic
def show_titles(*, acting: Acting, source: int, version: int | None, shown: bool) -> Source:
    """Say whether titles may stand in lists. Raises as `save_rules`."""
    held = _locked(acting, source, version)
    if held.title_shown != shown:
        _note(held, acting, What.TITLES, held.title_shown, shown)
        held.title_shown = shown
        _raise(held)
    return held


@transaction.atomic
def forget_layout(*, acting: Acting, source: int, layout: int) -> Source:
    """Forget how the columns of one shape of export are read; the next one is asked for again.

    Raises as `save_rules`, and Layout.DoesNotExist.
    """
    held = _locked(acting, source, None)
    row = Layout.objects.get(pk=layout, source=held)
    _note(held, acting, What.LAYOUT, row.columns, None)
    row.delete()
    return held


@transaction.atomic
def forget_name(*, acting: Acting, source: int, link: int) -> Source:
    """Forget what a name of the source means here. Raises as `save_rules`, and NameLink.DoesNotExist."""
    held = _locked(acting, source, None)
    row = NameLink.objects.get(pk=link, source=held)
    _note(held, acting, What.NAME, {"kind": row.kind, "text": row.text, "code": row.code}, None)
    row.delete()
    return held


def _locked(acting: Acting, source: int, version: int | None) -> Source:
    held = Source.objects.select_for_update(of=("self",)).select_related("watched_by").get(pk=source, town=acting.town)
    if held.watched_by_id != acting.body_id:
        raise RefusedError("exchange.source.other_body_watches", body=held.watched_by.name)
    if version is not None and held.version != version:
        raise ConflictError("exchange.source.changed_meanwhile")
    return held


def _note(held: Source, acting: Acting, what: str, before: Any, after: Any) -> None:
    assert acting.person is not None
    SourceChange.objects.create(
        source=held, what=what, before=before, after=after, changed_by_id=acting.person, changed_at=moment.now()
    )


def _raise(held: Source) -> Source:
    held.version += 1
    held.save(update_fields=["rules", "title_shown", "version"])
    return held
