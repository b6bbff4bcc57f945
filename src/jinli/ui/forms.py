"""The form that all forms derive from, and the sample form of the gallery."""

from __future__ import annotations

from django import forms

from jinli.ui.words import say


class PlainForm(forms.Form):
    """Say what to do where something is missing, instead of what kind of field it is."""

    def full_clean(self) -> None:
        """Check everything; an empty required field says whether to fill in or to choose."""
        for one in self.fields.values():
            choose = isinstance(one, (forms.ChoiceField, forms.ModelChoiceField))
            one.error_messages["required"] = say("ui.field.choose" if choose else "ui.field.fill")
        super().full_clean()


class SampleForm(PlainForm):
    """Show every kind of field; it is never kept."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["what"] = forms.CharField(
            label=say("ui.gallery.what"), widget=forms.Textarea(attrs={"rows": 4}), max_length=500
        )
        self.fields["village"] = forms.ChoiceField(
            label=say("ui.gallery.village"), choices=[("", say("ui.choose")), ("1", say("ui.gallery.village.sample"))]
        )
        self.fields["telephone"] = forms.CharField(
            label=say("ui.gallery.telephone"),
            required=False,
            help_text=say("ui.gallery.telephone.hint"),
            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        )
        self.fields["way"] = forms.ChoiceField(
            label=say("ui.gallery.way"),
            widget=forms.RadioSelect,
            choices=[("address", say("ui.gallery.way.address")), ("map", say("ui.gallery.way.map"))],
        )
        self.fields["bodies"] = forms.MultipleChoiceField(
            label=say("ui.gallery.bodies"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[("1", say("ui.gallery.body.lead")), ("2", say("ui.gallery.body.assisting"))],
        )
        self.fields["consent"] = forms.BooleanField(label=say("ui.gallery.consent"), required=False)
        self.fields["on"] = forms.DateField(
            label=say("ui.gallery.day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
        )
        self.fields["file"] = forms.FileField(
            label=say("ui.gallery.file"), required=False, help_text=say("ui.gallery.file.hint")
        )
