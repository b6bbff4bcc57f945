"""The form by which a workbook comes in."""

from __future__ import annotations

from typing import Any

from django import forms

from jinli.domain.errors import DomainError
from jinli.lines.services.workbook.reading import LARGEST
from jinli.ui.forms import PlainForm
from jinli.ui.words import say, say_error


class WorkbookForm(PlainForm):
    """One Excel file."""

    file = forms.FileField(allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.label = say("services.dry_run.file")
        field.help_text = say("services.dry_run.file.hint", most=LARGEST // 2**20)
        field.widget.attrs |= {"accept": ".xlsx"}

    def put(self, error: DomainError) -> None:
        """Say a refused rule at the file."""
        self.add_error("file", say_error(error))
