"""Forms of the register of powers: fill in, name, what came with it, recall, the answer of the town head."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from jinli.domain.competence import HAND_OVER, IN_FLIGHT, MODES
from jinli.domain.errors import DomainError
from jinli.town.models import PowerReview
from jinli.town.services.powers import Known, Recall
from jinli.ui.forms import PlainForm
from jinli.ui.words import has_words, say, say_error

Choices = Sequence[tuple[str, str]]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PowerForm(PlainForm):
    """A form of the register: labels are words of its room, and a refused rule is said at its field."""

    room: ClassVar[str] = "services.power.column"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if not field.widget.is_hidden:
                field.label = say(f"{self.room}.{name}")
                hint = f"{self.room}.{name}.hint"
                field.help_text = say(hint) if has_words(hint) else ""

    def put(self, error: DomainError) -> None:
        """Say a refused rule at the field it names, else above the form."""
        field = str(error.facts.get("field", ""))
        self.add_error(field if field in self.fields else None, say_error(error))


class FillForm(PowerForm):
    """How a power came to the town."""

    version = forms.CharField(max_length=64, widget=forms.HiddenInput)
    mode = forms.ChoiceField()
    authority = forms.ChoiceField(required=False)
    to_body = forms.ChoiceField()
    instrument = forms.CharField(max_length=200, required=False)
    number = forms.CharField(max_length=80, required=False)
    valid_from = forms.DateField(required=False, widget=_day())
    scope = forms.CharField(max_length=300, required=False)
    source = forms.CharField(max_length=300)

    def __init__(self, *args: Any, above: Choices, ours: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", say("ui.choose"))
        self.fields["mode"].choices = [none, *((one, say(f"town.power.mode.{one}")) for one in MODES)]  # type: ignore[attr-defined]
        self.fields["authority"].choices = [none, *above]  # type: ignore[attr-defined]
        self.fields["to_body"].choices = [none, *ours]  # type: ignore[attr-defined]

    def known(self) -> Known:
        """Return what was typed."""
        said = self.cleaned_data
        names = ("mode", "authority", "to_body", "instrument", "number", "valid_from", "scope", "source")
        return Known(**{name: said[name] for name in names})


class NameForm(PowerForm):
    """One matter of a wave of which only the number was known."""

    item = forms.RegexField(r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=40)
    title = forms.CharField(max_length=80)
    source = forms.CharField(max_length=300)


class SupportForm(PowerForm):
    """What came with a power; an empty field stays unknown."""

    room: ClassVar[str] = "services.came"

    version = forms.CharField(max_length=64, widget=forms.HiddenInput)
    trained_staff = forms.IntegerField(min_value=0, max_value=9999, required=False)
    posts = forms.IntegerField(min_value=0, max_value=9999, required=False)
    money_yuan = forms.DecimalField(min_value=0, max_digits=14, decimal_places=2, required=False)
    came_with_source = forms.CharField(max_length=300, required=False)


class RecallForm(PowerForm):
    """A recall: the first day without the power, why, by which paper, and the cases in flight."""

    room: ClassVar[str] = "services.recall"

    version = forms.CharField(max_length=64, widget=forms.HiddenInput)
    on = forms.DateField(widget=_day())
    reason = forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    instrument = forms.CharField(max_length=200)
    in_flight = forms.ChoiceField(widget=forms.RadioSelect, initial=HAND_OVER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["in_flight"].choices = [(one, say(f"town.power.in_flight.{one}")) for one in IN_FLIGHT]  # type: ignore[attr-defined]

    def recall(self) -> Recall:
        """Return what was typed."""
        said = self.cleaned_data
        return Recall(on=said["on"], reason=said["reason"], instrument=said["instrument"], in_flight=said["in_flight"])

    @property
    def day(self) -> date | None:
        """Return the day that was typed, when it is one."""
        return self.cleaned_data.get("on") if self.is_bound and hasattr(self, "cleaned_data") else None


class AnswerForm(PowerForm):
    """The answer of the town head to the health of a power."""

    room: ClassVar[str] = "services.answer"

    answer = forms.ChoiceField(widget=forms.RadioSelect)
    reason = forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(one, say(f"town.power.answer.{one}")) for one in PowerReview.Answer.values]
        self.fields["answer"].choices = words  # type: ignore[attr-defined]
