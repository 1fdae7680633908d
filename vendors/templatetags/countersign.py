"""What the pages load: dates and sizes as words, glyphs, states, buttons, fields, and parts that take a body.

A tag renders one template of `templates/components/`, which says at its top what it shows; what a page holds dozens of
is set in a line here.
"""

from collections.abc import Hashable
from copy import copy
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, CheckboxInput, DateInput, FileInput
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from vendors.templatetags import wording
from vendors.templatetags.meanings import meaning_of

register = template.Library()

# A form of so many fields is seen at a glance.
IN_SIGHT = 2

for words in (
    wording.day,
    wording.shortday,
    wording.longday,
    wording.weekday,
    wording.moment,
    wording.clock,
    wording.iso,
    wording.days_before,
    wording.filesize_mb,
    wording.masked_email,
):
    register.filter(words.__name__, words)


@register.simple_tag
def organisation() -> str:
    """The organisation that runs this installation; also where no context processor ran (error pages)."""
    return str(settings.ORGANISATION_NAME)


@register.simple_tag
@lru_cache(maxsize=256)
def icon_address(name: str) -> str:
    """Where a glyph of the sprite lies, for a `<use>` written by hand."""
    return f"{static('icons.svg')}#i-{name}"


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """A glyph of the sprite, `size` in pixels. Without `label` it is decoration, unheard by readers."""
    measure = size or "16"
    voice = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg width="{}" height="{}" {}><use href="{}"/></svg>', measure, measure, voice, icon_address(name)
    )


@register.simple_tag
def status(meaning: str, word: str = "", tone: str = "", glyph: str = "", box: bool = False) -> SafeString:
    """Glyph and word. `meaning` is one of `meanings.MEANINGS`; word, tone and glyph override its own."""
    known = meaning_of(meaning)
    css = "badge" if box else "status"
    return _glyph_and_word(css, tone or known.tone, glyph or known.glyph, str(word or known.word))


@register.simple_tag
def badge(meaning: str, word: str = "", tone: str = "", glyph: str = "") -> SafeString:
    """A status in a box: one in a page head, nowhere else."""
    return status(meaning, word, tone, glyph, box=True)


@lru_cache(maxsize=1024, typed=True)  # a list says the same few states in every row; a safe word is another key
def _glyph_and_word(css: str, tone: str, glyph: str, word: str) -> SafeString:
    return render_to_string("components/status.html", {"css": css, "tone": tone, "glyph": glyph, "word": word})


@register.simple_tag
def row(template_name: str, row: Hashable) -> SafeString:
    """A row of a list: a frozen dataclass with every word that its template shows, never a model.

    What says the same looks the same, so each is rendered once a process; what it says is worked out anew each time.
    """
    return _row(template_name, row, get_language())


@lru_cache(maxsize=2048)
def _row(template_name: str, row: Hashable, _language: str | None) -> SafeString:
    return render_to_string(template_name, {"row": row})


@register.inclusion_tag("components/tag.html")
def tag(word: str, href: str = "") -> dict[str, Any]:
    """A fact without judgement: tier, data class."""
    return {"word": word, "href": href}


@register.inclusion_tag("components/cite.html")
def cite(page: Any = None, href: str = "", label: str = "", document: str = "") -> dict[str, Any]:
    """The page chip: a document says so, there. Nothing at all where there is neither page nor label.

    document  the address at which this person reads it; the chip opens the page there
    """
    if document and page and not href:
        href = f"{document}?page={page}"
    return {"page": page, "href": href, "label": label}


@register.inclusion_tag("components/button.html")
def button(
    label: str,
    href: str = "",
    kind: str = "",
    size: str = "",
    glyph: str = "",
    disabled_because: str = "",
    dialog: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
    key: str = "",
) -> dict[str, Any]:
    """Verb and object: a link with `href`, else a submit button; see the component for the rest."""
    return {
        "label": label,
        "href": href,
        "css": " ".join(part for part in ("btn", kind, size) if part),
        "glyph": glyph,
        "disabled_because": disabled_because,
        "dialog": dialog,
        "name": name,
        "value": value,
        "form": form,
        "key": key or name or dialog or "button",
    }


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", help: str = "", css: str = "", choices: str = "") -> dict[str, Any]:
    """Label, control, help and error of one form field, whatever its widget.

    `css` is wide or short; `choices` is side (columns) or line for groups of boxes.
    """
    widget = bound.field.widget
    attrs: dict[str, Any] = {}
    if isinstance(widget, DateInput):
        widget = copy(widget)
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    help_text = help or bound.help_text
    if help and not bound.help_text and bound.auto_id:
        described = [f"{bound.auto_id}_helptext", *([f"{bound.auto_id}_error"] if bound.errors else [])]
        attrs["aria-describedby"] = " ".join(described)
    kind = "plain"
    if widget.is_hidden:
        kind = "hidden"
    elif isinstance(widget, CheckboxInput):
        kind = "checkbox"
    elif widget.use_fieldset and hasattr(widget, "subwidgets") and hasattr(widget, "choices"):
        kind = "group"
    elif widget.use_fieldset:
        kind = "several"
        attrs["aria-label"] = label or bound.label
    elif isinstance(widget, FileInput):
        kind = "file"
    return {
        "field": bound,
        "kind": kind,
        "control": "" if kind == "group" else bound.as_widget(widget, attrs),
        "label": label or bound.label,
        "help": help_text,
        "css": css,
        "choices": choices,
        "optional": not bound.field.required and kind not in {"checkbox", "hidden"},
    }


@register.filter
def fields_with_errors(form: BaseForm) -> list[BoundField]:
    """The visible fields that need somebody. None for a short form, where each error stands in sight anyway."""
    visible = form.visible_fields()
    return [bound for bound in visible if bound.errors] if len(visible) > IN_SIGHT else []


@register.filter
def errors_of_no_field(form: BaseForm) -> list[str]:
    """Sentences that belong to no field, and those of hidden fields, which could be read nowhere else."""
    hidden = [str(error) for bound in form.hidden_fields() for error in bound.errors]
    return [*map(str, form.non_field_errors()), *hidden]


@register.inclusion_tag("components/meter.html")
def meter(met: int, total: int, note: str = "") -> dict[str, Any]:
    """Outlined segments, filled when met, beside the words that say the same."""
    numbers = range(total)
    boxes = [{"x": f"{n * 20 + 0.7:g}", "css": "cov" if n < met else "left"} for n in numbers]
    return {"boxes": boxes, "width": max(total, 1) * 20, "note": note}


@register.simple_tag
def filter_box(bound: BoundField) -> SafeString:
    """A filter without a visible label: a search field names itself inside, where nothing was typed yet."""
    names_itself = getattr(bound.field.widget, "input_type", "") in {"search", "text"}
    named = {"placeholder": bound.label, **bound.field.widget.attrs} if names_itself else {}
    return bound.as_widget(attrs=named)


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context: Context, label: str, key: str, css: str = "") -> dict[str, Any]:
    """A column head that sorts: `?sort=key`, and `?sort=-key` when it is sorted that way already."""
    query = context["request"].GET.copy()
    now = query.get("sort", "")
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    query["sort"] = f"-{key}" if direction == "ascending" else key
    query.pop("page", None)
    return {"label": label, "css": css, "direction": direction, "href": f"?{query.urlencode()}"}


@register.simple_tag(takes_context=True)
def nav_link(context: Context, href: str, label: str) -> SafeString:
    """A link of the masthead that knows whether the reader is there."""
    request = context.get("request")
    path = request.path if request else ""
    if path == href:
        return format_html('<a href="{}" aria-current="page">{}</a>', href, label)
    if href != "/" and path.startswith(href):
        return format_html('<a href="{}" aria-current="true">{}</a>', href, label)
    return format_html('<a href="{}">{}</a>', href, label)


@register.simple_block_tag
def notice(content: str, tone: str = "warn", title: str = "", glyph: str = "", key: str = "") -> str:
    """A sentence that stays in the flow: glyph, title in bold, body."""
    glyph = glyph or {"ok": "ok", "idle": "info", "act": "info"}.get(tone, "flag")
    known = {"content": content, "tone": tone, "title": title, "glyph": glyph, "key": key}
    return render_to_string("components/notice.html", known)


@register.simple_block_tag
def check(
    content: str,
    meaning: str,
    title: str,
    text: str = "",
    href: str = "",
    pages: Any = (),
    tone: str = "",
    glyph: str = "",
) -> str:
    """A row of a checklist; its body is the one action, or nothing."""
    known = meaning_of(meaning)
    row = {"tone": tone or known.tone, "glyph": glyph or known.glyph, "word": known.word}
    told = {"content": content, "title": title, "text": text, "href": href, "pages": pages}
    return render_to_string("components/check.html", {**row, **told})


@register.simple_block_tag
def answer(content: str, meaning: str, sentence: str, why: str = "", tone: str = "", glyph: str = "") -> str:
    """The one answer of a page between double lines; its body holds the buttons."""
    known = meaning_of(meaning)
    strip = {"tone": tone or known.tone, "glyph": glyph or known.glyph}
    return render_to_string("components/answer.html", {**strip, "content": content, "sentence": sentence, "why": why})


@register.simple_block_tag
def dialog(content: str, key: str, title: str, opened: bool = False) -> str:
    """A question before an act that cannot be undone; its body is the form with both buttons."""
    return render_to_string(
        "components/dialog.html", {"content": content, "key": key, "title": title, "opened": opened}
    )
