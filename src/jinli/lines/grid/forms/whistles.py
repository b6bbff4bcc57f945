"""Forms of the whistle for staff, and of the one-time link for departments without an account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms

from jinli.cases.selectors.names import named
from jinli.domain.errors import InvalidInputError
from jinli.lines.grid.forms.fields import VersionedForm, WordedForm, choices
from jinli.lines.grid.models import WhistleKind
from jinli.lines.grid.services.whistles import BY_TELEPHONE, Blow
from jinli.town import moment
from jinli.town.models import DutyLine, Organisation
from jinli.ui.words import say, tongue

SCORES = (5, 4, 3, 2, 1)


def text(rows: int = 3, *, required: bool = True, most: int = 1000) -> Any:
    """Return a field for a few sentences."""
    return forms.CharField(max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows}))


def line_label(line: DutyLine) -> str:
    """Return a line of the duty list with its number, kind and lead."""
    lead = named(line.lead) if line.lead else say("grid.whistle.line.lead_unknown")
    kind = say(f"grid.whistle.line.{line.kind}")
    number = line.number if line.number is not None else line.code
    return say("grid.whistle.line.label", number=number, title=line.title, kind=kind, lead=lead)


class WhistleForm(VersionedForm):
    """A form whose words are those of the whistle."""

    room: ClassVar[str] = "grid.whistle.field"

    def choose(self, name: str, found: Sequence[tuple[str, str]]) -> None:
        """Set what a field offers."""
        field: Any = self.fields[name]
        field.choices = list(found)


def _bodies(rows: Iterable[Organisation]) -> list[tuple[str, str]]:
    return [(one.code, named(one)) for one in rows]


class BlowForm(WhistleForm):
    """Kind, line of the duty list, lead and assisting departments, reason."""

    words: ClassVar[dict[str, str]] = {"reason": "grid.whistle.field.blow_reason"}

    kind = forms.ChoiceField(widget=forms.RadioSelect)
    find = forms.CharField(max_length=60, required=False, widget=forms.TextInput(attrs={"type": "search"}))
    duty_line = forms.ChoiceField(widget=forms.RadioSelect)
    lead = forms.ChoiceField(required=False)
    assisting = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    reason = text(4)

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[WhistleKind],
        lines: Sequence[DutyLine],
        departments: Sequence[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lead_of = {one.code: one.lead.code for one in lines if one.lead}
        self.choose("kind", [(one.code, (tongue() == "en" and one.name_en) or one.name) for one in kinds])
        self.choose("duty_line", [(one.code, line_label(one)) for one in lines])
        self.choose("lead", [("", say("grid.whistle.lead.of_line")), *_bodies(departments)])
        self.choose("assisting", _bodies(departments))

    def asked(self) -> Blow:
        """Return what was asked for; without a choice the lead is that of the line."""
        said = self.cleaned_data
        lead = said["lead"] or self.lead_of.get(said["duty_line"], "")
        if not lead:
            raise InvalidInputError("grid.whistle.lead_needed", field="lead")
        return Blow(
            kind=said["kind"],
            duty_line=said["duty_line"],
            lead=lead,
            assisting=tuple(said["assisting"]),
            reason=said["reason"],
        )


class ApproveForm(WhistleForm):
    """Approve, or decline with the reason."""

    words: ClassVar[dict[str, str]] = {"reason": "grid.whistle.field.decline_reason"}
    reason = text(required=False)


class DispatchForm(WhistleForm):
    """To whom the whistle goes out."""

    lead = forms.ChoiceField()
    assisting = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, departments: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("lead", [("", say("ui.choose")), *_bodies(departments)])
        self.choose("assisting", _bodies(departments))


class AddForm(WhistleForm):
    """A further department, and why."""

    words: ClassVar[dict[str, str]] = {"reason": "grid.whistle.field.add_reason"}
    body = forms.ChoiceField()
    role = forms.ChoiceField(widget=forms.RadioSelect, initial="assisting")
    reason = text()

    def __init__(self, *args: Any, departments: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("body", [("", say("ui.choose")), *_bodies(departments)])
        self.choose("role", choices("grid.whistle.role", ("assisting", "lead")))


class RefuseForm(WhistleForm):
    """Reason and legal basis: both always."""

    words: ClassVar[dict[str, str]] = {"reason": "grid.whistle.field.refuse_reason"}
    reason = text()
    legal_basis = text(2, most=300)


class ArbitrateForm(WhistleForm):
    """The ruling with reason and legal basis."""

    words: ClassVar[dict[str, str]] = {"reason": "grid.whistle.field.ruling_reason"}
    ruling = forms.ChoiceField(widget=forms.RadioSelect)
    reason = text()
    legal_basis = text(2, most=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("ruling", choices("grid.whistle.ruling", ("overrule", "uphold")))


class VerifyForm(WhistleForm):
    """What was found on site."""

    text = text(3)


class ArrivalForm(WhistleForm):
    """That somebody of the department is there."""

    words: ClassVar[dict[str, str]] = {"note": "grid.whistle.field.arrival_note"}
    note = text(2, required=False)


class RateForm(WhistleForm):
    """A rating of one department."""

    rated = forms.ChoiceField(widget=forms.RadioSelect)
    rating = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("rated", bodies)
        self.choose("rating", choices("grid.whistle.score", SCORES))


class TelephoneForm(WhistleForm):
    """What a department said by telephone, who said it and when."""

    words: ClassVar[dict[str, str]] = {"legal_basis": "grid.whistle.field.said_basis"}
    move = forms.ChoiceField(widget=forms.RadioSelect)
    said_by = forms.CharField(max_length=60)
    said_at = forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    said = text(required=False)
    legal_basis = text(2, required=False, most=300)

    def __init__(self, *args: Any, moves: Sequence[tuple[str, str]], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("move", moves)
        self.zone = ZoneInfo(zone)
        self.fields["said_at"].initial = f"{moment.now().astimezone(self.zone):%Y-%m-%dT%H:%M}"

    def answer(self) -> dict[str, Any]:
        """Return the arguments of the service; the moment was typed on the town's clock."""
        said = self.cleaned_data
        return {
            "move": said["move"],
            "said_by": said["said_by"],
            "said_at": said["said_at"].replace(tzinfo=self.zone),
            "text": said["said"],
            "legal_basis": said["legal_basis"],
            "late_reason": say("grid.whistle.telephone.late_reason"),
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the words where the move needs some."""
        found: dict[str, Any] = self.cleaned_data
        if BY_TELEPHONE.get(str(found.get("move"))) and not found.get("said"):
            self.add_error("said", say("grid.required"))
        return found


class LinkForm(WordedForm):
    """Who answers by a link; what is answered stands in the form of the move."""

    room: ClassVar[str] = "grid.whistle.field"
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(max_length=60)
    words: ClassVar[dict[str, str]] = {"name": "grid.whistle.field.stated"}


class LinkTextForm(LinkForm):
    """An answer with a text."""

    answer = text()


class LinkRefuseForm(LinkTextForm):
    """A refusal with its legal basis."""

    legal_basis = text(2, most=300)


class LinkReportForm(LinkTextForm):
    """The result, and if wanted a rating of the whistle."""

    rating = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["rating"]
        field.choices = [("", say("grid.whistle.score.none")), *choices("grid.whistle.score", SCORES)]


class CodeForm(forms.Form):
    """The code of a printed slip."""

    code = forms.CharField(max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = say("grid.whistle.field.code")
        self.fields["code"].help_text = say("grid.whistle.field.code.hint")
        self.fields["code"].error_messages["required"] = say("grid.required")
