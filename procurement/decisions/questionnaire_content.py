"""The questionnaires in a memo: which version, how far each came, and every answer the vendor has handed over.

What the vendor is still writing is no part of it: a save in the portal must not change what an approver was shown.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from procurement.decisions.canonical import Content
from procurement.questionnaires import queries
from procurement.questionnaires.lifecycle import takes_answer
from procurement.questionnaires.models import Answer, Assessment, State, Verdict
from procurement.questionnaires.options import NO, PARTIAL, YES, is_yes_or_no
from procurement.questionnaires.wording import in_words
from procurement.reviews.models import Review
from procurement.reviews.queries import assessments_under_review


def questionnaires_content(review: Review) -> list[Content]:
    """The questionnaires the review goes by, in the order they were sent; what their conditions hide is left out."""
    return [_questionnaire(assessment) for assessment in assessments_under_review(review)]


def _questionnaire(assessment: Assessment) -> Content:
    answers = [answer for answer in queries.answers_of(assessment) if answer.is_visible]
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
    given = [answer for answer in answers if answer.is_given and not takes_answer(assessment, answer)]
    plain = [answer.value for answer in given if is_yes_or_no(answer.question) and not answer.is_not_applicable]
    not_applicable = sum(answer.is_not_applicable for answer in given)
    return {
        "questions": len(answers),
        **{value: plain.count(value) for value in (YES, PARTIAL, NO)},
        "not_applicable": not_applicable,
        "other": len(given) - len(plain) - not_applicable,
        "accepted": sum(answer.verdict == Verdict.ACCEPTED for answer in answers),
    }


def _answer(assessment: Assessment, answer: Answer) -> dict[str, Any]:
    question = answer.question
    is_given = not takes_answer(assessment, answer)
    said = in_words(question, answer.value, is_not_applicable=answer.is_not_applicable)
    files = [each.file for each in answer.attachments.all()] if is_given else []
    return {
        "ref": question.ref,
        "section": question.section.title,
        "question": question.text,
        "answer": said if is_given else "",
        "comment": answer.comment if is_given else "",
        "files": [{"name": file.name, "sha256": file.sha256} for file in files],
        "verdict": str(answer.get_verdict_display()),
        "note": answer.note,
        "is_plain_yes": is_given and answer.is_plain_yes,
    }


def questionnaires_evidence(contents: list[Content]) -> list[Content]:
    """Hashes for the memo's table of evidence: each version that was asked, and each file that came with an answer."""
    found = []
    for content in contents:
        version = _("%(title)s, version %(number)s") % {"title": content["title"], "number": content["version"]}
        found.append({"what": version, "sha256": content["version_sha256"]})
        found += [
            {"what": f"{answer['ref']}: {file['name']}", "sha256": file["sha256"]}
            for answer in content["answers"]
            for file in answer["files"]
        ]
    return found
