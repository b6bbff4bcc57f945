"""Forms of an applicant after sending: number and code, the code of a draft, a rating."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms

from jinli.lines.services.services.rating import SCORES
from jinli.ui.words import say


def new_token() -> str:
    """Return a fresh form token: the idempotency key of what the form does."""
    return secrets.token_urlsafe(18)


class WordedForm(forms.Form):
    """A form whose labels and hints are words: `services.follow.<field>` and `.hint` behind it."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if not field.widget.is_hidden:
                field.label = say(f"services.follow.{name}")
                field.help_text = say(f"services.follow.{name}.hint")
            field.error_messages["required"] = say("ui.field.fill")


class TrackForm(WordedForm):
    """Number and code of a receipt."""

    number = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    code = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
    )


class ResumeForm(WordedForm):
    """The code of a draft."""

    draft = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
    )


class ActForm(WordedForm):
    """What every act on a case carries: the version its page showed, and a token against sending twice."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = self.fields["key"].initial or new_token()


class RateForm(ActForm):
    """A rating of five levels and what the applicant wants to add."""

    score = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)
    note = forms.CharField(max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        score: Any = self.fields["score"]
        score.choices = [(str(one), say(f"services.score.{one}")) for one in SCORES]
