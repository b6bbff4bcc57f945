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


def _report() -> None:
    """Tell the command that started this worker that it is warm: a file of its number in the folder named."""
    folder = os.environ.get("JINLI_WARM_WORKERS", "")
    if folder and os.path.isdir(folder):  # gone when a worker is replaced later
        open(os.path.join(folder, str(os.getpid())), "w").close()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinli.site.settings")
application = get_wsgi_application()
_warm(application)
_report()
