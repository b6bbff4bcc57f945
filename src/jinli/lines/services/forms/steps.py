"""Forms of acts after a grant, of temporary aid, and of what another system decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from jinli.lines.services.forms.acts import ActForm, Choices, day, line, radio, text
from jinli.ui.words import say


class PromiseForm(ActForm):
    """What was promised, why it is granted, under which conditions and for how long."""

    promise = text(3)
    reason = text(3)
    conditions = text(2, required=False)
    valid_from = day(required=False)
    valid_to = day(required=False)


class SeenForm(ActForm):
    """A form that also ticks the materials that were still to come; none is asked for when all are there."""

    seen = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, waiting: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if waiting:
            self.choose("seen", waiting)
        else:
            del self.fields["seen"]

    def codes(self) -> Sequence[str]:
        """Return the materials that were ticked."""
        return list(self.cleaned_data.get("seen") or ())


class CheckForm(SeenForm):
    """Who went, whether it fits, and what was found."""

    words: ClassVar[dict[str, str]] = {"result": "services.field.result_check"}
    people = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    found = radio("services.check_found", ("kept", "broken"))
    result = text(4)

    def __init__(self, *args: Any, staff: Choices, found: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("people", staff)
        self.choose("found", [(one, say(f"services.check_found.{one}")) for one in found])
        if len(found) == 1:
            self.fields["found"].initial = found[0]
        self.order_fields(["people", "found", "result", "seen"])


class VisitForm(ActForm):
    """Who went, and what was seen at the household."""

    words: ClassVar[dict[str, str]] = {"result": "services.field.result_visit"}
    people = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    result = text(4)

    def __init__(self, *args: Any, staff: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("people", staff)


class BuiltForm(ActForm):
    """Who went, whether it is built as approved, and what was found."""

    words: ClassVar[dict[str, str]] = {"result": "services.field.result_built", "found": "services.field.found_built"}
    people = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    found = radio("services.check_found", ("kept", "broken"))
    result = text(4)

    def __init__(self, *args: Any, staff: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("people", staff)


class StakeForm(VisitForm):
    """Who went, and what was staked out."""

    words: ClassVar[dict[str, str]] = {"result": "services.field.result_stake"}


class RevokeForm(ActForm):
    """Why, on which basis, and what the holder said to it."""

    words: ClassVar[dict[str, str]] = {"legal_basis": "services.field.basis_written"}
    heard = text(3)
    reason = text(4)
    legal_basis = text(2, most=300)


class PublicityForm(ActForm):
    """Where it hangs, and what stands there."""

    words: ClassVar[dict[str, str]] = {"note": "services.field.publicity", "place": "services.field.board"}
    place = line()
    note = text(4)


class CompleteForm(SeenForm):
    """That the papers are complete."""

    words: ClassVar[dict[str, str]] = {"result": "services.field.result_complete"}
    result = text(3)


class ReclaimForm(ActForm):
    """Why money is to be paid back, and on which basis."""

    words: ClassVar[dict[str, str]] = {"legal_basis": "services.field.basis_written"}
    reason = text(4)
    legal_basis = text(2, most=300)


class ReasonForm(ActForm):
    """Why."""

    reason = text(3)


class NoteForm(ActForm):
    """What was seen."""

    note = text(3)


class ResultForm(ActForm):
    """What the other system decided."""

    words: ClassVar[dict[str, str]] = {"result": "services.field.result_there"}
    result = text(3)
