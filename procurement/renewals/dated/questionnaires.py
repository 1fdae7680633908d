"""A questionnaire that the vendor has to answer: its contact is reminded, then whoever sent it is told."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.questionnaires.emails import about
from procurement.questionnaires.models import Assessment
from procurement.renewals.dated.thing import Dated, DatedKind
from procurement.renewals.rhythms import Series
from procurement.renewals.threads import DatedSubject
from procurement.reviews.models import Review
from vendors.calendar.clock import local_day
from vendors.reports.reasons import gettext_noop

NAME = "questionnaire"


def _find(vendor_ids: Collection[int]) -> Iterable[Dated]:
    """Those the vendor has to answer, each with the newest review of its engagement."""
    newest = Review.objects.filter(engagement=OuterRef("engagement")).order_by("-pk").values("pk")[:1]
    rows = Assessment.objects.open().filter(vendor__in=vendor_ids).annotate(review_id=Subquery(newest))
    for row in rows.select_related("vendor", "engagement", "contact__user", "sent_by", "version__questionnaire"):
        yield _as_dated(row)


def _as_dated(row: Any) -> Dated:
    contact = row.contact if row.contact and row.contact.is_active else None
    return Dated(
        id=row.pk,
        vendor=row.vendor,
        since=local_day(row.sent_at),
        owner=contact.user if contact else None,
        then_tell=row.sent_by,
        tier=row.engagement.tier,
        marked=_("questionnaire due"),
        subject=DatedSubject(
            kind=NAME,
            title=_("The questionnaire “%(title)s”") % {"title": row.version.title},
            verb_ahead=_("is due"),
            verb_past=_("was due"),
            day=row.due_on,
            todo=_("What to do: answer what is open and submit it. What is answered already is kept.")
            if contact
            else _("Nobody at the vendor gets mail about it. What to do: invite a contact, then send it again to one."),
            because=_("You get this because the questionnaire was sent to you.")
            if contact
            else _("You get this because you sent the questionnaire."),
            because_escalated=_("You get this because you sent the questionnaire."),
            link=row.get_absolute_url() if contact else reverse("contacts:invite", args=[row.vendor_id]),
            link_label=_("Open the questionnaire") if contact else _("Invite a contact"),
            link_escalated=reverse("dashboard:review", args=[row.review_id]),
            about=about(row),
            reviewer=row.sent_by,
        ),
    )


QUESTIONNAIRES = DatedKind(
    name=NAME,
    label=gettext_lazy("Questionnaire"),
    series=Series.QUESTIONNAIRE,
    what=gettext_noop("the questionnaire is due ({day})"),
    late=gettext_noop("The questionnaire was due on {day}, {days} ago."),
    find=_find,
    open_ones=Assessment.objects.open,
    vendor_field="vendor_id",
)
