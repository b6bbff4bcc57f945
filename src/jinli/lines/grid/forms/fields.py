"""What all forms of the grid line share: words at the fields, refusals at the field they name, a form token."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.utils.choices import BaseChoiceIterator

from jinli.domain.errors import DomainError
from jinli.ui.words import has_words, say, say_error, tongue

UNKNOWN = "unknown"


def new_token() -> str:
    """Return a fresh form token: the idempotency key of what the form creates."""
    return secrets.token_urlsafe(18)


def put_error(form: forms.Form, error: DomainError) -> None:
    """Say a refused rule at the field it names, else above the form."""
    field = str(error.facts.get("field", ""))
    form.add_error(field if field in form.fields else None, say_error(error))


class WordedForm(forms.Form):
    """A form whose labels and hints are words: `<prefix>.<field>`, or what `words` names, and `.hint` behind it."""

    room: ClassVar[str] = "grid.field"
    words: ClassVar[dict[str, str]] = {}

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = self.fields["key"].initial or new_token()
        required = say("grid.required")
        for name, (label, hint) in _labels(type(self), tongue()).items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = required

    def put(self, error: DomainError) -> None:
        """Say a refused rule at its field."""
        put_error(self, error)


class Offered(BaseChoiceIterator):
    """Choices that are known as they stand: Django neither normalizes nor copies them anew for each form."""

    def __init__(self, *found: tuple[str, str]) -> None:
        self._found = found

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._found)

    def __deepcopy__(self, _memo: object) -> Offered:
        return self


def offered_places(places: Sequence[tuple[str, str]]) -> Offered:
    """Return the places of a town by code and name, and `not sure`."""
    return Offered(("", say("ui.choose")), *places, (UNKNOWN, say("grid.report.village.unknown")))


class VersionedForm(WordedForm):
    """A form for a move on a case: it carries the version of the case that its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


@cache
def _labels(form: type[WordedForm], _reader: str) -> dict[str, tuple[str, str]]:
    """Return label and hint of the fields that are seen, in the reader's language."""
    found = {}
    for name, field in form.base_fields.items():
        if not field.widget.is_hidden:
            word = form.words.get(name, f"{form.room}.{name}")
            label = say(f"{word}.label") if has_words(f"{word}.label") else say(word)
            found[name] = (label, say(f"{word}.hint") if has_words(f"{word}.hint") else "")
    return found


def choices(prefix: str, values: Any, *, empty: bool = False) -> list[tuple[str, str]]:
    """Return values with their words as choices."""
    found = [(str(one), say(f"{prefix}.{one}")) for one in values]
    return [("", say("ui.choose")), *found] if empty else found
