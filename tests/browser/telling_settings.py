"""The real settings, and what journeys need: a cheap password hash, and each page saying which template made it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from jinli.site.settings import *  # noqa: F403
from jinli.site.settings import MIDDLEWARE as REAL_MIDDLEWARE

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = ["tests.browser.telling_settings.tell_template", *REAL_MIDDLEWARE]
_rendered = threading.local()


def tell_template(answer: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Say in a header which template made the page, so that a test knows what it has looked at."""
    from django.template.backends.django import Template

    render = Template.render

    def noting(self: Any, *args: Any, **kwargs: Any) -> Any:
        _rendered.names = [*getattr(_rendered, "names", ()), str(self.template.name)]
        return render(self, *args, **kwargs)

    Template.render = noting  # type: ignore[method-assign]

    def middleware(request: Any) -> Any:
        _rendered.names = []
        response = answer(request)
        pages = [
            name for name in _rendered.names if not name.rsplit("/", 1)[-1].startswith("_") and "widgets" not in name
        ]
        response["X-Template"] = " ".join(pages)
        return response

    return middleware
