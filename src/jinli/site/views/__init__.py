"""The site's own pages, one module for each noun."""

from jinli.site.views.refusals import csrf_refused, locked_out, not_found, refused

__all__ = ["csrf_refused", "locked_out", "not_found", "refused"]
