"""What the page of a campaign and its CSV show of each recipient, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from procurement.campaigns.models import CampaignRecipient
from procurement.campaigns.queries import review_keys
from procurement.listing.csv_files import as_csv
from procurement.questionnaires import queries as questionnaires_queries
from procurement.questionnaires.emails import last_to_vendor
from procurement.questionnaires.models import Assessment
from procurement.questionnaires.queries import Progress
from procurement.questionnaires.scores import totals_of
from procurement.questionnaires.scoring import Tally
from vendors.calendar.clock import local_day

AT_A_TIME = 50


@dataclass(frozen=True, kw_only=True)
class RecipientRow:
    """One recipient. `assessment` has its counts; `review_pk` is the review it is shown with now."""

    recipient: CampaignRecipient
    review_pk: int
    assessment: Assessment | None = None
    progress: Progress | None = None
    last_mail: datetime | None = None
    score: Tally | None = None


def rows_of(recipients: Sequence[CampaignRecipient]) -> list[RecipientRow]:
    """The rows of one page of `queries.recipients_of`."""
    sent = {each.assessment_id: each.assessment for each in recipients if each.assessment_id and each.assessment}
    progress = questionnaires_queries.progress_by_key(sent)
    places, mails = review_keys(sent), last_to_vendor(sent.values())
    scores = totals_of([pk for pk, each in sent.items() if each.submitted_at])
    found = []
    for each in recipients:
        pk = each.assessment_id
        if pk is None:
            found.append(RecipientRow(recipient=each, review_pk=each.review_id))
            continue
        found.append(
            RecipientRow(
                recipient=each,
                review_pk=places[pk],
                assessment=each.assessment,
                progress=progress[pk],
                last_mail=mails.get(pk),
                score=scores.get(pk),
            )
        )
    return found


def recipients_as_csv(recipients: Sequence[CampaignRecipient], on: date) -> bytes:
    """Every recipient, in portions, so that a large campaign is not held in memory whole."""
    header = [
        _("Vendor"),
        _("Use"),
        _("Review"),
        _("State"),
        _("Why"),
        _("Contact"),
        _("Answered"),
        _("Asked"),
        _("Due"),
        _("Days overdue"),
        _("Last mail"),
        _("Submitted"),
        _("Score"),
    ]
    portions = (recipients[start : start + AT_A_TIME] for start in range(0, len(recipients), AT_A_TIME))
    return as_csv(header, _cells((row for portion in portions for row in rows_of(portion)), on))


def _cells(rows: Iterable[RecipientRow], on: date) -> Iterable[list[object]]:
    for row in rows:
        recipient, assessment = row.recipient, row.assessment
        yield [
            recipient.review.vendor.name,
            recipient.review.engagement.title,
            recipient.review.number,
            assessment.get_state_display() if assessment else recipient.get_state_display(),
            assessment.cancelled_reason if assessment else recipient.why,
            assessment.contact.name if assessment and assessment.contact else "",
            row.progress.answered if row.progress else "",
            row.progress.total if row.progress else "",
            assessment.due_on if assessment else "",
            assessment.days_late(on) or "" if assessment else "",
            local_day(row.last_mail) if row.last_mail else "",
            local_day(assessment.submitted_at) if assessment and assessment.submitted_at else "",
            row.score.so_far if row.score and row.score.so_far is not None else "",
        ]
