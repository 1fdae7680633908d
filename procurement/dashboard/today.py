"""What needs this person now, by role: one row a thing, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.dashboard.waiting import Task, questionnaires_of
from procurement.decisions.models import Condition, Decision
from procurement.decisions.standings import APPROVALS
from procurement.renewals import queries as renewals_queries
from procurement.reviews.access import can_answer, can_close, reviews_visible_to
from procurement.reviews.exempting import AnyExemption
from procurement.reviews.lifecycle import BEING_WORKED_ON
from procurement.reviews.models import Finding, Remediation, Review, RiskAcceptance, State, Waiver
from vendors.calendar.clock import local_moment
from vendors.correspondence import queries as mail_queries
from vendors.ndas import queries as ndas_queries
from vendors.people.actors import Role
from vendors.reports.models import Report, ReportRequest
from vendors.reports.models.reports import ReportState
from vendors.templatetags import wording

SOON_DAYS = 30


@dataclass(frozen=True)
class Upcoming:
    """A date ahead that is good to know."""

    when: date
    title: str
    text: str
    href: str


def tasks_of(user: User, *, on: date) -> list[Task]:
    """Everything that waits for this person, over all their roles."""
    found = [
        *_conditions(user, on),
        *_findings(user, on),
        *(_as_reviewer(user, on) if Role.REVIEWER in user.roles else ()),
        *(_as_approver(user) if Role.APPROVER in user.roles else ()),
        *(_exemptions(user) if Role.APPROVER in user.roles else ()),
        *(_remediations(user) if user.roles & {Role.REVIEWER, Role.APPROVER} else ()),
        *(_as_administrator(on) if Role.ADMINISTRATOR in user.roles else ()),
    ]
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max))


def own_requests(user: User) -> QuerySet[Review]:
    """What a requester asked for or answers for, the newest first."""
    return (
        Review.objects.filter(Q(requested_by=user) | Q(engagement__owner=user))
        .exclude(state=State.WITHDRAWN)
        .select_related("vendor", "engagement__vendor", "reviewer", "decision__memo")[:20]
    )


def upcoming_for(user: User, *, on: date) -> list[Upcoming]:
    """What ends or falls due in the next 30 days among the reviews this person may see."""
    until = on + timedelta(days=SOON_DAYS)
    reviews = reviews_visible_to(user)
    found = [
        Upcoming(
            row.due_on,
            _("Condition due"),
            f"{row.decision.review.vendor}: {row.text}",
            row.decision.review.get_absolute_url(),
        )
        for row in Condition.objects.filter(
            decision__review__in=reviews,
            decision__outcome__in=APPROVALS,
            decision__revoked_on__isnull=True,
            met_on__isnull=True,
            due_on__range=(on, until),
        ).select_related("decision__review__vendor")[:20]
    ]
    found += [
        Upcoming(row.valid_until or until, _("Approval ends"), str(row.review.vendor), row.review.get_absolute_url())
        for row in Decision.objects.filter(
            review__in=reviews, outcome__in=APPROVALS, revoked_on__isnull=True, valid_until__range=(on, until)
        ).select_related("review__vendor")[:20]
    ]
    if user.roles & {Role.REVIEWER, Role.AUDITOR}:
        found += [
            Upcoming(
                row.due_on, _("Report due"), f"{row.vendor}: {row.get_what_display()}", row.vendor.get_absolute_url()
            )
            for row in ReportRequest.objects.open().filter(due_on__range=(on, until)).select_related("vendor")[:20]
        ]
    return sorted(found, key=lambda row: row.when)


def decided_lately(user: User) -> QuerySet[Decision]:
    return (
        Decision.objects.filter(review__in=reviews_visible_to(user))
        .exclude(outcome="")
        .select_related("review__vendor", "memo")
        .order_by("-decided_at")[:5]
    )


def _conditions(user: User, on: date) -> Iterator[Task]:
    rows = Condition.objects.filter(owner=user, met_on__isnull=True, decision__outcome__in=APPROVALS)
    rows = rows.filter(decision__revoked_on__isnull=True)
    for row in rows.select_related("decision__review__vendor"):
        yield Task(
            _("Condition of %(vendor)s") % {"vendor": row.decision.review.vendor},
            row.text,
            _("Mark as met"),
            reverse("decisions:meet_condition", args=[row.pk]),
            "overdue" if row.due_on < on else "open",
            row.due_on,
        )


def _findings(user: User, on: date) -> Iterator[Task]:
    for finding in Finding.objects.open().filter(owner=user).select_related("review__vendor"):
        yield Task(
            _("Finding %(finding)s of %(vendor)s") % {"finding": finding.label, "vendor": finding.review.vendor},
            finding.title,
            _("Open the finding"),
            finding.get_absolute_url(),
            "overdue" if finding.due_on < on else "open",
            finding.due_on,
        )


def _as_reviewer(user: User, on: date) -> Iterator[Task]:
    reviews = Review.objects.select_related("vendor", "engagement__owner")
    for review in reviews.filter(state=State.DRAFT).exclude(Q(requested_by=user) | Q(engagement__owner=user)):
        yield Task(
            _("%(vendor)s waits for a reviewer") % {"vendor": review.vendor},
            _("%(number)s, %(what)s, asked by %(who)s")
            % {"number": review.number, "what": review.engagement.title, "who": review.requested_by.name},
            _("Take the review"),
            review.get_absolute_url(),
            "open",
            review.wanted_by,
        )
    mine = reviews.filter(reviewer=user)
    arrived = {
        report.vendor_id: report
        for report in Report.objects.filter(
            vendor__reviews__in=mine.undecided(), state__in=[ReportState.RECEIVED, ReportState.WITHDRAWN]
        )
    }
    overdue = {
        request.vendor_id: request
        for request in ReportRequest.objects.open().filter(
            vendor__reviews__in=mine.filter(state=State.COLLECTING), due_on__lt=on
        )
    }
    for review in mine.filter(state__in=[State.COLLECTING, State.IN_REVIEW]):
        yield from _reading(review, arrived.get(review.vendor_id), overdue.get(review.vendor_id))
    yield from questionnaires_of(user, on)
    yield from _mail(on)


def _reading(review: Review, arrived: Report | None, overdue: ReportRequest | None) -> Iterator[Task]:
    if arrived is not None:
        yield Task(
            _("The report of %(vendor)s is here") % {"vendor": review.vendor},
            _("%(number)s: received %(day)s. Record its facts.")
            % {"number": review.number, "day": wording.day(arrived.received_at)},
            _("Record the facts"),
            reverse("facts:page", args=[review.pk, arrived.pk]),
            "open",
            review.wanted_by,
        )
    elif review.state == State.IN_REVIEW:
        reason = review.state_reason or _("Judge the report, then ask for approval.")
        yield Task(
            _("%(vendor)s is in your hands") % {"vendor": review.vendor},
            f"{review.number}: {reason}",
            _("Continue"),
            reverse("dashboard:checklist", args=[review.pk]),
            "open",
            review.wanted_by,
        )
    elif overdue is not None:
        yield Task(
            _("%(vendor)s is late") % {"vendor": review.vendor},
            _("%(what)s was due.") % {"what": overdue.get_what_display()},
            _("Look"),
            review.get_absolute_url(),
            "overdue",
            overdue.due_on,
        )


def _mail(on: date) -> Iterator[Task]:
    failed = mail_queries.undelivered().count()
    if failed:
        yield Task(
            _("Mail could not be delivered"),
            _("%(n)s waiting to be looked at.") % {"n": failed},
            _("Look"),
            reverse("correspondence:undelivered"),
            "failed",
            on,
        )


def _as_approver(user: User) -> Iterator[Task]:
    rows = Review.objects.filter(approver=user, state=State.AWAITING_APPROVAL).select_related(
        "vendor", "engagement", "reviewer"
    )
    for review in rows:
        who = review.reviewer.name if review.reviewer else ""
        yield Task(
            _("%(vendor)s waits for your decision") % {"vendor": review.vendor},
            _("%(number)s, %(what)s, prepared by %(who)s")
            % {"number": review.number, "what": review.engagement.title, "who": who},
            _("Read and decide"),
            reverse("decisions:decide", args=[review.pk]),
            "due_soon",
            review.wanted_by,
        )


def _exemptions(user: User) -> Iterator[Task]:
    """Waivers and risk acceptances that wait for this approver."""
    read = ("review__vendor", "review__engagement", "proposed_by", "report")
    waiting = {"asked": user, "review__state__in": BEING_WORKED_ON}
    for waiver in Waiver.objects.waiting().filter(**waiting).select_related(*read):
        if can_answer(user, waiver):
            yield _proposed(waiver, reverse("reviews:answer_waiver", args=[waiver.review_id, waiver.pk]))
    for risk in RiskAcceptance.objects.waiting().filter(**waiting).select_related(*read):
        if can_answer(user, risk):
            yield _proposed(risk, reverse("reviews:answer_risk", args=[risk.review_id, risk.pk]))


def _proposed(exemption: AnyExemption, address: str) -> Task:
    review = exemption.review
    return Task(
        _("%(vendor)s: grant it or refuse it") % {"vendor": review.vendor},
        _("%(number)s, %(what)s, proposed by %(who)s")
        % {"number": review.number, "what": exemption.what, "who": exemption.proposed_by.name},
        _("Read and answer"),
        address,
        "due_soon",
        review.wanted_by,
    )


def _remediations(user: User) -> Iterator[Task]:
    rows = Remediation.objects.filter(asked=user, closed_at__isnull=True, review__state=State.REMEDIATION)
    for row in rows.select_related("review__vendor", "review__engagement", "report"):
        if can_close(user, row):
            yield Task(
                _("Remediation of %(vendor)s") % {"vendor": row.review.vendor},
                row.reason,
                _("Read and close"),
                reverse("reviews:close_remediation", args=[row.review_id, row.pk]),
                "remediation",
            )


def _as_administrator(on: date) -> Iterator[Task]:
    if ndas_queries.newest_text() is None:
        yield Task(
            _("No NDA text is issued"),
            _("Vendors cannot accept ours until one is."),
            _("Issue the first version"),
            reverse("ndas:issue"),
            "open",
            on,
        )
    held = renewals_queries.held_count()
    if held:
        yield Task(
            _("Reminders are held"),
            _("%(n)s wait for you to look through them and let them go.") % {"n": held},
            _("Look"),
            reverse("renewals:held"),
            "held",
            on,
        )
    yield from _mail(on)
    waiting = User.objects.filter(
        kind="staff", is_active=True, last_login__isnull=True, date_joined__lt=local_moment(on, 0)
    )
    for person in waiting.filter(password__startswith="!"):  # noqa: S106
        yield Task(
            _("%(name)s has not chosen a password") % {"name": person.name},
            _("The set-up mail may have been missed."),
            _("Send it again"),
            reverse("accounts:edit_person", args=[person.pk]),
            "waiting",
        )
