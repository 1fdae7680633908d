"""What mail templates load: parts with inline styles, as mail programs want, and facts as lines of text."""

import textwrap
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# Fixed texts of ours, so they need no escaping inside the style attributes below.
FONTS = {
    "sans": SafeString("'IBM Plex Sans',-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"),
    "serif": SafeString("'Source Serif 4',Georgia,Charter,serif"),
    "mono": SafeString("'IBM Plex Mono',Menlo,Consolas,monospace"),
}
SANS = f"font-family:{FONTS['sans']};"
PARAGRAPH = SafeString(f"margin:0 0 16px;{SANS}font-size:16px;line-height:24px;color:#14201a")
ASIDE = SafeString(f"margin:16px 0 0;{SANS}font-size:14px;line-height:21px;color:#3f4d45")
RULED = SafeString("border-top:1px solid #d7dfd7;border-bottom:1px solid #d7dfd7;margin:4px 0 24px;width:100%")
CELL = f"{SANS}font-size:14px;line-height:20px;vertical-align:top;"
LABEL = SafeString(f"{CELL}color:#5a6860;padding:6px 16px 6px 0;white-space:nowrap")
VALUE = SafeString(f"{CELL}color:#14201a;padding:6px 0;font-weight:500")
BUTTON = SafeString(
    f"display:inline-block;padding:13px 22px;{SANS}font-size:16px;font-weight:600;line-height:20px;"
    "color:#ffffff;text-decoration:none"
)
CODE = SafeString(
    "margin:4px 0 20px;padding:16px 0 16px 12px;border:1px solid #a7b5aa;border-radius:4px;background:#eff3ee"
    f";font-family:{FONTS['mono']};font-size:32px;line-height:36px;letter-spacing:12px;text-align:center;"
    "color:#14201a"
)

TEXT_WIDTH = 72
LABEL_WIDTH = 12


@register.filter
def first_name(name: Any) -> str:
    """The name somebody is greeted with; the whole of it when it is one word."""
    return str(name or "").split(" ")[0]


@register.simple_tag
def letter_font(family: str = "sans") -> SafeString:
    return FONTS[family]


@register.simple_block_tag
def paragraph(content: str) -> SafeString:
    """A paragraph of the body: 16 on 24 pixels."""
    return format_html('<p style="{}">{}</p>', PARAGRAPH, content)


@register.simple_block_tag
def aside(content: str) -> SafeString:
    """What else to know, smaller, under the button."""
    return format_html('<p class="less" style="{}">{}</p>', ASIDE, content)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A ruled list of `{% fact %}` rows."""
    table = '<table role="presentation" class="facts" cellpadding="0" cellspacing="0" style="{}">{}</table>'
    return format_html(table, RULED, content)


@register.simple_tag
def fact(label: str, value: Any) -> SafeString:
    """One row of `{% facts %}`."""
    row = '<tr><td class="lab" style="{}">{}</td><td style="{}">{}</td></tr>'
    return format_html(row, LABEL, label, VALUE, value)


@register.simple_tag
def letter_button(url: str, label: str) -> SafeString:
    """The one thing to do."""
    return format_html(
        '<table role="presentation" cellpadding="0" cellspacing="0"><tr>'
        '<td class="go" style="background:#2140a8;border-radius:4px"><a href="{}" style="{}">{}</a></td>'
        "</tr></table>",
        url,
        BUTTON,
        label,
    )


@register.simple_tag
def letter_code(code: str) -> SafeString:
    """A code to type, large and spaced."""
    return format_html('<p class="code" style="{}">{}</p>', CODE, code)


@register.simple_tag
def letter_link(url: str, label: str) -> SafeString:
    """A link in a sentence; one of these is no second button."""
    return format_html('<a class="link" href="{}" style="color:#2140a8">{}</a>', url, label)


@register.simple_tag
def fact_line(label: str, value: Any) -> str:
    """A fact in the text part: label in a column, the value hanging beside it."""
    lead = f"  {label:<{LABEL_WIDTH}}"
    width = TEXT_WIDTH - len(lead)
    lines = textwrap.wrap(str(value), width, break_long_words=False, break_on_hyphens=False)
    return lead + f"\n{' ' * len(lead)}".join(lines or [""])
