"""The form of a step on a bad rating."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from jinli.lines.services.forms.acts import ActForm, Choices, text


class RatedForm(ActForm):
    """Which step, and what was found or done."""

    words: ClassVar[dict[str, str]] = {"step": "services.rated.step", "result": "services.rated.result"}
    step = forms.ChoiceField(widget=forms.RadioSelect)
    result = text(4)

    def __init__(self, *args: Any, steps: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("step", steps)
        if len(steps) == 1:
            self.fields["step"].initial = steps[0][0]
