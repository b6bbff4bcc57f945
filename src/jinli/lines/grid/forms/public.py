"""Forms for residents: the report, number and code, contest and rating."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from jinli.cases.forms import FilesField
from jinli.cases.services.attaching import LARGEST, Upload
from jinli.lines.grid.forms.fields import UNKNOWN, Offered, VersionedForm, WordedForm, choices, offered_places
from jinli.lines.grid.services.intake import MOST_CHARACTERS, Told
from jinli.lines.grid.services.reports import SCORES
from jinli.ui.words import say

ADDRESS, TILES = "address", "tiles"


class ReportForm(WordedForm):
    """Four questions; village and address, or a tile of the schematic map: both ways give the same."""

    room: ClassVar[str] = "grid.report"
    words: ClassVar[dict[str, str]] = {"telephone": "grid.report.telephone.label"}

    text = forms.CharField(
        max_length=MOST_CHARACTERS, required=False, widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})
    )
    way = forms.ChoiceField(required=False, widget=forms.RadioSelect, initial=ADDRESS)
    village = forms.ChoiceField(required=False)
    address = forms.CharField(max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    tile = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    landmark = forms.CharField(max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    telephone = forms.CharField(
        max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = FilesField(
            required=False, label=say("grid.report.files"), help_text=say("grid.report.files.hint")
        )
        self.fields["telephone"].help_text = say("grid.report.telephone.hint")
        self._choose("way", Offered(*((one, say(f"grid.report.way.{one}")) for one in (ADDRESS, TILES))))
        self._choose("village", offered_places(places))
        self._choose("tile", Offered(*places))

    def _choose(self, name: str, found: Offered) -> None:
        field: Any = self.fields[name]
        field.choices = found

    def uploads(self) -> list[Upload]:
        """Return the files sent; one over the limit is read no further than to see that."""
        return [Upload(name=one.name, content=one.read(LARGEST + 1)) for one in self.cleaned_data["files"]]

    def told(self) -> Told:
        """Return what was told; what stands in the way not chosen counts when the chosen one is empty."""
        said = self.cleaned_data
        ways = [(said["village"], said["address"]), (said["tile"], said["landmark"])]
        if said["way"] == TILES:
            ways.reverse()
        place = next((code for code, _ in ways if code and code != UNKNOWN), "")
        address = next((text.strip() for _, text in ways if text.strip()), "")
        return Told(text=said["text"], place=place, address=address, telephone=said["telephone"])


class TrackForm(forms.Form):
    """Number and code of a receipt."""

    number = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    code = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"grid.track.{name}")
            field.help_text = say(f"grid.track.{name}.hint")
            field.error_messages["required"] = say("grid.required")


class ContestForm(VersionedForm):
    """What is still wrong."""

    room: ClassVar[str] = "grid.track.contest"
    reason = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class RateForm(VersionedForm):
    """A rating and what the reporter wants to add."""

    room: ClassVar[str] = "grid.track.rate"
    score = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)
    note = forms.CharField(max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        score: Any = self.fields["score"]
        score.choices = choices("grid.score", SCORES)
