"""What the holder of a grant types: a token so that it acts once, and what is to change."""

from __future__ import annotations

from typing import Any

from django import forms

from jinli.ui.words import say


class WishForm(forms.Form):
    """What is to change, in the holder's own words."""

    wish = forms.CharField(max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["wish"]
        field.label, field.help_text = say("services.grant.wish"), say("services.grant.wish.hint")
        field.error_messages["required"] = say("cases.grant.wish_missing")
