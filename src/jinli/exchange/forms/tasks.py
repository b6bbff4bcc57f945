"""Forms of tasks sent down: what came, the answer, one question, a saved report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from django import forms

from jinli.cases.selectors.names import named
from jinli.domain.inbound import asked_lines
from jinli.exchange.models import Task
from jinli.exchange.services.asks import GENERATED, LONGEST, REPEATED, TYPED, UNKNOWN
from jinli.exchange.services.tasks import MOST_CHARACTERS, Answer, Received
from jinli.lines.grid.forms.fields import VersionedForm, WordedForm, choices
from jinli.lines.grid.forms.staff import moment_field
from jinli.town import moment
from jinli.town.models import Organisation
from jinli.ui.words import say

#: An item of a message: its number at the beginning of a line or behind a mark, up to the next mark or line.
NUMBERED: Final = re.compile(
    r"(?:(?:^|(?<=[；;。：:，,\s]))(?:[（(]?\d{1,2}[)）、．]|\d{1,2}\.(?!\d))|[①-⑳])[^；;。\n①-⑳]+", re.MULTILINE
)
OTHER: Final = "-"
#: What each act asks for besides the line.
FIELDS: Final = {
    "answer_at_once": ("reply",),
    "accept": ("reply",),
    "cooperate": ("lead", "reply"),
    "object": ("reason", "legal_basis", "reply"),
    "accept_unlisted": ("reason", "reply"),
    "answer": ("reply",),
    "finish": ("result",),
    "do_anyway": ("reason",),
}


def _long(rows: int, most: int = MOST_CHARACTERS, **more: Any) -> forms.CharField:
    return forms.CharField(max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class ReceiveForm(WordedForm):
    """What came: by telephone, or pasted from a chat. Only what the town cannot know by itself."""

    room: ClassVar[str] = "exchange.receive"

    way = forms.ChoiceField(widget=forms.RadioSelect, initial=Task.Way.CHAT)
    asker = forms.ChoiceField(required=False)
    asker_name = forms.CharField(max_length=80, required=False)
    text = _long(4, required=False)
    asks = _long(4, required=False)
    due_on = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    due_time = forms.TimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    received_at = moment_field()
    forms = forms.IntegerField(min_value=0, max_value=99, required=False)

    def __init__(self, *args: Any, askers: Sequence[Organisation], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)
        way: Any = self.fields["way"]
        way.choices = choices("exchange.way", Task.Way.values)
        asker: Any = self.fields["asker"]
        known = [(one.code, named(one)) for one in askers]
        asker.choices = [("", say("ui.choose")), *known, (OTHER, say("exchange.receive.asker.other"))]

    def clean(self) -> dict[str, Any]:
        """Ask for a day with a time of day, and take numbered items of the message when no list was typed."""
        found: dict[str, Any] = self.cleaned_data
        if found.get("due_time") and not found.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", say("exchange.receive.day_needed"))
        if not found.get("asks", "").strip():
            found["asks"] = "\n".join(one.strip("，, ") for one in NUMBERED.findall(str(found.get("text", ""))))
        return found

    def told(self) -> Received:
        """Return what came, on the town's clock; a day without a time of day lasts to its end."""
        said = self.cleaned_data
        received = said["received_at"]
        way = said["way"]
        return Received(
            asker="" if said["asker"] == OTHER else said["asker"],
            asker_name=said["asker_name"],
            way=way,
            text=said["text"],
            asks=asked_lines(said["asks"]),
            received_at=received.replace(tzinfo=self.zone) if received else moment.now(),
            due_at=self._due(said["due_on"], said["due_time"]),
            forms=said["forms"] if said["forms"] is not None else int(way == Task.Way.FORM),
        )

    def _due(self, day: date | None, at: time | None) -> datetime | None:
        if day is None:
            return None
        if at is None:
            return datetime.combine(day + timedelta(days=1), time(), self.zone)
        return datetime.combine(day, at, self.zone)


class AnswerForm(VersionedForm):
    """The answer: which fields it has depends on the act."""

    room: ClassVar[str] = "exchange.answer"

    act = forms.CharField(max_length=40, widget=forms.HiddenInput)
    line = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    as_of = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    lead = forms.ChoiceField(required=False)
    reason = _long(2, 1000)
    legal_basis = _long(2, 300)
    reply = _long(16)
    result = _long(4)

    def __init__(self, *args: Any, act: str, leads: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = FIELDS.get(act, ())
        for name in ("lead", "reason", "legal_basis", "reply", "result"):
            if name not in wanted or (name == "lead" and not leads):
                del self.fields[name]
        if "lead" in self.fields:
            lead: Any = self.fields["lead"]
            lead.choices = [("", say("ui.choose")), *((one.code, named(one)) for one in leads)]

    def shown(self) -> list[Any]:
        """Return the fields that can be seen, in their order."""
        return [bound for bound in self if not bound.is_hidden]

    def answer(self) -> Answer:
        """Return the answer that was given."""
        said = self.cleaned_data
        texts: dict[str, str] = {
            name: said[name] for name in ("reason", "legal_basis", "reply", "result") if name in said
        }
        line = said["line"]
        return Answer(
            move=said["act"],
            line="" if line == "none" else line,
            lead=said.get("lead", ""),
            as_of=said["as_of"],
            texts=texts,
        )


class AskForm(WordedForm):
    """One question: a figure of the town, or a value typed because no source has it."""

    room: ClassVar[str] = "exchange.ask"

    stamp = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.ChoiceField(widget=forms.RadioSelect)
    figure = forms.ChoiceField(required=False)
    value = forms.CharField(max_length=LONGEST, required=False)

    def __init__(self, *args: Any, figures: Sequence[tuple[str, str]], earlier: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source: Any = self.fields["source"]
        ways = [*([REPEATED] if earlier else []), GENERATED, TYPED, UNKNOWN]
        source.choices = choices("exchange.ask.way", [str(one) for one in ways])
        figure: Any = self.fields["figure"]
        figure.choices = [("", say("ui.choose")), *figures]


class ReportForm(WordedForm):
    """The name under which a set of figures is kept."""

    room: ClassVar[str] = "exchange.report"

    title = forms.CharField(max_length=80)
