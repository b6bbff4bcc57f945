"""What every template may use without loading it: words, drawings, and the parts of pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.forms import BoundField
from django.forms.widgets import CheckboxInput, ChoiceWidget, FileInput, RadioSelect
from django.template import Context, Library
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from jinli.ui.dates import day_text, due_text, moment_text
from jinli.ui.icons import ICONS
from jinli.ui.parts import Conflict, Crumb, Fact, PageKeys, Scope
from jinli.ui.rates import percent_text
from jinli.ui.words import say, tongue

register = Library()

# state of a clock -> (drawing, tone); near and late are the only ones in colour
_CLOCK_LOOK: dict[str, tuple[str, str]] = {
    "running": ("clock", ""),
    "week": ("calendar", ""),
    "later": ("arrow", "quiet"),
    "near": ("clock", "warning"),
    "late": ("triangle", "danger"),
    "paused": ("pause", "quiet"),
    "kept": ("tick", ""),
    "used": ("tick", ""),
    "broken": ("cross", ""),
    "broken_done": ("cross", ""),
    "broken_open": ("triangle", "danger"),
    "lapsed": ("dash", "quiet"),
    "void": ("slash", "quiet"),
    "provisional": ("question", "warning"),
}
_NOTICE_LOOK = {"info": "info", "warning": "triangle", "danger": "triangle"}


@register.simple_tag
def t(key: str, **facts: object) -> str:
    """Return the words of a key in the reader's language."""
    return say(key, **facts)


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """Draw one of our own line drawings; words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" width="{}" height="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        size,
        size,
        mark_safe(ICONS[name]),  # noqa: S308 (our own drawings)
    )


@register.simple_tag
def page_lang() -> str:
    """Return the language of the page for its html element."""
    return "en" if tongue() == "en" else "zh-Hans"


@register.simple_tag
def asset(path: str) -> str:
    """Return the address of one of our own static files."""
    return static(path)


@register.simple_tag(takes_context=True)
def script(context: Context, path: str) -> SafeString:
    """Load a script of ours, deferred, with the nonce that the response allows."""
    # Made only when it is asked for as text; until then it counts as empty.
    nonce = str(getattr(context.get("request"), "csp_nonce", ""))
    if nonce:
        return format_html('<script src="{}" defer nonce="{}"></script>', static(path), nonce)
    return format_html('<script src="{}" defer></script>', static(path))


@register.filter
def day(value: date, today: date | None = None) -> str:
    """Return a day with its weekday; the year unless it is that of `today`."""
    return day_text(value, tongue=tongue(), today=today)


@register.filter
def moment(value: datetime, today: date | None = None) -> str:
    """Return a moment in the town's time; the year unless it is that of `today`."""
    return moment_text(value, tongue=tongue(), today=today)


@register.simple_tag
def due(at: datetime, today: date | None = None, note: str = "") -> SafeString:
    """Show a due moment; midnight is 24:00 of the day before."""
    text = due_text(at, tongue=tongue(), today=today, note=note)
    return format_html('<time class="due" datetime="{}">{}</time>', at.isoformat(), text)


@register.inclusion_tag("ui/_badge.html")
def badge(text: str, tone: str = "", icon: str = "") -> dict[str, object]:
    """Show a small framed word: tone `strong`, `quiet`, `warning` or none."""
    return {"text": text, "tone": tone, "icon": icon}


@register.inclusion_tag("ui/_facts.html")
def facts(rows: Iterable[Fact], label: str = "") -> dict[str, object]:
    """Show the first facts of a page side by side."""
    return {"rows": rows, "label": label}


@register.inclusion_tag("ui/_keyvalues.html")
def keyvalues(rows: Iterable[Fact]) -> dict[str, object]:
    """Show named values below each other."""
    return {"rows": rows}


@register.inclusion_tag("ui/_empty.html")
def empty(title: str, text: str = "", href: str = "", label: str = "") -> dict[str, object]:
    """Say what would be here and how it gets here."""
    return {"title": title, "text": text, "href": href, "label": label}


@register.inclusion_tag("ui/_notice.html")
def notice(tone: str, title: str, text: str = "", href: str = "", label: str = "") -> dict[str, object]:
    """Show a bar: tone `info`, `warning`, or `danger` (overdue only)."""
    return {"tone": tone, "icon": _NOTICE_LOOK[tone], "title": title, "text": text, "href": href, "label": label}


@register.simple_block_tag
def table(content: str, label: str, kind: str = "") -> SafeString:
    """Wrap a table: it has a name, and on a narrow page it alone scrolls, reachable by keyboard."""
    return format_html(
        '<div class="table-scroll" role="region" aria-label="{}" tabindex="0"><table class="table {}">{}</table></div>',
        label,
        kind,
        content,
    )


@register.inclusion_tag("ui/_pages.html")
def pages(keys: PageKeys) -> dict[str, object]:
    """Show how much of a list is on the page and where it goes on."""
    return {"keys": keys}


@register.inclusion_tag("ui/_scopes.html")
def scopes(rows: Iterable[Scope], label: str) -> dict[str, object]:
    """Show a choice between few lists as joined segments."""
    return {"rows": rows, "label": label}


@register.inclusion_tag("ui/_crumbs.html")
def crumbs(rows: Iterable[Crumb]) -> dict[str, object]:
    """Show the way to this page."""
    return {"rows": rows}


@register.inclusion_tag("ui/_stat.html")
def stat(
    label: str, value: object, href: str = "", note: str = "", tone: str = "", icon: str = ""
) -> dict[str, object]:
    """Show a count that opens the list behind it; `None` is unknown."""
    return {"label": label, "value": value, "href": href, "note": note, "tone": tone, "icon": icon}


@register.inclusion_tag("ui/_move.html")
def move(
    label: str, hint: str = "", primary: bool = False, href: str = "", name: str = "move", value: str = ""
) -> dict[str, object]:
    """Show an open move: a link to its form, or the button that sends the form it stands in."""
    return {"label": label, "hint": hint, "primary": primary, "href": href, "name": name, "value": value}


@register.inclusion_tag("ui/_locked.html")
def locked(label: str, reason: str) -> dict[str, object]:
    """Show a closed move and what is missing, or whose it is."""
    return {"label": label, "reason": reason}


@register.inclusion_tag("ui/_clock_line.html")
def clock_line(state: str, text: str = "", note: str = "") -> dict[str, object]:
    """Show how a clock stands by drawing and word; without `text` the word of its state."""
    drawing, tone = _CLOCK_LOOK[state]
    return {"icon": drawing, "tone": tone, "text": text or say(f"ui.clock.{state}"), "note": note}


@register.simple_tag
def unknown(why: str = "") -> SafeString:
    """Show that no source gives the value, in the place where it would stand."""
    return format_html('<span class="unknown">{}</span>', why or say("ui.unknown"))


@register.inclusion_tag("ui/_rate.html")
def rate(
    kept: int, total: int, kept_url: str = "", total_url: str = "", minimum: int = 0, big: bool = False
) -> dict[str, object]:
    """Show a percentage with its two counts; below the minimum only the counts."""
    few = say("ui.rate.none") if not total else say("ui.rate.too_few", minimum=minimum) if total < minimum else ""
    return {
        "percent": "" if few else percent_text(kept, total),
        "few": few,
        "kept": kept,
        "total": total,
        "kept_url": kept_url,
        "total_url": total_url,
        "big": big,
    }


@register.inclusion_tag("ui/_masked.html")
def masked(shown: str, reveal_url: str = "") -> dict[str, object]:
    """Show a masked value and, if open to the reader, the recorded way to see it whole."""
    return {"shown": shown, "reveal_url": reveal_url}


@register.inclusion_tag("ui/_conflict.html")
def conflict(what: Conflict) -> dict[str, object]:
    """Show what changed since the page was opened, by whom, and what was typed."""
    return {"what": what}


@register.inclusion_tag("ui/_form_errors.html")
def form_errors(form: Any) -> dict[str, object]:
    """Show above a refused form what is to be mended, each with the way to its field."""
    bad = [(field.label, field.errors[0], field.id_for_label or field.auto_id) for field in form if field.errors]
    general = list(form.non_field_errors())
    return {"bad": bad, "general": general, "count": len(bad) + len(general)}


@register.inclusion_tag("ui/_field.html")
def field(
    bound: BoundField, hint: str = "", label: str = "", optional: bool | None = None, show_label: bool = True
) -> dict[str, object]:
    """Show a form field: label, the mark that it may stay empty, hint, and what is wrong at the field itself."""
    widget = bound.field.widget
    hint = hint or str(bound.help_text or "")
    base = bound.auto_id or bound.html_name
    described = [f"{base}-hint"] if hint else []
    described += [f"{base}-error"] if bound.errors else []
    several = isinstance(widget, ChoiceWidget) and widget.input_type in ("radio", "checkbox")
    attrs: dict[str, Any] = {}
    if described and not several:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if isinstance(widget, RadioSelect) and not bound.field.required:
        attrs["required"] = False
    return {
        "label": label or bound.label,
        "show_label": show_label,
        "optional": not bound.field.required if optional is None else optional,
        "hint": hint,
        "errors": bound.errors,
        "base": base,
        "for": bound.id_for_label,
        "described": " ".join(described),
        "several": several,
        "tick": isinstance(widget, CheckboxInput),
        "file": isinstance(widget, FileInput),
        "hidden": bound.is_hidden,
        "control": bound.as_widget(attrs=attrs),
        "choices": list(bound.subwidgets) if several else [],
    }


@register.simple_tag
def join(values: Iterable[object]) -> SafeString:
    """Join short texts by the separating dot of second lines, leaving out empty ones."""
    return format_html_join(" • ", "{}", ((value,) for value in values if value))
