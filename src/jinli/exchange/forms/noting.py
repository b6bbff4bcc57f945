"""The number under which a case stands in another system."""

from __future__ import annotations

from typing import Any

from django import forms

from jinli.ui.forms import PlainForm
from jinli.ui.words import say


class NumberForm(PlainForm):
    """Ask for the foreign number and nothing else; carries how often it was noted, and a key against repeats."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, system: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["foreign_number"] = forms.CharField(
            label=say("exchange.foreign.number", system=system),
            required=False,  # the service says what is wrong with an empty one
            help_text=say("exchange.foreign.hint"),
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        )
