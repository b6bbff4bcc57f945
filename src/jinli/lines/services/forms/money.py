"""Forms of subsidies: agree, pay, give up; the budget of a year; a rule."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from jinli.domain.errors import DomainError
from jinli.domain.money import fen_of
from jinli.lines.services.models import SubsidyRule
from jinli.ui.forms import PlainForm
from jinli.ui.words import say, say_error


class MoneyForm(PlainForm):
    """A form that carries what its page showed, and a token so that sending it twice acts once."""

    room: ClassVar[str] = "services.pay.field"
    hinted: ClassVar[tuple[str, ...]] = ()

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = secrets.token_urlsafe(18)
        for name, field in self.fields.items():
            if not field.widget.is_hidden:
                field.label = say(f"{self.room}.{name}")
                if name in self.hinted:
                    field.help_text = say(f"{self.room}.{name}.hint")

    def refuse(self, error: DomainError) -> None:
        """Say a refused rule at its field, else above the form."""
        field = str(error.facts.get("field", ""))
        self.add_error(field if field in self.fields else None, say_error(error))

    def fen(self, name: str = "amount", *, zero: bool = False) -> int:
        """Return an amount in fen. Raises InvalidInputError at the field."""
        return fen_of(self.cleaned_data[name], field=name, zero=zero)

    def typed(self) -> list[tuple[str, str]]:
        """Return label and text of what was typed, for a page that shows it again."""
        return [(str(one.label), str(one.value())) for one in self if not one.is_hidden and one.value()]


def _text(rows: int = 3, *, required: bool = True, most: int = 1000) -> Any:
    return forms.CharField(max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows}))


def _amount() -> Any:
    return forms.CharField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))


class GrantForm(MoneyForm):
    """The amount and the reason; the balance that the page showed goes along."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    amount = _amount()
    reason = _text()

    def __init__(self, *args: Any, source: str = "", known: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "services.pay.field.amount.hint" if known else "services.pay.field.amount.unknown"
        self.fields["amount"].help_text = say(hint, source=source) if known else say(hint)


class PayForm(MoneyForm):
    """The number of the voucher."""

    hinted = ("reference",)

    reference = forms.CharField(max_length=80)


class GiveUpForm(MoneyForm):
    """Why the money is not taken."""

    reason = _text()


class BudgetForm(MoneyForm):
    """What there is for a year, on which paper, and why it changes."""

    room = "services.budget.field"

    amount = _amount()
    source = forms.CharField(max_length=200)
    reason = _text(2, required=False, most=300)

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["reason"]


class RuleForm(MoneyForm):
    """A threshold of the year."""

    room = "services.rule.field"

    condition = forms.ChoiceField()
    threshold = forms.CharField(max_length=80)
    valid_from = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.CharField(max_length=200)

    def __init__(self, *args: Any, conditions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["condition"]
        amount = (SubsidyRule.AMOUNT, say("services.rule.amount"))
        field.choices = [("", say("ui.choose")), *conditions, amount]
