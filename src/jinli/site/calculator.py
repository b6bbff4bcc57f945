"""The page that works out a time limit, open to everybody, without keeping anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from jinli.domain.calendar import WorkCalendar
from jinli.domain.deadlines import DueMoment, Pause
from jinli.domain.errors import DomainError, InvalidInputError
from jinli.domain.explanation import explain
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.site.standard_calendar import standard_calendar
from jinli.town.access import PUBLIC, access
from jinli.town.models import Division
from jinli.town.moment import now
from jinli.town.selectors import work_calendar
from jinli.ui.wording_time import WordedExplanation, word_due, word_explanation
from jinli.ui.words import has_words, say, say_error, tongue

PAUSES: Final = (1, 2)
_UNITS: Final = (
    Unit.WORKING_DAY,
    Unit.CALENDAR_DAY,
    Unit.MONTH,
    Unit.YEAR,
    Unit.WORKING_HOUR,
    Unit.URGENT_HOUR,
    Unit.MINUTE,
)
_NOON: Final = time(12)
_FIELD_OF: Final = {"start": "day", "moment": "day", "started_at": "day", "pauses": "pause1_from_day"}


def _day(**given: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)


def _clock(**given: Any) -> forms.TimeField:
    return forms.TimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **given)


class LimitForm(forms.Form):
    """A start, a limit, and up to three pauses; a clock left empty means the day as a whole."""

    day = _day()
    clock = _clock()
    amount = forms.IntegerField(widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    unit = forms.ChoiceField()
    end_rule = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    pause_article = forms.CharField(required=False, max_length=100)

    def __init__(self, *args: Any, calendar: WorkCalendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendar = calendar
        for number in PAUSES:
            for edge in ("from", "to"):
                self.fields[f"pause{number}_{edge}_day"] = _day(required=False)
                self.fields[f"pause{number}_{edge}_clock"] = _clock()
        for name, field in self.fields.items():
            word = f"pause.{name.partition('_')[2]}" if name.startswith("pause") and name[5:6].isdigit() else name
            hint = f"site.calculator.{word}.hint"
            field.label, field.help_text = say(f"site.calculator.{word}"), say(hint) if has_words(hint) else ""
            field.error_messages |= _messages(field)
        self.fields["unit"].choices = [(str(unit), say(f"site.calculator.unit.{unit}")) for unit in _UNITS]  # type: ignore[attr-defined]
        self.fields["end_rule"].choices = [  # type: ignore[attr-defined]
            (str(rule), say(f"site.calculator.end_rule.{rule}")) for rule in EndRule
        ]

    def clean_end_rule(self) -> str:
        """Take the rule of law where none is chosen."""
        return self.cleaned_data["end_rule"] or EndRule.ROLL.value

    def clean(self) -> dict[str, Any]:
        """Put limit, start and pauses together; what a rule refuses is said at its field."""
        given = self.cleaned_data
        if self.errors:
            return given
        unit = Unit(given["unit"])
        try:
            given["limit"] = TimeLimit(amount=given["amount"], unit=unit, end_rule=EndRule(given["end_rule"]))
            if not unit.counts_days and given["clock"] is None:
                raise InvalidInputError("domain.time.start_without_time", field="clock")
            given["started_at"] = self._moment(given["day"], given["clock"])
        except DomainError as error:
            self.refuse(error)
            return given
        given["pauses"] = [one for one in (self._pause(number, unit) for number in PAUSES) if one is not None]
        return given

    def refuse(self, error: DomainError) -> None:
        """Say a refused rule at the field it names, else above the form."""
        field = str(error.facts.get("field", ""))
        field = _FIELD_OF.get(field, field)
        self.add_error(field if field in self.fields else None, say_error(error))

    def pauses_have_clock(self) -> bool:
        """Return whether any pause has a time of day."""
        given = self.cleaned_data.items()
        return any(value is not None for name, value in given if name.startswith("pause") and name.endswith("clock"))

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields of the pauses, a titled row each."""
        edges = ("from_day", "from_clock", "to_day", "to_clock")
        return [
            (
                say("site.calculator.pause", number=number),
                [self[f"pause{number}_{edge}"] for edge in edges],
            )
            for number in PAUSES
        ]

    def pauses_open(self) -> bool:
        """Return whether the part on pauses holds anything, so that it must not be folded away."""
        return any(self.data.get(name) for name in self.fields if name.startswith("pause"))

    def _moment(self, day: date, clock: time | None) -> datetime:
        return datetime.combine(day, clock or _NOON, tzinfo=self.calendar.zone)

    def _pause(self, number: int, unit: Unit) -> Pause | None:
        """Return a pause, or None if its row is empty or wrong."""
        given = self.cleaned_data
        name = f"pause{number}"
        days = given[f"{name}_from_day"], given[f"{name}_to_day"]
        clocks = given[f"{name}_from_clock"], given[f"{name}_to_clock"]
        if not any((*days, *(clock is not None for clock in clocks))):
            return None
        if None in days:
            self.add_error(f"{name}_{'from' if days[0] is None else 'to'}_day", say("site.calculator.both_days"))
            return None
        if not unit.counts_days and None in clocks:
            self.add_error(f"{name}_{'from' if clocks[0] is None else 'to'}_clock", say("site.calculator.both_clocks"))
            return None
        began = self._moment(days[0], clocks[0])
        try:
            return Pause(
                kind="given",
                began_at=began,
                ended_at=self._moment(days[1], clocks[1]),
                notice_at=began,
                until=None,
                article=given["pause_article"],
            )
        except DomainError as error:
            self.add_error(f"{name}_to_day", say_error(error))
            return None


def _messages(field: forms.Field) -> dict[str, Any]:
    """Return what a field says when it is empty or cannot be read."""
    invalid = {
        forms.DateField: "site.calculator.bad_day",
        forms.TimeField: "site.calculator.bad_clock",
        forms.IntegerField: "site.calculator.bad_amount",
    }.get(type(field), "site.calculator.bad_choice")
    words = say(invalid)
    return {
        "required": say("site.calculator.needed"),
        "invalid": words,
        "invalid_choice": say("site.calculator.bad_choice"),
    }


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The due moment in words, its marks, and the reckoning."""

    due: str
    at: DueMoment
    told: WordedExplanation
    sample_hours: bool


@access(PUBLIC)
@require_safe
def calculator(request: Any) -> HttpResponse:
    """Show the form, and below it the answer once it is filled in."""
    calendar, is_sample = _calendar(request)
    first = {"day": now().astimezone(calendar.zone).date(), "unit": "working_day", "end_rule": "roll"}
    asked = {**first, **request.GET.dict()} if {"day", "amount"} & request.GET.keys() else None
    form = LimitForm(asked, calendar=calendar, initial=first)
    answer = _answer(form, is_sample) if form.is_valid() else None
    staff = request.acting is not None
    page = {
        "form": form,
        "answer": answer,
        "staff": staff,
        "frame": "ui/staff.html" if staff else "site/front.html",
    }
    return render(request, "site/calculator.html", page)


def _answer(form: LimitForm, is_sample: bool) -> Answer | None:
    """Return the answer, or None when the rules refuse what was asked; the form then says why."""
    given = form.cleaned_data
    try:
        explanation = explain(given["started_at"], given["limit"], form.calendar, given["pauses"])
    except DomainError as error:
        form.refuse(error)
        return None
    lang = tongue()
    return Answer(
        due=word_due(explanation.due, lang=lang, calendar=form.calendar),
        at=explanation.due,
        told=word_explanation(
            explanation, lang=lang, clock=given["clock"] is not None, pause_clock=form.pauses_have_clock()
        ),
        sample_hours=is_sample and given["limit"].unit is Unit.WORKING_HOUR,
    )


def _calendar(request: HttpRequest) -> tuple[WorkCalendar, bool]:
    """Return the calendar of the reader's town, and whether its office hours are a sample.

    What the town has not got yet, years or office hours, is taken from what ships.
    """
    towns = Division.objects.filter(level=Division.Level.TOWN)
    acting = getattr(request, "acting", None)
    found = list(towns.filter(pk=acting.town) if acting is not None else towns[:2])
    if len(found) != 1:
        return _shipped(), True
    own, shipped = work_calendar(found[0]), _shipped()
    if own.editions and own.hours:
        return own, False
    return WorkCalendar(own.editions or shipped.editions, own.hours or shipped.hours, str(own.zone)), not own.hours


@cache
def _shipped() -> WorkCalendar:
    return standard_calendar()


urlpatterns = [path("calculator/", calculator, name="calculator")]
