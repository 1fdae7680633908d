"""The rows of the list of sent questionnaires, in a fixed number of queries however many there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from procurement.campaigns.models import Campaign, CampaignRecipient
from procurement.questionnaires import queries as questionnaires_queries
from procurement.questionnaires.emails import last_to_vendor
from procurement.questionnaires.models import Assessment, State
from procurement.questionnaires.models.assessments import WITH_THE_VENDOR, WITH_US
from procurement.questionnaires.queries import Progress
from procurement.reviews.between import with_review
from vendors.calendar.clock import local_day

AT_A_TIME = 200
SORTS: dict[str, tuple[str, ...]] = {
    "due": ("due_on", "pk"),
    "sent": ("-sent_at", "-pk"),
    "vendor": ("vendor__name", "-sent_at", "pk"),
}


@dataclass(frozen=True, kw_only=True)
class SentRow:
    """A row. `assessment` has `review_pk`, the review it is shown with."""

    assessment: Any
    progress: Progress
    last_mail: datetime | None
    campaign: Campaign | None


def conditions(on: date) -> dict[str, Q]:
    with_vendor = Q(state__in=WITH_THE_VENDOR)
    return {
        "open": with_vendor | Q(state__in=WITH_US),
        "waiting": with_vendor,
        "overdue": with_vendor & Q(due_on__lt=on),
        "to_read": Q(state__in=WITH_US),
        "complete": Q(state=State.COMPLETE),
        "cancelled": Q(state=State.CANCELLED),
        "all": Q(),
    }


def labels() -> dict[str, str]:
    return {
        "open": _("Open"),
        "waiting": _("With the vendor"),
        "overdue": _("Overdue"),
        "to_read": _("To read"),
        "complete": _("Complete"),
        "cancelled": _("Cancelled"),
        "all": _("All"),
    }


def matching(query: Mapping[str, str]) -> QuerySet[Assessment]:
    """The questionnaires that fit the filters `q`, `questionnaire` and `by`."""
    found = Assessment.objects.all()
    words, family, by = query.get("q", "").strip(), query.get("questionnaire", ""), query.get("by", "")
    if words:
        found = found.filter(Q(vendor__name__icontains=words) | Q(engagement__title__icontains=words))
    if family.isdecimal():
        found = found.filter(family=int(family))
    if by.isdecimal():
        found = found.filter(sent_by=int(by))
    return found


def listed(found: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """With all that a row reads beside its counts."""
    return with_review(found).select_related("vendor", "engagement", "version", "contact__user", "sent_by")


def rows_of(assessments: Sequence[Assessment]) -> list[SentRow]:
    """The rows of one page of `listed`."""
    keys = [each.pk for each in assessments]
    progress = questionnaires_queries.progress_by_key(keys)
    mails = last_to_vendor(assessments)
    recipients = CampaignRecipient.objects.filter(assessment__in=keys).select_related("campaign")
    campaigns = {each.assessment_id: each.campaign for each in recipients}
    return [
        SentRow(
            assessment=each,
            progress=progress[each.pk],
            last_mail=mails.get(each.pk),
            campaign=campaigns.get(each.pk),
        )
        for each in assessments
    ]


def as_csv_rows(assessments: Sequence[Assessment], on: date) -> Iterator[list[object]]:
    """The cells of each, in portions, under `csv_header`."""
    for start in range(0, len(assessments), AT_A_TIME):
        for row in rows_of(assessments[start : start + AT_A_TIME]):
            each = row.assessment
            yield [
                each.vendor.name,
                each.engagement.title,
                each.version,
                each.get_state_display(),
                row.progress.answered,
                row.progress.total,
                each.due_on,
                each.days_late(on) or "",
                local_day(each.sent_at),
                each.sent_by.name,
                each.contact.name if each.contact else "",
                local_day(row.last_mail) if row.last_mail else "",
                local_day(each.submitted_at) if each.submitted_at else "",
                row.campaign or "",
            ]


def csv_header() -> list[str]:
    return [
        _("Vendor"),
        _("Use"),
        _("Questionnaire"),
        _("State"),
        _("Answered"),
        _("Asked"),
        _("Due"),
        _("Days overdue"),
        _("Sent"),
        _("Sent by"),
        _("Contact"),
        _("Last mail"),
        _("Submitted"),
        _("Campaign"),
    ]
