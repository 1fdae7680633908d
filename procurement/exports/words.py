"""What stands in a record as a person reads it: states, files, ratings, and the facts at the top of a summary."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from procurement.exports.record import (
    Answered,
    AssessmentRecord,
    Counts,
    Course,
    FindingRaised,
    Flag,
    SentFile,
    Stands,
    Worth,
)
from procurement.questionnaires.attribution import brought_in_words
from procurement.questionnaires.models import Attachment, Coverage, Question, State, Verdict
from procurement.questionnaires.scoring import Risk
from procurement.reviews.models import Finding, Severity
from vendors.reports.wording import day_in_words

# What something is called, and what it says.
Fact = tuple[str, str]


def facts_of(record: AssessmentRecord) -> list[Fact]:
    """What it is, whose, and how it came to where it stands. Nothing that is empty."""
    course = record.course
    told = [
        (_("Vendor"), record.vendor.legal_name or record.vendor.name),
        (_("Service"), record.service),
        (_("Review"), record.review),
        (_("Questionnaire"), version_in_words(record)),
        (_("State"), str(State(course.state).label)),
        (_("Sent"), _by_and_when(course.sent_by, course.sent_at)),
        (_("Sent to"), course.contact),
        (_("Due"), day_in_words(course.due_on)),
        (_("Submitted"), day_of(course.submitted_at)),
        (_("Signed by"), ", ".join(filter(None, (course.signer_name, course.signer_title)))),
        (_("Not signed"), handed_over_in_words(course)),
        (_("Completed"), _by_and_when(course.completed_by, course.completed_at)),
        (_("Cancelled"), ": ".join(filter(None, (day_of(course.cancelled_at), course.cancelled_reason)))),
        (_("SHA-256 of the questions"), record.version.sha256),
        (_("Exported"), _by_and_when(record.exported.by, record.exported.at)),
    ]
    return [(label, text) for label, text in told if text]


def handed_over_in_words(course: Course) -> str:
    """Where nobody signed: who brought the answers in, from which files, and who took them as handed over."""
    if not course.handed_over_by:
        return ""
    files = [
        brought_in_words(by=each.by, name=each.name, received_from=each.received_from) for each in course.brought_in
    ]
    taken = _("taken as handed over by %(name)s") % {"name": course.handed_over_by}
    return "; ".join((*files, taken))


def counts_in_words(counts: Counts) -> list[Fact]:
    """The questions by what became of them."""
    amounts = [
        (_("Asked"), counts.asked),
        (_("Answered"), counts.answered),
        (_("Answered by the SOC 2 report"), counts.covered),
        (_("Hidden by an earlier answer"), counts.hidden),
        (_("With last year's answer beside it"), counts.carried),
        (_("Accepted"), counts.accepted),
        (_("Sent back"), counts.sent_back),
    ]
    return [(label, str(amount)) for label, amount in amounts if amount or label == _("Asked")]


def score_in_words(score: int | None) -> str:
    return _("none yet") if score is None else _("%(n)s of 100") % {"n": score}


def risk_in_words(risk: str) -> str:
    return Risk(risk).words


def version_in_words(record: AssessmentRecord) -> str:
    return _("%(title)s, version %(number)s") % {"title": record.version.title, "number": record.version.number}


def section_in_words(answered: Answered) -> str:
    return ": ".join(answered.section)


def kind_in_words(kind: str) -> str:
    return str(Question.Kind(kind).label)


def stands_in_words(answered: Answered) -> str:
    """Whether it is asked and what became of it: "Accepted", "Not asked", "Answered by the report"."""
    if answered.stands is Stands.HIDDEN:
        return _("Not asked")
    if answered.report is not None and answered.stands is Stands.COVERED:
        return str(Coverage.Level(answered.report.level).label)
    if answered.judgement is not None and answered.judgement.verdict != Verdict.OPEN:
        return str(Verdict(answered.judgement.verdict).label)
    if not answered.is_handed_over:
        return _("Not handed over")
    return str(Verdict.OPEN.label) if answered.judgement is not None else _("Handed over")


def file_in_words(file: SentFile) -> str:
    """ "letter.pdf (Letter on a penetration test, of 2 August 2026, SHA-256 9f2b…)"."""
    kind = str(Attachment.Kind(file.kind).label)
    if file.as_of:
        kind = _("%(kind)s, of %(day)s") % {"kind": kind, "day": day_in_words(file.as_of)}
    return f"{file.name} ({kind}, SHA-256 {file.sha256})"


def further_in_words(answered: Answered) -> list[str]:
    """ "Who owns the control: Both"."""
    return [f"{field.title}: {field.said}" for field in answered.companions]


def report_in_words(answered: Answered) -> str:
    """What the report says, with its pages: "Covered by SOC 2 Type II, 1 Jul 2025 – 30 Jun 2026: … p. 12, 14"."""
    if answered.report is None:
        return ""
    pages = ", ".join(str(page) for page in answered.report.pages)
    asked = _("Asked all the same by %(name)s.") % {"name": answered.report.required_by}
    parts = [
        answered.report.reason,
        _("p. %(pages)s") % {"pages": pages} if pages else "",
        asked if answered.report.required_by else "",
    ]
    return " ".join(filter(None, parts))


def worth_in_words(worth: Worth | None) -> str:
    """ "10 of 10", in the sum's own units; empty where nothing counts."""
    if worth is None or worth.score is None:
        return ""
    return _("%(points)s of %(weight)s") % {"points": f"{worth.weight * worth.score / 100:g}", "weight": worth.weight}


def ratings_in_words(worth: Worth | None) -> list[str]:
    """Each rating with its reason, the newest first: "40 of 100, before 0: The filter … (Ines Varga, 2 Sep 2026)"."""
    told = []
    for rated in worth.ratings if worth else ():
        sentence = _("%(score)s of 100, before %(before)s: %(reason)s (%(name)s, %(day)s)") % {
            "score": rated.score,
            "before": _("none") if rated.before is None else rated.before,
            "reason": rated.reason,
            "name": rated.by,
            "day": day_of(rated.at),
        }
        told.append(sentence if rated.counts else _("Before the answer was changed: %(rating)s") % {"rating": sentence})
    return told


def flag_in_words(flag: Flag) -> str:
    """ "high: Nobody looks after it"."""
    return f"{flag.severity}: {flag.text or flag.option}"


def finding_in_words(finding: FindingRaised) -> str:
    """ "F-2 Restores are never tried (High, Open, Ines Varga, due 1 October 2026)"."""
    return _("%(label)s %(title)s (%(severity)s, %(state)s, %(owner)s, due %(day)s)") % {
        "label": finding.label,
        "title": finding.title,
        "severity": Severity(finding.severity).label,
        "state": Finding.State(finding.state).label,
        "owner": finding.owner,
        "day": day_in_words(finding.due_on),
    }


def last_year_in_words(answered: Answered) -> str:
    """What it said last year, and what became of it: "Changed. Last year: No (Until March.)"."""
    if answered.last_year is None:
        return ""
    names = {"new": _("New"), "open": _("Open"), "unchanged": _("Unchanged"), "changed": _("Changed")}
    said = answered.last_year.answer
    if answered.last_year.comment:
        said = f"{said} ({answered.last_year.comment})"
    return _("%(became)s. Last year: %(said)s") % {"became": names[answered.last_year.became], "said": said}


def seconded_in_words(answered: Answered) -> str:
    judged = answered.judgement
    return _by_and_when(judged.seconded_by, judged.seconded_at) if judged else ""


def judged_in_words(answered: Answered) -> str:
    judged = answered.judgement
    return _by_and_when(judged.by, judged.at) if judged else ""


def answered_in_words(answered: Answered) -> str:
    return _by_and_when(answered.answered_by, answered.answered_at)


def day_of(moment: datetime | date | None) -> str:
    if moment is None:
        return ""
    return day_in_words(moment.date() if isinstance(moment, datetime) else moment)


def _by_and_when(name: str, moment: datetime | None) -> str:
    return ", ".join(filter(None, (name, day_of(moment)))) if moment else ""
