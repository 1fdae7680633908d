"""A row or a list of a reading as a person would record it. Pure: the reader's words in, ours out."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from vendors.reports.facts import CuecRow, ExceptionRow, SubserviceRow

SAMPLE = re.compile(r"\b(\d{1,5}) (?:out )?of (?:the |a (?:sample|total) of )?(\d{1,5})\b")
LONGEST_REFERENCE, LONGEST_SERVICE = 30, 200


def exception_row(row: Mapping[str, Any]) -> ExceptionRow:
    """A control may serve several criteria; ours is the first of them, the others are named below the text."""
    first, *others = row["criteria"] or [""]
    sample = SAMPLE.search(row["text"])
    return ExceptionRow(
        criterion=first,
        control=row["control"][:60],
        description=row["text"] + _also_under(others),
        sample=_("%(failed)s of %(tested)s") % {"failed": sample[1], "tested": sample[2]} if sample else "",
        response=row.get("response") or "",
        page=row["page"],
    )


def cuec_row(row: Mapping[str, Any]) -> CuecRow:
    """As for exceptions; a number that our field cannot hold was read wrongly and is left out."""
    first, *others = row.get("criteria") or [""]
    reference = row.get("reference") or ""
    return CuecRow(
        text=row["text"] + _also_under(others),
        reference=reference if len(reference) <= LONGEST_REFERENCE else "",
        criterion=first,
        page=row["page"],
    )


def subservice_row(row: Mapping[str, Any]) -> SubserviceRow:
    """A service that our field cannot hold was read wrongly and is left out."""
    service = row.get("service") or ""
    return SubserviceRow(
        name=row["name"][:160],
        service=service if len(service) <= LONGEST_SERVICE else "",
        method=row["method"] or "",
        page=row["page"],
    )


def tested_criteria(content: Mapping[str, Any]) -> list[str]:
    """The criteria of which a test took place: where the report says that there was nothing to test, none did."""
    not_done = set(content.get("criteria_not_tested") or ())
    return [each for each in content.get("criteria_tested") or () if each not in not_done]


def _also_under(criteria: Sequence[str]) -> str:
    return "\n" + _("Also under %(criteria)s.") % {"criteria": ", ".join(criteria)} if criteria else ""
