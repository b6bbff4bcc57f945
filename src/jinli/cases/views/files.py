"""Attachments: only to keep, only for those who may see the case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from jinli.cases.models import Attachment
from jinli.cases.selectors.files import file_name
from jinli.cases.selectors.visible import WORKERS, visible_cases
from jinli.cases.services.attaching import path_of
from jinli.town.access import access


@access(*WORKERS)
@require_safe
def download(request: Any, case_id: UUID, file_id: UUID) -> HttpResponse | FileResponse:
    """Send a file to be kept, never to be run in the page."""
    case = get_object_or_404(visible_cases(request.acting), pk=case_id)
    row = get_object_or_404(Attachment, pk=file_id, case=case, erased_at=None)
    name, path = file_name(row), path_of(row)
    if name is None or not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=row.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
