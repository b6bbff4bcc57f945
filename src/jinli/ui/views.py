"""The gallery: every part of a page, in both languages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jinli.ui.gallery import both_languages


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every part of a page once in each language, with made-up samples."""
    return render(request, "ui/gallery.html", {"halves": both_languages()})


# Read by the access walk; this room knows nothing of duties, so it states what `access(PUBLIC)` would.
gallery.access = frozenset({"public"})  # type: ignore[attr-defined]
