"""The table of a source's own limit rules, and the row by which they are tried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import EndRule, Unit
from jinli.exchange.rows.limits import ASKED, CLOCKS, LimitRule, read_rule
from jinli.ui.forms import PlainForm
from jinli.ui.words import say, say_error

#: The most rules a source may have.
MOST: Final = 60
_UNITS: Final = tuple(unit for unit in Unit if unit is not Unit.FIXED)


def _choices(prefix: str, values: Sequence[str]) -> list[tuple[str, str]]:
    return [("", say("ui.choose")), *((str(one), say(f"{prefix}.{one}")) for one in values)]


class RuleForm(PlainForm):
    """One rule: which clock, which rows, how long, by what."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {name: say(f"exchange.rule.field.{name}") for name in
                 ("clock", "field", "text", "amount", "unit", "end_rule", "article", "source")}  # fmt: skip
        self.fields["clock"] = forms.ChoiceField(label=words["clock"], choices=_choices("exchange.rule.clock", CLOCKS))
        self.fields["field"] = forms.ChoiceField(label=words["field"], choices=_choices("exchange.rule.asked", ASKED))
        self.fields["text"] = forms.CharField(label=words["text"], max_length=80, required=False)
        self.fields["amount"] = forms.IntegerField(label=words["amount"])
        self.fields["unit"] = forms.ChoiceField(label=words["unit"], choices=_choices("exchange.rule.unit", _UNITS))
        self.fields["end_rule"] = forms.ChoiceField(
            label=words["end_rule"], choices=_choices("exchange.rule.end", list(EndRule)), required=False
        )
        self.fields["article"] = forms.CharField(label=words["article"], max_length=120, required=False)
        self.fields["source"] = forms.CharField(label=words["source"], max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """Read the rule as the import will, and say what is wrong at its field."""
        found = self.cleaned_data
        if self.errors or not self.has_changed():
            return found
        try:
            self.rule = read_rule(_json(found))
        except InvalidInputError as error:
            field = str(error.facts.get("field", ""))
            self.add_error(field if field in self.fields else None, say_error(error))
        return found


def _json(found: Mapping[str, Any]) -> dict[str, Any]:
    limit = {name: found[name] for name in ("amount", "unit", "article", "source")}
    limit["end_rule"] = found["end_rule"] or EndRule.STAY.value
    return {"clock": found["clock"], "field": found["field"], "text": found["text"], "limit": limit}


class RulesForm(BaseFormSet):  # type: ignore[type-arg]
    """All rules in order; a number says where a rule stands, an empty row adds nothing."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Label what Django adds to each row."""
        super().add_fields(form, index)
        form.fields["ORDER"].label = say("exchange.rule.field.order")
        form.fields["DELETE"].label = say("exchange.rule.field.delete")

    def rules(self) -> list[LimitRule]:
        """Return the rules that stay, in their order."""
        kept = [form for form in self.ordered_forms if form.has_changed() or form.initial]
        return [form.rule if hasattr(form, "rule") else read_rule(_json(form.initial)) for form in kept]


RuleFormSet: Final[Any] = formset_factory(
    RuleForm, formset=RulesForm, can_order=True, can_delete=True, extra=1, max_num=MOST, validate_max=True
)


def initial_of(rules: Sequence[LimitRule]) -> list[dict[str, Any]]:
    """Return rules as the fields of their rows."""
    return [
        {
            "clock": one.clock, "field": one.field, "text": one.text, "amount": one.limit.amount,
            "unit": one.limit.unit.value, "end_rule": one.limit.end_rule.value, "article": one.limit.article,
            "source": one.limit.source,
        }
        for one in rules
    ]  # fmt: skip


class TryForm(forms.Form):
    """One row as the other system might write it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ASKED[1:]:
            self.fields[name] = forms.CharField(label=say(f"exchange.rule.asked.{name}"), max_length=80, required=False)
        self.fields["opened"] = forms.DateField(
            label=say("exchange.source.try.opened"), widget=forms.DateInput(attrs={"type": "date"}), required=False
        )
