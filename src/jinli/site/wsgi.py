"""WSGI entry point for granian."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.wsgi import get_wsgi_application


def _warm(answer: Callable[..., Any]) -> None:
    """Answer one request before the first visitor does: addresses, templates and database are loaded now."""
    environ: dict[str, Any] = {"HTTP_HOST": settings.ALLOWED_HOSTS[0].replace("*", "localhost")}
    setup_testing_defaults(environ)
    response = answer(environ, lambda *_: None)
    response.close()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinli.site.settings")
application = get_wsgi_application()
_warm(application)
