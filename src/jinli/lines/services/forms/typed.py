"""Fields that show what was typed and check nothing themselves: the rules of the domain do, all at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from jinli.domain.errors import InvalidInputError
from jinli.domain.forms import Fault
from jinli.ui.words import say_error


class TypedField(forms.CharField):
    """A field whose `required` only says how it is shown."""

    def clean(self, value: Any) -> Any:
        """Take whatever was typed."""
        return value


def put_faults(form: forms.Form, faults: Iterable[Fault]) -> None:
    """Say each fault at its field; one of a field that is not on the page above the form."""
    for fault in faults:
        error = InvalidInputError(fault.code, **fault.facts)
        form.add_error(fault.path if fault.path in form.fields else None, say_error(error))
