"""What a page says, quietly, about text that a report shares with reports of other vendors."""

from django.utils.translation import gettext as _

from vendors.people.actors import Actor
from vendors.reports.access import reports_visible_to
from vendors.reports.models import Report, SharedText
from vendors.reports.queries import shared_texts

MOST_NOTES = 3  # a template has made more than these: nobody needs the whole list to ask the question


def likeness_notes(report: Report, user: Actor) -> list[str]:
    """A sentence for each part so alike, the largest share first. The other vendor is named to those who may see it."""
    found = list(shared_texts(report)[:MOST_NOTES])
    if not found:
        return []
    visible = set(reports_visible_to(user).filter(pk__in=[row.other_id for row in found]).values_list("pk", flat=True))
    return [_sentence(row, named=row.other_id in visible) for row in found]


def _sentence(row: SharedText, *, named: bool) -> str:
    if row.same_firm:
        said = _("%(part)s: %(percent)s %% also stands in the report of %(vendor)s, signed by the same firm.")
    else:
        said = _("%(part)s: %(percent)s %% also stands in the report of %(vendor)s, signed by another firm.")
    vendor = row.other.vendor.name if named else _("another vendor")
    return said % {"part": row.get_part_display(), "percent": row.percent, "vendor": vendor}
