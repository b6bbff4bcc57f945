"""Forms for staff: intake, finding, filing, the six exits, solving, calling back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms

from jinli.domain.errors import InvalidInputError
from jinli.lines.grid.forms.fields import UNKNOWN, VersionedForm, WordedForm, choices, offered_places
from jinli.lines.grid.services.intake import MOST_CHARACTERS, STAFF_CHANNELS, Told
from jinli.lines.grid.services.reports import (
    ANSWERS,
    EMERGENCY_LINES,
    EXITS,
    LAWFUL_CHANNELS,
    PROMISE_UNITS,
    SATISFACTION,
    Promise,
)
from jinli.ui.words import say

_MOMENT = "%Y-%m-%dT%H:%M"


def moment_field() -> forms.DateTimeField:
    """Return a field for a moment on the town's clock; the value is naive until `in_zone`."""
    return forms.DateTimeField(
        required=False,
        input_formats=[_MOMENT, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
    )


def in_zone(found: datetime | None, zone: str) -> datetime | None:
    """Return what was typed as a moment of the town, `None` for nothing."""
    return None if found is None else found.replace(tzinfo=ZoneInfo(zone))


class IntakeForm(WordedForm):
    """What somebody says by telephone, at the counter or through 12345."""

    room: ClassVar[str] = "grid.intake"

    channel = forms.ChoiceField(widget=forms.RadioSelect)
    foreign_number = forms.CharField(max_length=80, required=False)
    received_at = moment_field()
    text = forms.CharField(max_length=MOST_CHARACTERS, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    village = forms.ChoiceField(required=False)
    address = forms.CharField(max_length=200, required=False)
    name = forms.CharField(max_length=60, required=False)
    telephone = forms.CharField(max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}))

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel: Any = self.fields["channel"]
        channel.choices = choices("domain.channel", STAFF_CHANNELS)
        village: Any = self.fields["village"]
        village.choices = offered_places(places)

    def told(self) -> Told:
        """Return what was told."""
        said = self.cleaned_data
        place = "" if said["village"] == UNKNOWN else said["village"]
        return Told(
            text=said["text"], place=place, address=said["address"], name=said["name"], telephone=said["telephone"]
        )


class FindForm(WordedForm):
    """What a grid worker found: class and place are enough."""

    room: ClassVar[str] = "grid.find"

    class_code = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    other = forms.ChoiceField(required=False)
    village = forms.ChoiceField(required=False)
    address = forms.CharField(max_length=200, required=False)
    text = forms.CharField(max_length=MOST_CHARACTERS, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self,
        *args: Any,
        places: Sequence[tuple[str, str]],
        frequent: Sequence[tuple[str, str]],
        others: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        first: Any = self.fields["class_code"]
        first.choices = list(frequent)
        rest: Any = self.fields["other"]
        rest.choices = [("", say("ui.choose")), *others]
        village: Any = self.fields["village"]
        village.choices = offered_places(places)

    def found(self) -> dict[str, str]:
        """Return class, place, address and words; another class than the frequent ones counts when it is chosen."""
        said = self.cleaned_data
        return {
            "class_code": said["other"] or said["class_code"],
            "place": "" if said["village"] == UNKNOWN else said["village"],
            "address": said["address"],
            "text": said["text"],
        }


class FileForm(VersionedForm):
    """The standard, the handler, and a promise where no source gives a limit."""

    room: ClassVar[str] = "grid.file"

    standard = forms.CharField(max_length=120, required=False)
    handler = forms.ChoiceField(required=False)
    handler_reason = forms.CharField(max_length=300, required=False)
    promise_amount = forms.IntegerField(min_value=1, max_value=999, required=False)
    promise_unit = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, handlers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handler: Any = self.fields["handler"]
        handler.choices = [("", say("ui.choose")), *handlers]
        unit: Any = self.fields["promise_unit"]
        unit.choices = choices("grid.unit", PROMISE_UNITS)

    def promise(self) -> Promise | None:
        """Return the promise that was entered, `None` for none."""
        said = self.cleaned_data
        return Promise(amount=said["promise_amount"], unit=said["promise_unit"]) if said["promise_amount"] else None


class ExitForm(VersionedForm):
    """One of six lawful exits with what it asks for, a reason and a reply."""

    room: ClassVar[str] = "grid.exit"

    exit = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    line = forms.ChoiceField(required=False)
    lawful = forms.ChoiceField(required=False)
    earlier = forms.CharField(max_length=40, required=False)
    duty_line = forms.ChoiceField(required=False)
    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    reply = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, duty_lines: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found: dict[str, Any] = {
            "exit": choices("grid.exit", EXITS),
            "line": choices("grid.emergency", EMERGENCY_LINES, empty=True),
            "lawful": choices("grid.lawful", LAWFUL_CHANNELS, empty=True),
            "duty_line": [("", say("ui.choose")), *duty_lines],
        }
        for name, values in found.items():
            field: Any = self.fields[name]
            field.choices = values

    def detail(self) -> str:
        """Return what the chosen exit asks for."""
        said = self.cleaned_data
        asked = {"emergency": "line", "other_channel": "lawful", "repeated": "earlier"}
        return str(said[asked[said["exit"]]]).strip() if said["exit"] in asked else ""

    def refuse(self, error: InvalidInputError) -> None:
        """Say a refused detail at the field in which it was given."""
        asked = {"emergency": "line", "other_channel": "lawful", "repeated": "earlier"}
        if error.facts.get("field") == "detail":
            error = InvalidInputError(error.code, **{**error.facts, "field": asked[self.cleaned_data["exit"]]})
        self.put(error)


class RerouteForm(VersionedForm):
    """Another body and why."""

    room: ClassVar[str] = "grid.reroute"
    words: ClassVar[dict[str, str]] = {"handler": "grid.file.handler"}

    handler = forms.ChoiceField()
    reason = forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, handlers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handler: Any = self.fields["handler"]
        handler.choices = [("", say("ui.choose")), *handlers]


class SolveForm(VersionedForm):
    """What was done; earlier than now only with a reason."""

    room: ClassVar[str] = "grid.solve"

    result = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    happened_at = moment_field()
    late_reason = forms.CharField(max_length=300, required=False)


class CallBackForm(VersionedForm):
    """What the reporter said."""

    room: ClassVar[str] = "grid.callback"

    answer = forms.ChoiceField(widget=forms.RadioSelect)
    satisfaction = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    note = forms.CharField(max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answer: Any = self.fields["answer"]
        answer.choices = choices("grid.answer", ANSWERS)
        satisfaction: Any = self.fields["satisfaction"]
        satisfaction.choices = choices("grid.satisfaction", SATISFACTION)
