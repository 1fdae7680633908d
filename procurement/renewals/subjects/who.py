"""Who is told: active people, each once, and what they were told already."""

from procurement.accounts.models import User
from procurement.renewals.gathering import Records
from procurement.renewals.milestones import MilestoneKey
from vendors.contacts.models import Contact
from vendors.reports.models import ReportRequest


def contacts(records: Records, vendor_id: int) -> list[Contact]:
    """Whom the last request went to, else everybody who speaks for the vendor."""
    reachable = records.contacts.get(vendor_id, [])
    last = [contact for contact in reachable if contact.pk == records.last_asked.get(vendor_id)]
    return last or reachable


def asked_by(records: Records, request: ReportRequest) -> list[Contact]:
    """Whom a request of a person is for: its contact, or everybody who speaks for the vendor once that one has left.

    A request to nobody is shown in the portal only: those who could have been chosen hear nothing of it. Where there
    was nobody to choose, it is for whoever is invited since.
    """
    reachable = records.contacts.get(request.vendor_id, [])
    if request.contact_id is None:
        passed_over = any(contact.added_at <= request.requested_at for contact in reachable)
        return [] if passed_over else reachable
    return [contact for contact in reachable if contact.pk == request.contact_id] or reachable


def active(person: User | None) -> User | None:
    """The person, unless they may not sign in any more."""
    return person if person and person.is_active else None


def people(*people: User | None) -> list[User]:
    """Those who are active, each once."""
    return list({person.pk: person for person in people if person and person.is_active}.values())


def already(records: Records, subject_type: str, subject_id: int, person: User) -> dict[MilestoneKey, str]:
    """What was claimed of this subject for this person."""
    return records.already.get((str(subject_type), subject_id, person.email), {})
