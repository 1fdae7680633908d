"""Our NDA's text and agreements."""

from datetime import UTC, date, datetime

from tests.factories.told import told_once
from vendors.calendar import clock
from vendors.contacts.models import Contact
from vendors.directory.models import Vendor
from vendors.ndas import services, starter
from vendors.ndas.models import Nda, NdaText, Paper
from vendors.ndas.queries import newest_text
from vendors.people.actors import SYSTEM, Actor

ISSUED = datetime(2025, 8, 1, 8, 0, tzinfo=UTC)


def issue_text(
    *, body: str = starter.BODY, by: Actor = SYSTEM, now: datetime = ISSUED, term_months: int = starter.TERM_MONTHS
) -> NdaText:
    """A version of our text, signed in advance by Tomasz Reyk."""
    return services.issue_text(
        title=starter.TITLE,
        body=body,
        signatory_name="Tomasz Reyk",
        signatory_title="Chief information security officer",
        organisation="Northmoor Health",
        term_months=term_months,
        survival_months=starter.SURVIVAL_MONTHS,
        destroy_days=starter.DESTROY_DAYS,
        by=by,
        now=now,
    )


@told_once
def accept(contact: Contact, *, on: date | None = None, now: datetime | None = None) -> Nda:
    """The contact accepts the newest version of our text, which is issued when there is none."""
    text = newest_text() or issue_text()
    contact.user.contact = contact
    return services.accept_our_text(
        contact=contact,
        version=text.version,
        sha256=text.sha256,
        signs_for=contact.vendor.full_name,
        signer_name=contact.name,
        signer_title=contact.title or "Head of Security",
        may_sign=True,
        address="192.0.2.17",
        browser="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
        by=contact.user,
        on=on or clock.today(),
        now=now or clock.now(),
    )


@told_once
def record(
    vendor: Vendor,
    *,
    by: Actor,
    on: date | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    paper: str = Paper.TRUST_CENTER,
) -> Nda:
    """We accepted the vendor's text on its trust center."""
    on = on or clock.today()
    return services.record_vendors_text(
        vendor=vendor,
        paper=paper,
        title=f"{vendor.name} trust center NDA, version 2",
        starts_on=starts_on or on,
        ends_on=ends_on,
        survival_months=None,
        destroy_days=None,
        signer_name=by.label,
        signer_title="Security review",
        organisation="Northmoor Health",
        text_address=f"https://trust.{vendor.domain or 'vendor.example'}/nda",
        file=None,
        by=by,
        on=on,
        now=clock.now(),
    )
