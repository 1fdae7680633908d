"""Inputs, texts and lists of a form, written without templates.

A page holds hundreds of them, and Django draws each from two or three templates of its own. What comes out is the same
to the letter, but for the empty line after each option; every other control is still Django's.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.html import conditional_escape

Drawn = Mapping[str, Any]  # a widget as its `get_context` describes it
FOLDER = "django/forms/widgets"
INPUTS = (
    *("checkbox", "color", "date", "datetime", "email", "file", "hidden", "input", "number", "password"),
    *("search", "tel", "text", "time", "url"),
)
BARE_OPTIONS = ("checkbox_option", "radio_option")


class ControlRenderer(DjangoTemplates):
    """FORM_RENDERER of the project."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        widget = context.get("widget", {})
        if draw is None or (draw is _option and widget.get("wrap_label")):
            return str(super().render(template_name, context, request))
        return draw(widget)


def _input(widget: Drawn) -> str:
    value = "" if widget["value"] is None else f' value="{_escaped(widget["value"])}"'
    kind, name = conditional_escape(widget["type"]), conditional_escape(widget["name"])
    return f'<input type="{kind}" name="{name}"{value}{_attributes(widget)}>'


def _option(widget: Drawn) -> str:
    """A box or a button of a group; its label stands in our own markup."""
    return _input(widget)


def _textarea(widget: Drawn) -> str:
    words = conditional_escape(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{conditional_escape(widget["name"])}"{_attributes(widget)}>\n{words}</textarea>'


def _select(widget: Drawn) -> str:
    lines = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget)}>']
    for group, options, _index in widget["optgroups"]:
        lines += [f'  <optgroup label="{conditional_escape(group)}">'] if group else []
        for option in options:
            value, label = _escaped(option["value"]), conditional_escape(localize(option["label"]))
            lines.append(f'  <option value="{value}"{_attributes(option)}>{label}</option>')
        lines += ["  </optgroup>"] if group else []
    return "\n".join([*lines, "</select>"])


def _attributes(widget: Drawn) -> str:
    return "".join(
        f" {conditional_escape(name)}" if value is True else f' {conditional_escape(name)}="{_escaped(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _escaped(value: Any) -> str:
    """As a template's `value|stringformat:"s"`: numbers and days as Python writes them."""
    return conditional_escape(value if isinstance(value, str) else str(value))


DRAWN: dict[str, Callable[[Drawn], str]] = {
    **{f"{FOLDER}/{name}.html": _input for name in INPUTS},
    **{f"{FOLDER}/{name}.html": _option for name in BARE_OPTIONS},
    f"{FOLDER}/textarea.html": _textarea,
    f"{FOLDER}/select.html": _select,
}
