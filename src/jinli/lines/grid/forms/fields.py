"""What all forms of the grid line share: words at the fields, refusals at the field they name, a form token."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django import forms

from jinli.domain.errors import DomainError
from jinli.ui.words import has_words, say, say_error


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
        for name, field in self.fields.items():
            if field.widget.is_hidden:
                continue
            word = self.words.get(name, f"{self.room}.{name}")
            field.label = say(f"{word}.label") if has_words(f"{word}.label") else say(word)
            field.help_text = say(f"{word}.hint") if has_words(f"{word}.hint") else ""
            field.error_messages["required"] = say("grid.required")

    def put(self, error: DomainError) -> None:
        """Say a refused rule at its field."""
        put_error(self, error)


class VersionedForm(WordedForm):
    """A form for a move on a case: it carries the version of the case that its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def choices(prefix: str, values: Any, *, empty: bool = False) -> list[tuple[str, str]]:
    """Return values with their words as choices."""
    found = [(str(one), say(f"{prefix}.{one}")) for one in values]
    return [("", say("ui.choose")), *found] if empty else found
