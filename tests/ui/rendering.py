"""Templates rendered by themselves: only this room, no database, no address, no middleware."""

from __future__ import annotations

from pathlib import Path

from django.template import Context, Engine

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "jinli" / "ui" / "templates"
ENGINE = Engine(
    dirs=[str(TEMPLATES)],
    builtins=["jinli.ui.templatetags.ui"],
    libraries={"django_htmx": "django_htmx.templatetags.django_htmx"},
)


def render(source: str, **context: object) -> str:
    """Return a piece of template rendered with this room's tags."""
    return ENGINE.from_string(source).render(Context(context))


def render_page(name: str, **context: object) -> str:
    """Return one of this room's templates rendered whole."""
    return ENGINE.get_template(name).render(Context(context))
