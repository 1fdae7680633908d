"""Who takes answers away: those who read them where they stand, so every page that shows them offers it."""

from django.utils.translation import gettext as _

from procurement.questionnaires.models import Assessment
from procurement.reviews.access import reads_only_status, reviews_visible_to
from procurement.reviews.models import Review
from vendors.people.actors import Actor, Kind, NotAllowed


def check_can_export(by: Actor, review: Review | None) -> None:
    """Whoever reads the evidence of the review, and whoever runs `manage.py export_assessment`."""
    if by.kind == Kind.SYSTEM:
        return
    is_visible = review is not None and reviews_visible_to(by).filter(pk=review.pk).exists()
    if review is None or not is_visible or reads_only_status(by, review):
        raise NotAllowed(_("Answers are exported by those who read them in their review."))


def check_can_export_own(by: Actor, assessment: Assessment) -> None:
    if by.contact is None or by.contact.vendor_id != assessment.vendor_id:
        raise NotAllowed(_("Only a contact of the vendor takes a copy of its answers."))
