"""The small picture of coverage. Drawn here and not by a template: a list has fifty of them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from procurement.dashboard.timeline import Bar, Counting, Strip

register = template.Library()


@register.simple_tag
def coverage_strip(strip: Strip) -> SafeString:
    """Coverage in a row of a list. Its words are its label."""
    return format_html(
        '<svg class="tl strip" data-tone="{}" viewBox="0 0 320 26" role="img" aria-label="{}: {}">'
        '<path class="base" d="M0 19H320"/><path class="grid" d="{}"/><path class="grid y" d="{}"/>{}{}'
        '<path class="today" d="M{} 1V24"/></svg>',
        strip.counting.tone,
        strip.name,
        strip.words,
        strip.scale.quarter_marks,
        strip.scale.year_marks,
        SafeString("".join(map(_days, strip.days))),
        _counts(strip.counting),
        strip.today_x,
    )


def _days(bar: Bar) -> str:
    """Days of one kind. Only numbers and words of ours stand in it, so there is nothing to escape."""
    if bar.look == "covered":
        return f'<rect class="cov" x="{bar.x}" y="6" width="{bar.width}" height="10"/>'
    if bar.look == "bridged":
        return f'<rect x="{bar.x}" y="6" width="{bar.width}" height="10" fill="url(#hatch)"/>'
    if bar.look == "gap":
        return f'<rect class="gap" x="{bar.x}" y="6.6" width="{bar.width}" height="8.8"/>'
    return f'<path class="run" d="M{bar.x} 11h{bar.width}"/>'


def _counts(line: Counting) -> SafeString:
    """Until when the report counts, and the relief after it."""
    drawn = f'<path class="cur" d="M{line.from_x} 19H{line.to_x}v-4v8"/>'
    if line.relief_x:
        drawn += f'<rect x="{line.to_x}" y="17" width="{line.relief_width}" height="5" fill="url(#hatch)"/>'
    return SafeString(drawn)
