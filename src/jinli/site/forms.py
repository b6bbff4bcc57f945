"""Forms of the site's own pages; labels and hints are words."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from jinli.domain.errors import DomainError
from jinli.town.models import Appointment, Duty, Organisation, Person
from jinli.ui.words import has_words, say, say_error


class WordedForm(forms.Form):
    """A form whose labels and hints are `site.field.<name>` and `site.field.<name>.hint`; `words` renames a field."""

    words: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            word = self.words.get(name, name)
            field.label = say(f"site.field.{word}")
            hint = f"site.field.{word}.hint"
            field.help_text = say(hint) if has_words(hint) else ""
            field.error_messages["required"] = say("site.field.required")


def put_error(form: forms.Form, error: DomainError) -> None:
    """Say a refused rule at the field it names, else above the form."""
    field = str(error.facts.get("field", ""))
    form.add_error(field if field in form.fields else None, say_error(error))


class SignInForm(WordedForm):
    """Sign-in name and password."""

    username = forms.CharField(
        max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"})
    )
    password = forms.CharField(
        max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class OwnPasswordForm(WordedForm):
    """The present password and twice the new one."""

    words: ClassVar[dict[str, str]] = {"password": "password_new"}

    present = forms.CharField(
        max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    password = forms.CharField(
        max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_present(self) -> str:
        """Refuse a wrong present password, so that an unattended desk does not lose its account."""
        present = str(self.cleaned_data["present"])
        if not self.person.check_password(present):
            raise forms.ValidationError(say("site.password.wrong_present"))
        return present

    def clean_again(self) -> str:
        """Refuse two different new passwords."""
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(say("site.password.not_the_same"))
        return again


class DutyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # the class takes none while running
    """A post, named by its body and title."""

    def label_from_instance(self, obj: Any) -> str:
        """Return `body • title`."""
        return f"{obj.organisation.name} • {obj.title}"


class AppointForm(WordedForm):
    """A duty from a day to a day, in whose name."""

    duty = DutyChoice(queryset=Duty.objects.none())
    hat = forms.ChoiceField(initial=Appointment.Hat.OWN)
    in_name_of = forms.ModelChoiceField(queryset=Organisation.objects.none(), required=False)
    valid_from = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    valid_to = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duty: Any = self.fields["duty"]
        duty.queryset = (
            Duty.objects.filter(organisation__in=bodies)
            .select_related("organisation")
            .order_by("organisation__division__code", "organisation__code", "code")
        )
        duty.empty_label = say("ui.choose")
        body: Any = self.fields["in_name_of"]
        body.queryset = bodies.order_by("division__code", "code")
        body.empty_label = say("site.field.in_name_of.own")
        hat: Any = self.fields["hat"]
        hat.choices = [(str(one), say(f"town.hat.{one}")) for one in Appointment.Hat.values]


class NewPersonForm(AppointForm):
    """A new account with its first duty."""

    name = forms.CharField(max_length=60)
    username = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"autocapitalize": "none"}))
    field_order = ("name", "username", "duty", "hat", "in_name_of", "valid_from", "valid_to")


class EndForm(WordedForm):
    """The last day of an appointment."""

    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PlaceForm(WordedForm):
    """What fills an unknown place: its name, what it is, and where that is written."""

    name = forms.CharField(max_length=60)
    kind = forms.ChoiceField()
    source = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.CharField(widget=forms.HiddenInput)
    words: ClassVar[dict[str, str]] = {"name": "place_name"}

    def __init__(self, *args: Any, kinds: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(one, say(f"town.place.kind.{one}")) for one in kinds]


class TokenForm(WordedForm):
    """An access token: for which system, under which appointment, for how many days."""

    name = forms.CharField(max_length=80)
    appointment = forms.ChoiceField()
    days = forms.IntegerField(min_value=1, max_value=366, initial=90)
    words: ClassVar[dict[str, str]] = {"name": "token_name"}

    def __init__(self, *args: Any, appointments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["appointment"]
        chosen.choices = [("", say("ui.choose")), *appointments]
