"""Leave to open the bytes of a report."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vendors.ledger.services import record
from vendors.people.actors import Actor, Kind, Refused
from vendors.reports import access
from vendors.reports.models import Grant, Report
from vendors.reports.services.locking import locked_report
from vendors.reports.wording import named


@transaction.atomic
def grant_access(
    *, report: Report, user: Actor, purpose: str, by: Actor, now: datetime, until: date | None = None
) -> Grant:
    """Let a member of staff open this report, up to and including `until`; a standing grant is left as it is.

    Raises NotAllowed for whoever may not pass it on, Refused for somebody who is no member of staff.
    """
    report = locked_report(report)
    access.check_can_grant(by)
    return give(report=report, user=user, purpose=purpose, by=by, now=now, until=until)


def give(*, report: Report, user: Actor, purpose: str, by: Actor, now: datetime, until: date | None = None) -> Grant:
    """The grant and its ledger entry, for an act which has checked by itself that it may be made."""
    if user.kind != Kind.STAFF or user.pk is None:
        raise Refused(_("Only members of staff are granted a report. Contacts see what is theirs."))
    standing = Grant.objects.filter(report=report, user_id=user.pk).first()
    if standing is not None and _reaches(standing.until, until):
        return standing
    grant, _made = Grant.objects.update_or_create(
        report=report,
        user_id=user.pk,
        defaults={"purpose": purpose, "granted_at": now, "granted_by": by.label, "until": until},
    )
    record(
        by=by,
        verb="report.granted",
        sentence=_("%(name)s may open %(report)s (%(purpose)s)")
        % {"name": user.label, "report": named(report), "purpose": purpose},
        at=now,
        vendor_id=report.vendor_id,
        subject=("report", report.pk),
        details={"person": user.pk, "until": until},
    )
    return grant


def _reaches(standing: date | None, asked: date | None) -> bool:
    """Whether a grant with this end covers what is asked; None is without end."""
    return standing is None or (asked is not None and asked <= standing)
