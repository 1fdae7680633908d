"""Mails of the reminders: who gets which, with which facts. The words stand in templates/procurement/renewals/email/.

What a mail says about days is counted from the milestone's anchor and the day it leaves, so that a late one says
that a date has passed. A mail to a vendor is filed under its request: whatever answers or ends that calls it back.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.accounts.models import User
from procurement.decisions.emails import about_approval
from procurement.policy.queries import in_words
from procurement.renewals.days_away import Day
from procurement.renewals.milestones import Ask, Audience, Milestone, Wording
from procurement.renewals.threads import (
    ApprovalSubject,
    AwaitedReport,
    DatedSubject,
    InterimSubject,
    ReportSubject,
    RequestSubject,
    Thread,
)
from procurement.reviews import access as reviews_access
from procurement.reviews.models import Review
from vendors.correspondence.models import OutgoingEmail
from vendors.correspondence.services import queue_email
from vendors.people.actors import SYSTEM, Role
from vendors.reports.emails import about_request
from vendors.reports.models import ReportRequest
from vendors.reports.wording import day_in_words

FOLDER = "procurement/renewals/email"


def queue_reminder(
    thread: Thread, milestone: Milestone, request: ReportRequest | None, *, on: date, now: datetime
) -> OutgoingEmail:
    """Write the mail of one reminder. `request` is what the vendor is asked to answer."""
    if thread.stands_in and isinstance(thread.subject, AwaitedReport) and thread.vendor.trust_center_url:
        return _to_staff("fetch_report", thread, milestone, _on_the_trust_center(thread, on), on=on, now=now)
    if thread.stands_in:
        return _to_staff("no_contact", thread, milestone, _nobody_to_ask(thread, on), on=on, now=now)
    if milestone.audience is Audience.VENDOR:
        assert request is not None
        return _to_vendor(thread, milestone, request, on=on, now=now)
    name = milestone.wording.value
    if isinstance(thread.subject, ApprovalSubject):
        facts = _approval_ends(thread.subject, thread.person, milestone, on)
    elif isinstance(thread.subject, AwaitedReport) and milestone.wording is Wording.REPORT_ARRIVED:
        facts = _report_arrived(thread.subject, thread.person, milestone)
    elif isinstance(thread.subject, ReportSubject | InterimSubject):
        facts = _vendor_silent(thread.subject, thread.person, on)
    elif isinstance(thread.subject, DatedSubject):
        name, facts = Wording.DATED.value, _dated(thread.subject, milestone, on)
    else:
        facts = _unanswered(thread.subject, thread.person, on)
    return _to_staff(name, thread, milestone, facts, on=on, now=now)


def _approval_ends(subject: ApprovalSubject, person: User, milestone: Milestone, on: date) -> dict[str, Any]:
    review, following = subject.under_way or subject.review, subject.following
    may_start = subject.under_way is None and reviews_access.can_ask_again(person, subject.review)
    standing = subject.approval.standing
    return {
        "review": subject.review,
        "under_way": subject.under_way,
        "memo": subject.approval.decision.memo,
        "ends": Day(milestone.anchor, on),
        "because": in_words(standing.ends_because or standing.reason),
        "suspended_because": in_words(standing.reason) if standing.ends_because else "",
        "with_the_nda": standing.with_the_nda,
        "expected": following.expected_on if following else None,
        "carried": Day(subject.carried_until, on) if subject.carried_until else None,
        "may_start": may_start,
        "link": _page("reviews:again", subject.review.pk) if may_start else _review_page(review),
    }


def _vendor_silent(subject: ReportSubject | InterimSubject, person: User, on: date) -> dict[str, Any]:
    return {
        "review": subject.review_of(person),
        "expected": Day(subject.expected_on, on),
        "link": _review_page(subject.review_of(person)),
    }


def _report_arrived(subject: AwaitedReport, person: User, milestone: Milestone) -> dict[str, Any]:
    review = subject.review_of(person)
    may_start = reviews_access.can_ask_again(person, review)
    return {
        "review": review,
        "came_on": milestone.anchor,
        "may_start": may_start,
        "link": _page("reviews:again", review.pk) if may_start else _review_page(review),
    }


def _unanswered(subject: RequestSubject, person: User, on: date) -> dict[str, Any]:
    return {
        "asked": subject.request,
        "due": Day(_due_on(subject.request), on),
        "in_portal_only": subject.in_portal_only,
        "link": _where_it_is_seen(subject, person),
    }


def _where_it_is_seen(subject: RequestSubject, person: User) -> str:
    """The page of the vendor, which a requester has not: the one of their review then."""
    review = subject.review_of(person)
    return _review_page(review) if review and Role.REVIEWER not in person.roles else _vendor_page(subject.request)


def _dated(subject: DatedSubject, milestone: Milestone, on: date) -> dict[str, Any]:
    escalated = milestone.wording is Wording.DATED_ESCALATION
    link = subject.link_escalated if escalated and subject.link_escalated else subject.link
    return {
        "thing": subject,
        "day": Day(subject.day, on),
        "why_you": subject.because_escalated if escalated else subject.because,
        "link": f"{settings.BASE_URL}{link}",
        "link_label": _escalated_label(subject) if link == subject.link_escalated else subject.link_label,
    }


def _escalated_label(subject: DatedSubject) -> str:
    return subject.link_label_escalated or _("Open the review")


def _nobody_to_ask(thread: Thread, on: date) -> dict[str, Any]:
    subject = thread.subject
    by_reviewer = Role.REVIEWER in thread.person.roles
    facts: dict[str, Any] = {"may_invite": by_reviewer, "link": _page("contacts:invite", thread.vendor.pk)}
    if isinstance(subject, ReportSubject):
        facts["counted"] = _counts(subject, on)
    if isinstance(subject, AwaitedReport):
        facts["link"] = facts["link"] if by_reviewer else _review_page(subject.review_of(thread.person))
    elif isinstance(subject, RequestSubject):
        facts["asked"] = subject.request
        if subject.in_portal_only:
            facts |= {"in_portal_only": True, "link": _where_it_is_seen(subject, thread.person)}
    return facts


def _on_the_trust_center(thread: Thread, on: date) -> dict[str, Any]:
    """A vendor that gives its reports there needs no contact: whoever reviews it fetches the next one."""
    subject = thread.subject
    assert isinstance(subject, AwaitedReport)
    may_upload = Role.REVIEWER in thread.person.roles
    return {
        "may_upload": may_upload,
        "counted": _counts(subject, on) if isinstance(subject, ReportSubject) else "",
        "link": f"{settings.BASE_URL}{thread.vendor.get_absolute_url()}"
        if may_upload
        else _review_page(subject.review_of(thread.person)),
    }


def _to_vendor(
    thread: Thread, milestone: Milestone, request: ReportRequest, *, on: date, now: datetime
) -> OutgoingEmail:
    subject = thread.subject
    assert isinstance(subject, AwaitedReport | RequestSubject)
    asker = _asker(thread, request)
    coming = thread.coming(on)
    facts: dict[str, Any] = {
        "asked": request,
        "asks_for_report": milestone.ask is Ask.REPORT,
        "due": Day(_due_on(request), on),
        "anchor": Day(milestone.anchor, on),
        "asker": asker,
        "nda": _nda(subject),
        "more": _more(len(coming), coming[0].due if coming else None),
        "is_last": not coming,
        "link": _page("reports:request", request.pk),
    }
    if isinstance(subject, ReportSubject):
        facts |= {
            "counted": _counts(subject, on),
            "held_until": subject.report.period_end,
            "next_over": Day(subject.following.period_end, on),
            "carried_at_most": Day(subject.currency.relief_limit, on),
        }
    if isinstance(subject, InterimSubject):
        facts |= {"promised": Day(subject.promised_on, on), "stands_in": Day(subject.until, on)}
    return _queue(milestone.wording.value, thread, facts, about=about_request(request), reply_to=asker, now=now)


def _to_staff(
    name: str, thread: Thread, milestone: Milestone, facts: Mapping[str, Any], *, on: date, now: datetime
) -> OutgoingEmail:
    coming = thread.coming(on)
    context = {
        **facts,
        "reason": in_words(milestone.reason),
        "more": _more(len(coming), coming[0].due if coming else None),
    }
    return _queue(name, thread, context, about=_about(thread), reply_to=_reviewer(thread), now=now)


def _queue(
    name: str, thread: Thread, facts: Mapping[str, Any], *, about: str, reply_to: User | None, now: datetime
) -> OutgoingEmail:
    person = thread.person
    return queue_email(
        template=f"{FOLDER}/{name}",
        to=(person.email, person.name),
        recipient_id=person.pk,
        context={**facts, "person": person, "vendor": thread.vendor},
        about=about,
        vendor_id=thread.vendor.pk,
        reply_to=(reply_to.email, reply_to.name) if reply_to and reply_to.pk != person.pk else None,
        by=SYSTEM,
        now=now,
    )


def _about(thread: Thread) -> str:
    if isinstance(thread.subject, ApprovalSubject):
        return about_approval(thread.subject.review)
    if isinstance(thread.subject, RequestSubject):
        return about_request(thread.subject.request)
    if isinstance(thread.subject, DatedSubject):
        return thread.subject.about
    return f"{thread.type}:{thread.id}"


def _asker(thread: Thread, request: ReportRequest) -> User | None:
    """Whom the vendor may ask: whoever made the request, else the reviewer of the approval."""
    if request.requested_by and request.requested_by.is_active:
        asker: User = request.requested_by
        return asker
    return _reviewer(thread)


def _reviewer(thread: Thread) -> User | None:
    return (
        thread.subject.request.requested_by if isinstance(thread.subject, RequestSubject) else thread.subject.reviewer
    )


def _counts(subject: ReportSubject, on: date) -> str:
    """Until when the report on file counts, as things stand in writing."""
    until = Day(subject.currency.counts_until, on)
    words = {"day": day_in_words(until.day)}
    if until.is_ahead:
        return _("The report we hold counts until %(day)s.") % words
    if until.is_today:
        return _("The report we hold stops counting: today, %(day)s, is its last day.") % words
    return _("The report we hold stopped counting on %(day)s.") % words


def _nda(subject: AwaitedReport | RequestSubject) -> str:
    """“Mutual NDA, in force until 18 August 2028”; empty when one is still to be accepted."""
    nda = subject.nda
    if nda is None:
        return ""
    if nda.ends_on is None:
        return str(nda)
    return _("%(nda)s, in force until %(day)s") % {"nda": nda, "day": day_in_words(nda.ends_on)}


def _more(count: int, following: date | None) -> str:
    if following is None:
        return _("This is the last mail about it.")
    words = {"count": count, "day": day_in_words(following)}
    return (
        ngettext(
            "At most %(count)d more mail follows, on %(day)s.",
            "At most %(count)d more mails follow, the next on %(day)s.",
            count,
        )
        % words
    )


def _due_on(request: ReportRequest) -> date:
    """The day it is due, or the later one that the vendor named."""
    return max(request.due_on, request.not_ready_until or request.due_on)


def _page(name: str, pk: int) -> str:
    return str(settings.BASE_URL + reverse(name, args=[pk]))


def _review_page(review: Review) -> str:
    return str(settings.BASE_URL + review.get_absolute_url())


def _vendor_page(request: ReportRequest) -> str:
    return str(settings.BASE_URL + request.vendor.get_absolute_url())
