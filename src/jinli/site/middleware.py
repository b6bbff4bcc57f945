"""What stands before everything else: where a request really comes from."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def caller_behind_proxy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Take the caller's address from our own web server in front, so that one caller's failures lock out no others.

    Only the last address of `X-Forwarded-For` is believed: that one our web server wrote itself.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if settings.BEHIND_PROXY and told:
            request.META["REMOTE_ADDR"] = told
        return get_response(request)

    return answer
