"""What we say about a report for this engagement: scope fit, each exception, each user entity control.

Facts belong to the report, judgements to the review: two uses of one vendor may differ (DESIGN.md, "Reading a report").
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.reviews import access
from procurement.reviews.covering import weigh_report
from procurement.reviews.judgements import ControlStatus, Judgement
from procurement.reviews.models import CuecStatus, ExceptionJudgement, Review, ScopeFit
from procurement.reviews.services.moving import locked, touch
from vendors.calendar.clock import local_day
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused


@transaction.atomic
def record_scope_fit(
    *, review: Review, fits: str, page: int | None, ours: str = "", by: Actor, now: datetime
) -> Review:
    """Say whether what we buy lies inside the described system, on which page it says so, and what stays ours.

    Raises NotAllowed for anybody but the assigned reviewer; Refused when nothing can be edited, there is no report,
    or "yes" names no page of the report.
    """
    review = locked(review)
    access.check_can_judge(by, review)
    if review.report is None:
        raise Refused(_("There is no accepted report yet, so there is no described system to compare with."))
    if fits not in ScopeFit.values:
        raise Refused(_("Say whether what we buy lies inside the described system."), field="fits")
    if fits == ScopeFit.YES and not page:
        raise Refused(_("Name the page that describes what we buy. The memo cites it."), field="page")
    if page and review.report.page_count and page > review.report.page_count:
        raise Refused(
            _("The report has %(count)s pages. Take the number under the page.") % {"count": review.report.page_count},
            field="page",
        )
    review.scope_fit = fits
    review.scope_page = page
    review.scope_ours = ours.strip()
    touch(review, "scope_fit", "scope_page", "scope_ours")
    weigh_report(review, by=by, on=local_day(now), now=now)
    ledger.record(
        by=by,
        verb="review.scope_fit_recorded",
        sentence=_("%(review)s, scope fit: %(fits)s")
        % {"review": review.number, "fits": review.get_scope_fit_display()},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"fits": fits, "page": page},
    )
    return review


@transaction.atomic
def judge_exceptions(
    *, review: Review, judgements: Sequence[Judgement], by: Actor, now: datetime
) -> list[ExceptionJudgement]:
    """Decide one or many exceptions of the report the review goes by. Saying the same again changes nothing.

    Raises NotAllowed for anybody but the assigned reviewer; Refused when nothing can be edited, a reason is missing,
    or an exception is not of this report any more.
    """
    review = locked(review)
    access.check_can_judge(by, review)
    criteria = dict(review.report.exceptions.values_list("pk", "criterion")) if review.report else {}
    standing = {row.exception_id: row for row in review.exception_judgements.all()}
    changed = []
    for judgement in judgements:
        if judgement.exception_id not in criteria:
            raise Refused(_("The report's exceptions changed since you opened the page. Look again, then decide."))
        if judgement.decision not in ExceptionJudgement.Decision.values:
            raise Refused(_("Say what we decide about this exception."), field=f"decision-{judgement.exception_id}")
        if not judgement.reason.strip():
            raise Refused(_("Say why. The memo prints it."), field=f"reason-{judgement.exception_id}")
        before = standing.get(judgement.exception_id)
        if before and (before.decision, before.reason) == (judgement.decision, judgement.reason.strip()):
            continue
        changed.append(
            ExceptionJudgement.objects.update_or_create(
                review=review,
                exception_id=judgement.exception_id,
                defaults={
                    "decision": judgement.decision,
                    "reason": judgement.reason.strip(),
                    "decided_by": by.label,
                    "decided_at": now,
                },
            )[0]
        )
    if not changed:
        return []
    touch(review)
    ledger.record(
        by=by,
        verb="review.exceptions_judged",
        sentence=_("%(review)s, exceptions decided: %(what)s")
        % {
            "review": review.number,
            "what": ", ".join(f"{criteria[row.exception_id]} {row.get_decision_display()}" for row in changed),
        },
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"decided": [[row.exception_id, row.decision, row.reason] for row in changed]},
    )
    return changed


@transaction.atomic
def set_cuec_statuses(
    *, review: Review, statuses: Sequence[ControlStatus], by: Actor, now: datetime
) -> list[CuecStatus]:
    """Say who of ours sees to each user entity control, by which control, and whether it is in place.

    Raises NotAllowed for anybody but the assigned reviewer; Refused when nothing can be edited, nobody is named for a
    control that applies, or a control is not of this report any more.
    """
    review = locked(review)
    access.check_can_judge(by, review)
    known = set(review.report.cuecs.values_list("pk", flat=True)) if review.report else set()
    standing = {row.cuec_id: row for row in review.cuec_statuses.all()}
    changed = []
    for typed in statuses:
        if typed.cuec_id not in known:
            raise Refused(_("The report's user entity controls changed since you opened the page. Look again."))
        _check_status(typed)
        before = standing.get(typed.cuec_id)
        wanted = (typed.status, typed.owner.strip(), typed.our_control.strip())
        if before and (before.status, before.owner, before.our_control) == wanted:
            continue
        changed.append(
            CuecStatus.objects.update_or_create(
                review=review,
                cuec_id=typed.cuec_id,
                defaults={
                    "status": typed.status,
                    "owner": typed.owner.strip(),
                    "our_control": typed.our_control.strip(),
                    "set_by": by.label,
                    "set_at": now,
                },
            )[0]
        )
    if not changed:
        return []
    touch(review)
    ledger.record(
        by=by,
        verb="review.controls_assigned",
        sentence=_("%(review)s: %(count)s user entity controls assigned")
        % {"review": review.number, "count": len(changed)},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"assigned": [[row.cuec_id, row.status, row.owner, row.our_control] for row in changed]},
    )
    return changed


def _check_status(typed: ControlStatus) -> None:
    if typed.status not in CuecStatus.Status.values:
        raise Refused(_("Say whether this control of ours is in place."), field=f"status-{typed.cuec_id}")
    if not typed.owner.strip() and typed.status != CuecStatus.Status.NOT_APPLICABLE:
        raise Refused(_("Name who of ours sees to it."), field=f"owner-{typed.cuec_id}")
    if not typed.our_control.strip() and typed.status == CuecStatus.Status.NOT_APPLICABLE:
        raise Refused(_("Say why it does not apply to our use."), field=f"our_control-{typed.cuec_id}")
