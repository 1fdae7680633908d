"""The questionnaire in a memo: which version, how far it came, and every answer the vendor has handed over.

What the vendor is still writing is no part of it: a save in the portal must not change what an approver was shown.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from procurement.decisions.canonical import Content
from procurement.questionnaires import queries
from procurement.questionnaires.lifecycle import takes_answer
from procurement.questionnaires.models import Answer, Assessment, State, Value, Verdict
from procurement.reviews.models import Review
from procurement.reviews.queries import assessment_under_review


def questionnaire_content(review: Review) -> Content | None:
    """The questionnaire the review goes by; None when none was sent."""
    assessment = assessment_under_review(review)
    if assessment is None:
        return None
    answers = queries.answers_of(assessment)
    submitted_at = assessment.submitted_at
    return {
        "title": assessment.version.title,
        "version": assessment.version.number,
        "version_sha256": assessment.version.sha256,
        "is_complete": assessment.state == State.COMPLETE,
        "stands": _stands(assessment),
        "sent_on": timezone.localdate(assessment.sent_at).isoformat(),
        "submitted_at": timezone.localtime(submitted_at).isoformat(timespec="seconds") if submitted_at else None,
        "signer": assessment.signer_name,
        "signer_title": assessment.signer_title,
        "counts": _counts(assessment, answers),
        "answers": [_answer(assessment, answer) for answer in answers],
    }


def _stands(assessment: Assessment) -> str:
    """Where it stands, in words that do not change while the vendor types."""
    if assessment.state == State.COMPLETE:
        return _("Complete: every answer is accepted.")
    if assessment.waits_for_us:
        return _("Submitted; not every answer is accepted.")
    if assessment.state == State.CLARIFICATION:
        return _("Some answers were sent back and are not here yet.")
    return _("Sent; the vendor has not submitted it.")


def _counts(assessment: Assessment, answers: list[Answer]) -> dict[str, int]:
    given = [answer.value for answer in answers if not takes_answer(assessment, answer)]
    return {
        "questions": len(answers),
        **{value.value: given.count(value) for value in Value},
        "accepted": sum(answer.verdict == Verdict.ACCEPTED for answer in answers),
    }


def _answer(assessment: Assessment, answer: Answer) -> dict[str, Any]:
    is_given = bool(answer.value) and not takes_answer(assessment, answer)
    file = answer.file if is_given else None
    return {
        "ref": answer.question.ref,
        "section": answer.question.section.title,
        "question": answer.question.text,
        "answer": str(answer.get_value_display()) if is_given else "",
        "comment": answer.comment if is_given else "",
        "file": {"name": file.name, "sha256": file.sha256} if file else None,
        "verdict": str(answer.get_verdict_display()),
        "note": answer.note,
        "is_plain_yes": is_given and answer.is_plain_yes,
    }


def questionnaire_evidence(content: Content | None) -> list[Content]:
    """Hashes for the memo's table of evidence: the version that was asked, and each file that came with an answer."""
    if content is None:
        return []
    version = _("%(title)s, version %(number)s") % {"title": content["title"], "number": content["version"]}
    return [
        {"what": version, "sha256": content["version_sha256"]},
        *(
            {"what": f"{answer['ref']}: {answer['file']['name']}", "sha256": answer["file"]["sha256"]}
            for answer in content["answers"]
            if answer["file"]
        ),
    ]
