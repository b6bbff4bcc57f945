"""Forms of dropped files: the file, its columns, its names, what to take, why to take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from jinli.domain.errors import DomainError
from jinli.exchange.models import Source
from jinli.exchange.reading.columns import FIELDS
from jinli.exchange.services.dropping import LARGEST
from jinli.ui.forms import PlainForm
from jinli.ui.words import say, say_error

NEW: Final = "new"
#: What a person chooses for a name that is none of ours, whose text stays as it is.
NOT_OURS: Final = "-"


class RefusableForm(PlainForm):
    """A form that says what the rules refused at the field they name, else above it."""

    def put(self, error: DomainError) -> None:
        """Say a refused rule."""
        field = str(error.facts.get("field", ""))
        self.add_error(field if field in self.fields else None, say_error(error))


class DropForm(RefusableForm):
    """One file; what it is it says itself."""

    file = forms.FileField(allow_empty_file=True)

    def __init__(self, *args: Any, length: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.label = say("exchange.drop.file")
        field.help_text = say("exchange.drop.file.hint", most=LARGEST // 1024 // 1024)
        field.widget.attrs |= {"accept": ".csv,.tsv,.txt,.xlsx,.xlsm", "class": "drop"}
        self._too_large = length > LARGEST

    def full_clean(self) -> None:
        """Say of a file that was cut off on its way that it is too large, of none that one is wanted."""
        super().full_clean()
        if self._too_large and "file" in self.errors:
            del self.errors["file"]
            most = LARGEST // 2**20
            self.add_error("file", say("exchange.file.too_large", size=f"{most}+", most=most))


class VersionForm(RefusableForm):
    """What an act on a run carries: the version that its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ColumnsForm(VersionForm):
    """The system that a file comes from, and the column of each field."""

    source = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    name = forms.CharField(required=False, max_length=80)
    kind = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, sources: Sequence[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source: Any = self.fields["source"]
        source.label = say("exchange.map.source")
        source.choices = [(str(one.pk), one.name) for one in sources] + [(NEW, say("exchange.map.source.new"))]
        kind: Any = self.fields["kind"]
        kind.label = say("exchange.map.kind")
        kind.choices = [("", say("ui.choose")), *((one, say(f"exchange.kind_of.{one}")) for one in Source.Kind.values)]
        self.fields["name"].label = say("exchange.map.name")
        self.fields["name"].help_text = say("exchange.map.name.hint")
        for code in FIELDS:
            self.fields[code] = forms.CharField(required=False, max_length=200, label=say(f"exchange.field.{code}"))

    @property
    def source_id(self) -> int | None:
        """Return the chosen source, None for a new one."""
        chosen = str(self.cleaned_data.get("source") or NEW)
        return int(chosen) if chosen != NEW else None

    @property
    def columns(self) -> dict[str, str]:
        """Return field -> heading."""
        return {code: self.cleaned_data[code] for code in FIELDS if self.cleaned_data.get(code)}


class SheetForm(VersionForm):
    """Another sheet of the workbook."""

    sheet = forms.CharField(max_length=80)


class NamesForm(VersionForm):
    """What some names mean: field `name_<place in the list of the dry run>` holds a code, `-`, or nothing."""

    def __init__(self, *args: Any, names: Sequence[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = names
        for place, one in enumerate(names):
            self.fields[f"name_{place}"] = forms.CharField(required=False, max_length=40, label=one["text"])

    @property
    def links(self) -> dict[tuple[str, str], str]:
        """Return (kind, text) -> code, empty for none of ours; what was left open is not there."""
        chosen = {place: self.cleaned_data.get(f"name_{place}") or "" for place in range(len(self._names))}
        return {
            (self._names[place]["kind"], self._names[place]["text"]): "" if code == NOT_OURS else code
            for place, code in chosen.items()
            if code
        }

    def put(self, error: DomainError) -> None:
        """Say at the name what is wrong with its code."""
        kind, _, text = str(error.facts.get("field", "")).partition(":")
        places = [place for place, one in enumerate(self._names) if (one["kind"], one["text"]) == (kind, text)]
        self.add_error(f"name_{places[0]}" if places else None, say_error(error))


class TakeForm(VersionForm):
    """Take everything, or only rows without a doubt."""

    take = forms.CharField(max_length=8)


class UndoForm(VersionForm):
    """Why an import is taken back."""

    reason = forms.CharField(required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = say("exchange.undo.why")
        self.fields["reason"].help_text = say("exchange.undo.why.hint")
