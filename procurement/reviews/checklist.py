"""The checklist "Ready to decide": each requirement with its reason, its pages, and the one thing to do about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from procurement.policy.evaluation import THE_REPORT, RequirementCheck
from procurement.policy.queries import in_words
from procurement.policy.terms import Action, Result
from procurement.questionnaires.models import Assessment
from procurement.questionnaires.models import State as AssessmentState
from procurement.reviews import access
from procurement.reviews.models import Review
from vendors.people.actors import Actor
from vendors.reports.models import Report, ReportRequest
from vendors.reports.models.requests import Asked
from vendors.reports.queries import expected_on
from vendors.templatetags import wording
from vendors.templatetags.meanings import meaning_of

# What the reviewer settles at the desk; everything else that is not met needs the vendor or another person.
AT_THE_DESK = {
    Action.RECORD_NDA,
    Action.GO_BY_REPORT,
    Action.RECORD_FACTS,
    Action.ACCEPT_REPORT,
    Action.SETTLE_SCOPE,
    Action.ADD_EVIDENCE,
    Action.DECIDE_EXCEPTIONS,
    Action.ASSIGN_CUECS,
}


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A page chip: the page and the address that opens it, where this person may read the facts."""

    page: int
    href: str


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """One row of the checklist. `posts`: its action is done at once; otherwise it leads to a page that asks."""

    title: str
    reason: str
    tone: str
    glyph: str
    word: str
    pages: list[Cited]
    action: str = ""
    url: str = ""
    posts: bool = False

    @property
    def is_met(self) -> bool:
        return self.tone == "ok"


def rows_of(
    checks: Iterable[RequirementCheck],
    review: Review,
    report: Report | None,
    user: Actor,
    *,
    requests: Iterable[ReportRequest],
) -> tuple[list[CheckRow], list[CheckRow]]:
    """The rows that are asked, and those that do not apply to this use.

    report    the one the checks speak of: what the review goes by, or the newest that waits for its facts
    requests  what the vendor was asked for and has not sent yet: nobody is led to ask for its report twice
    """
    links = _links(review, report, user)
    awaited = next((request for request in requests if request.what == Asked.SOC2_TYPE2), None)
    asked: list[CheckRow] = []
    not_asked: list[CheckRow] = []
    for check in checks:
        row = _row(check, report, links.get(check.action) if check.action else None, review)
        if awaited is not None and check.key == THE_REPORT and _asks_the_vendor_again(check, report):
            row = _asked_for(row, awaited)
        (not_asked if check.result is Result.NOT_APPLICABLE else asked).append(row)
    return asked, not_asked


def _asks_the_vendor_again(check: RequirementCheck, report: Report | None) -> bool:
    return report is None and check.action is Action.REQUEST_REPORT


def _row(
    check: RequirementCheck, report: Report | None, link: Callable[[], tuple[str, str]] | None, review: Review
) -> CheckRow:
    # The report is asked for once, by its own row; the rows that wait for it only say so.
    waits_for_report = check.action is Action.REQUEST_REPORT and report is None and check.key != THE_REPORT
    look = meaning_of(_meaning(check, waits_for_report))
    action, url = link() if link and not waits_for_report else ("", "")
    return CheckRow(
        title=in_words(check.title),
        reason=in_words(check.reason),
        tone=look.tone,
        glyph=look.glyph,
        word=str(look.word),
        pages=[Cited(page=page, href=facts_url(review, report, page)) for page in check.pages] if report else [],
        action=action,
        url=url,
        posts=bool(url) and check.action is Action.GO_BY_REPORT,
    )


def _asked_for(row: CheckRow, request: ReportRequest) -> CheckRow:
    """The report's own row while the vendor is to send it: waited for, with nothing for us to do."""
    look = meaning_of("waiting")
    asked = {"reason": row.reason, "day": wording.day(expected_on(request))}
    if request.contact:
        reason = _("%(reason)s %(who)s was asked for it, expected by %(day)s.") % {**asked, "who": request.contact.name}
    else:
        reason = _("%(reason)s It is asked for in the portal, expected by %(day)s.") % asked
    return replace(row, reason=reason, tone=look.tone, glyph=look.glyph, word=str(look.word), action="", url="")


def _meaning(check: RequirementCheck, waits_for_report: bool) -> str:
    if check.result is not Result.NOT_MET:
        return check.result.value
    if waits_for_report:
        return "waiting"
    return "open" if check.action in AT_THE_DESK else "not_met"


def questionnaire_rows(review: Review, assessments: list[Assessment]) -> list[CheckRow]:
    """A questionnaire that was sent and is not complete is noted; the policy asks for none, so it blocks nothing."""
    look = meaning_of(Result.NOTED.value)
    return [
        CheckRow(
            title=assessment.version.title,
            reason=_("Not complete: %(state)s. A decision does not wait for it; the memo says how far it came.")
            % {"state": assessment.get_state_display().lower()},
            tone=look.tone,
            glyph=look.glyph,
            word=str(look.word),
            pages=[],
            action=_("Look"),
            url=reverse("reviews:questionnaire", args=[review.pk, assessment.pk]),
        )
        for assessment in assessments
        if assessment.state != AssessmentState.COMPLETE
    ]


def facts_url(review: Review, report: Report, page: int | None = None, part: str = "") -> str:
    """The report's facts beside the document, opened at a page or a part of the form."""
    address = reverse("facts:page", args=[review.pk, report.pk])
    return address + (f"?page={page}" if page else "") + (f"#{part}" if part else "")


def compare_url(review: Review, report: Report) -> str:
    """The report beside the one before it."""
    return reverse("facts:compare", args=[review.pk, report.pk])


def _links(review: Review, report: Report | None, user: Actor) -> dict[Action, Callable[[], tuple[str, str]]]:
    """What to do about a requirement, for whoever may do it; nothing for everybody else."""
    here = f"?next={review.get_absolute_url()}"
    links: dict[Action, Callable[[], tuple[str, str]]] = {}
    if access.can_judge(user, review):
        vendor = [review.vendor_id]
        links[Action.RECORD_NDA] = lambda: (_("Record an NDA"), reverse("ndas:record", args=vendor) + here)
        links[Action.REQUEST_REPORT] = lambda: (_("Request a report"), reverse("reviews:ask_vendor", args=[review.pk]))
        links[Action.ASK_STATEMENT] = lambda: (
            _("Ask for the date"),
            reverse("reports:new-request", args=vendor) + here,
        )
        links[Action.ADD_EVIDENCE] = lambda: (_("Add evidence"), reverse("reports:record-evidence", args=vendor) + here)
        links[Action.DECIDE_EXCEPTIONS] = lambda: (_("Decide"), reverse("reviews:exceptions", args=[review.pk]))
        links[Action.ASSIGN_CUECS] = lambda: (_("Assign"), reverse("reviews:controls", args=[review.pk]))
        if report is not None:
            links[Action.RECORD_FACTS] = lambda: (_("Record the facts"), facts_url(review, report))
            links[Action.ACCEPT_REPORT] = lambda: (_("Read and accept"), facts_url(review, report))
            links[Action.SETTLE_SCOPE] = lambda: (_("Settle it"), facts_url(review, report, part="scope"))
            links[Action.CHECK_AUDITOR] = lambda: (_("Check the firm"), facts_url(review, report, part="auditor"))
    if access.can_begin(user, review):
        links[Action.GO_BY_REPORT] = lambda: (_("Go by it"), reverse("reviews:begin", args=[review.pk]))
    remediation = review.remediations.filter(report=review.report_id, closed_at__isnull=True).first()
    if remediation is not None:
        remediation.review = review
        arguments = [review.pk, remediation.pk]
        if access.can_close(user, remediation):
            links[Action.CLOSE_REMEDIATION] = lambda: (
                _("Close it"),
                reverse("reviews:close_remediation", args=arguments),
            )
        elif access.can_plan(user, remediation):
            links[Action.CLOSE_REMEDIATION] = lambda: (
                _("Plan it"),
                reverse("reviews:plan_remediation", args=arguments),
            )
    return links
