"""Proposals in words: what is proposed, and on what ground. The one place for these sentences."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vendors.calendar.words import written
from vendors.reports import labels
from vendors.reports.criteria import in_short
from vendors.reports.facts import CuecRow, ExceptionRow, SubserviceRow
from vendors.reports.proposals import Ground, Proposal

CHOICES = {
    "kind": dict(labels.KINDS),
    "type": dict(labels.TYPES),
    "opinion": dict(labels.OPINIONS),
    "categories": dict(labels.CATEGORIES),
}


def ground_in_words(proposal: Proposal) -> str:
    """Why this is proposed, or why nothing is: "Stated on page 3, also on 1 and 7."."""
    ground = proposal.ground
    if len(ground.conflict_on) == 1:
        return _("The report contradicts itself on page %(page)s.") % {"page": ground.conflict_on[0]}
    if ground.conflict_on:
        where = pages(ground.conflict_on)
        return _("The report contradicts itself: %(pages)s say different things.") % {"pages": where}
    if proposal.is_concluded:
        return _("Looked through %(pages)s and found none. Accept it once you looked as well.") % {
            "pages": spans(ground.looked_on)
        }
    if proposal.value is None:
        return _("Looked for on %(pages)s, not found.") % {"pages": spans(ground.looked_on)}
    if ground.page is None:
        return _("Found without a page of its own.")
    if ground.is_recognised:
        return _("%(stated)s Read by OCR from a picture: compare it with the page.") % {
            "stated": _stated(proposal, ground)
        }
    return _stated(proposal, ground)


def doubt_in_words(proposal: Proposal) -> str:
    """What speaks against it and what to do; empty where nothing does."""
    if proposal.doubt is None:
        return ""
    return _("%(doubt)s Accept it only if you know why, for example an owner or a subsidiary; else send it back.") % {
        "doubt": proposal.doubt.render(_)
    }


def management_reply(replied: bool | None) -> str:
    """What is known of management's answer to an exception whose words are not proposed."""
    if replied:
        return _("Management answers it in the report, but not in words that stand clearly apart. Read and note them.")
    if replied is None:
        return _("An answer of management is announced, but was not found.")
    return _("No answer of management was found.")


def part_in_words(ground: Ground) -> str:
    """Why a field of a row is proposed, or why it is not."""
    if ground.conflict_on:
        return _("The report says different things on %(pages)s, so nothing is proposed.") % {
            "pages": pages(ground.conflict_on)
        }
    return _("Read by OCR from a picture: compare it with the page.") if ground.is_recognised else ""


def value_in_words(name: str, value: Any) -> str:
    """A value as the page shows it: "Type II", "30 Jun 2026", "Security, Availability"."""
    if name in CHOICES:
        words = CHOICES[name]
        return ", ".join(str(words.get(each, each)) for each in (value if isinstance(value, list) else [value]))
    if name == "criteria_tested":
        return in_short(value)
    if isinstance(value, bool):
        return _("None")
    if isinstance(value, date):
        return written(value)
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, ExceptionRow):
        return " · ".join(part for part in (value.criterion, value.control, value.sample) if part)
    if isinstance(value, CuecRow):
        return value.text
    if isinstance(value, SubserviceRow):
        method = dict(labels.METHODS).get(value.method, _("method not told"))
        return f"{value.name} · {method}"
    return str(value)


def pages(numbers: Sequence[int]) -> str:
    """ "pages 1, 3 and 7"."""
    return ngettext("page %(numbers)s", "pages %(numbers)s", len(numbers)) % {"numbers": listed(map(str, numbers))}


def spans(numbers: Sequence[int]) -> str:
    """The same, with pages in a row drawn together: "pages 3–5 and 9"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return ngettext("page %(numbers)s", "pages %(numbers)s", len(set(numbers))) % {"numbers": listed(words)}


def listed(words: Iterable[str]) -> str:
    """ "1", "1 and 3", "1, 3 and 7"."""
    *first, last = list(words) or [""]
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def _stated(proposal: Proposal, ground: Ground) -> str:
    if proposal.name == "controls_tested":
        return _("Counted on %(pages)s.") % {"pages": spans([ground.page or 1, *ground.also_on])}
    if proposal.name == "criteria_tested":
        return _("Named in the tests on %(pages)s.") % {"pages": spans([ground.page or 1, *ground.also_on])}
    if ground.also_on:
        return _("Stated on page %(page)s, also on %(others)s.") % {
            "page": ground.page,
            "others": listed(map(str, ground.also_on)),
        }
    return _("Stated on page %(page)s.") % {"page": ground.page}
