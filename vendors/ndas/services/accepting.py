"""A contact accepts our text for its vendor."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vendors.contacts.models import Contact
from vendors.directory.models import Vendor
from vendors.ledger import services as ledger
from vendors.ledger.chain import printable
from vendors.ndas import access, emails
from vendors.ndas.models import Nda, NdaText, Paper
from vendors.ndas.queries import newest_text
from vendors.ndas.term import term_of
from vendors.nudging.services import nudge_after_commit
from vendors.people.actors import Actor, Refused

MAKE_CERTIFICATE = "ndas.make_certificate"
LONGEST_BROWSER = 300


@transaction.atomic
def accept_our_text(
    *,
    contact: Contact,
    version: int,
    sha256: str,
    signs_for: str,
    signer_name: str,
    signer_title: str,
    may_sign: bool,
    address: str | None,
    browser: str,
    by: Actor,
    on: date,
    now: datetime,
) -> Nda:
    """Accept the newest version of our text; the vendor is bound from that day.

    version, sha256, signs_for  what the page showed: it is accepted as shown or not at all
    may_sign                    "I may sign for <signs_for>" was ticked
    address, browser            where the acceptance came from, for the certificate

    Raises NotAllowed for anybody but a contact of the vendor; Refused when a newer version was issued in between,
    when the vendor's legal name changed, without the tick, a name or a title, or when it was accepted already.
    """
    vendor = Vendor.objects.select_for_update().get(pk=contact.vendor_id)
    text = _as_shown(version, sha256)
    access.check_can_accept(by, contact, text, on)
    if signs_for != vendor.full_name:
        raise Refused(
            _("The company is now on file as %(name)s. Check the name and accept again.") % {"name": vendor.full_name}
        )
    signer_name, signer_title = printable(signer_name), printable(signer_title)
    if not signer_name:
        raise Refused(_("Type your full name: it is your signature."), field="signer_name")
    if not signer_title:
        raise Refused(_("Type your job title."), field="signer_title")
    if not may_sign:
        raise Refused(
            _("Tick that you may sign for %(name)s, or ask a colleague who may.") % {"name": signs_for},
            field="may_sign",
        )
    term = term_of(on, months=text.term_months, survival_months=text.survival_months, destroy_days=text.destroy_days)
    nda = Nda.objects.create(
        vendor=vendor,
        paper=Paper.OURS,
        text=text,
        text_sha256=text.sha256,
        title=text.title,
        starts_on=on,
        ends_on=term.ends_on,
        survival_months=text.survival_months,
        destroy_days=text.destroy_days,
        survives_until=term.survives_until,
        destroy_by=term.destroy_by,
        accepted_at=now,
        signer_name=signer_name,
        signer_title=signer_title,
        signer_email=contact.email,
        signs_for=signs_for,
        signer_address=address,
        signer_browser=printable(browser)[:LONGEST_BROWSER],
    )
    emails.call_back_reminders(nda, by=by, now=now)
    emails.queue_receipt(nda=nda, contact=contact, by=by, now=now)
    emails.queue_notice(nda=nda, contact=contact, by=by, now=now)
    nudge_after_commit(MAKE_CERTIFICATE, nda.pk)
    ledger.record(
        by=by,
        verb="nda.accepted",
        sentence=_("NDA version %(version)s accepted for %(vendor)s by %(name)s, %(title)s")
        % {"version": text.version, "vendor": signs_for, "name": signer_name, "title": signer_title},
        at=now,
        vendor_id=vendor.pk,
        subject=("nda", nda.pk),
        details={"sha256": text.sha256, "address": address, "in_force_until": nda.ends_on},
    )
    return nda


def _as_shown(version: int, sha256: str) -> NdaText:
    text = newest_text()
    if text is None or text.version != version or text.sha256 != sha256:
        raise Refused(_("A newer version was issued while you were reading. Read it, then accept that one."))
    return text
