"""Forms of an enrolment season: checked points line by line, the wishes, the answer to an appeal."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from jinli.lines.services.forms.acts import ActForm, text
from jinli.lines.services.pages.wording import text_of
from jinli.lines.services.selectors.seasons import SeasonView
from jinli.ui.words import say

#: How many schools can be wished.
WISHES = 3


class PointsForm(ActForm):
    """The points as the office found them; what the applicant said is filled in and can be corrected."""

    def __init__(self, *args: Any, view: SeasonView | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if view is None:  # the page says that the application is in no season
            return
        for one in view.row.points:
            if one.points is None:
                continue
            label = text_of(one, "label")
            hint = say("services.season.proof", proof=text_of(one, "proof") or say("ui.unknown"))
            if one.how == "is":
                choices = [("", say("services.season.is_not")), (one.answer, say("services.season.is"))]
                self.fields[f"line-{one.code}"] = forms.ChoiceField(
                    label=label, help_text=hint, required=False, choices=choices, widget=forms.RadioSelect
                )
            else:
                self.fields[f"line-{one.code}"] = forms.CharField(
                    label=label, help_text=hint, required=False, max_length=12,
                    widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                )  # fmt: skip
        schools = [("", "—"), *((one.code, text_of(one)) for one in view.row.schools)]
        for number in range(1, WISHES + 1):
            self.fields[f"wish-{number}"] = forms.ChoiceField(
                label=say("services.season.wish", number=number), required=False, choices=schools
            )

    def values(self) -> dict[str, str]:
        """Return line -> value; an answer that does not count is `-`, so that it is known and counts nothing."""
        found = {}
        for name, value in self.cleaned_data.items():
            if name.startswith("line-"):
                choice = isinstance(self.fields[name], forms.ChoiceField)
                found[name.removeprefix("line-")] = str(value) or ("-" if choice else "")
        return found

    def wishes(self) -> list[str]:
        """Return the schools in their order."""
        said = [str(self.cleaned_data.get(f"wish-{number}") or "") for number in range(1, WISHES + 1)]
        return [one for one in said if one]


class AnswerForm(PointsForm):
    """The answer to an appeal; the points below count only when it is upheld."""

    words: ClassVar[dict[str, str]] = {
        "outcome": "services.season.outcome",
        "reason": "services.season.reason",
    }

    outcome = forms.ChoiceField(widget=forms.RadioSelect, choices=[("rejected", ""), ("upheld", "")])
    reason = text()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("outcome", [(one, say(f"services.season.outcome.{one}")) for one in ("rejected", "upheld")])
