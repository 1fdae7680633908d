"""Who may read a report in a review, and judge what it says."""

from django.utils.translation import gettext as _

from procurement.reviews.access.moves import check_is_assigned
from procurement.reviews.lifecycle import BEING_WORKED_ON
from procurement.reviews.models import UNDECIDED, Review
from vendors.people.actors import Actor, NotAllowed, Refused, Role, passes
from vendors.reports.models import Report
from vendors.reports.models.reports import ReportState


def check_can_judge(by: Actor, review: Review) -> None:
    """Scope fit, exceptions, user entity controls: the assigned reviewer, while the review is worked on."""
    check_is_assigned(by, review)
    if review.state not in BEING_WORKED_ON:
        raise Refused(_("Nothing of this review can be edited now: %(state)s.") % {"state": review.get_state_display()})


def can_judge(by: Actor, review: Review) -> bool:
    return passes(check_can_judge, by, review)


def check_can_second(by: Actor, review: Review) -> None:
    """A second word on what the assigned reviewer accepted: another reviewer, who did not ask for the review either."""
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer accepts answers."))
    if by.pk in (review.reviewer_id, review.requested_by_id):
        raise NotAllowed(_("The second reviewer is somebody who neither reads nor asked for this review."))
    if review.state not in BEING_WORKED_ON:
        raise Refused(_("Nothing of this review can be edited now: %(state)s.") % {"state": review.get_state_display()})


def can_second(by: Actor, review: Review) -> bool:
    return passes(check_can_second, by, review)


def check_can_accept_report(by: Actor, review: Review, report: Report) -> None:
    """The assigned reviewer accepts a report of the review's vendor. What is missing in its facts refuses later."""
    check_is_assigned(by, review)
    if report.vendor_id != review.vendor_id:
        raise Refused(_("This report is another vendor's."))
    if review.state not in BEING_WORKED_ON:
        raise Refused(_("Nothing of this review can be edited now: %(state)s.") % {"state": review.get_state_display()})
    if report.state == ReportState.ACCEPTED:
        raise Refused(_("This report is accepted already."))


def can_accept_report(by: Actor, review: Review, report: Report) -> bool:
    return passes(check_can_accept_report, by, review, report)


def check_can_use_report(by: Actor, review: Review, report: Report) -> None:
    """The assigned reviewer reads the review by another accepted report of the vendor."""
    check_can_judge(by, review)
    if report.vendor_id != review.vendor_id:
        raise Refused(_("This report is another vendor's."))
    if report.state != ReportState.ACCEPTED:
        raise Refused(_("This report is not accepted. Accept it first."))
    if report.pk == review.report_id:
        raise Refused(_("The review goes by this report already."))


def can_use_report(by: Actor, review: Review, report: Report) -> bool:
    return passes(check_can_use_report, by, review, report)


def check_can_open_answers_file(by: Actor, review: Review) -> None:
    """Whoever the review is assigned to, or put before, opens what the vendor sent with its answers."""
    assigned = Role.REVIEWER in by.roles and by.pk == review.reviewer_id
    put_before = Role.APPROVER in by.roles and by.pk == review.approver_id
    if not assigned and not put_before:
        raise NotAllowed(_("Only the assigned reviewer and the approver open what the vendor sent."))
    if review.state not in UNDECIDED:
        raise Refused(_("This review is closed: %(state)s.") % {"state": review.get_state_display()})


def can_open_answers_file(by: Actor, review: Review) -> bool:
    return passes(check_can_open_answers_file, by, review)


def check_can_open_bytes(by: Actor, review: Review, report: Report) -> None:
    """The same people get leave to open its vendor's reports."""
    check_can_open_answers_file(by, review)
    if report.vendor_id != review.vendor_id:
        raise Refused(_("This report is another vendor's."))


def can_open_bytes(by: Actor, review: Review, report: Report) -> bool:
    return passes(check_can_open_bytes, by, review, report)
