"""The questionnaires in a memo: which version, how far each came, and every answer the vendor has handed over.

What the vendor is still writing is no part of it: a save in the portal must not change what an approver was shown.
"""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from procurement.decisions.canonical import Content
from procurement.questionnaires import queries
from procurement.questionnaires.companions import said_beside
from procurement.questionnaires.last_year import last_year_of, year_on_year
from procurement.questionnaires.lifecycle import takes_answer
from procurement.questionnaires.models import Answer, Assessment, Coverage, Rating, State, Verdict
from procurement.questionnaires.options import NO, PARTIAL, YES, is_yes_or_no
from procurement.questionnaires.scores import Scores, scores_of
from procurement.questionnaires.wording import in_words
from procurement.reviews.models import Review
from procurement.reviews.queries import assessments_under_review


def questionnaires_content(review: Review) -> list[Content]:
    """The questionnaires the review goes by, in the order they were sent; what their conditions hide is counted
    only."""
    return [_questionnaire(assessment) for assessment in assessments_under_review(review)]


def _questionnaire(assessment: Assessment) -> Content:
    every = queries.answers_of(assessment)
    answers = [answer for answer in every if answer.is_asked]
    coverage = queries.coverage_of(assessment) if assessment.leans_on_report else {}
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
        "brought_in": assessment.attribution,
        "handed_over_by": assessment.handed_over_by,
        "counts": _counts(assessment, answers),
        "covered": [_covered(answer, coverage[answer.pk]) for answer in every if answer.is_by_report],
        "hidden": queries.counts_of(every).hidden,
        "scores": _scores(scores_of(assessment, every)) if submitted_at else None,
        "since_last_year": _since_last_year(assessment, every) if submitted_at else None,
        "answers": [_answer(assessment, answer, coverage.get(answer.pk)) for answer in answers],
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


def _answer(assessment: Assessment, answer: Answer, coverage: Coverage | None) -> dict[str, Any]:
    """One answer; with what the report says where the vendor says something else."""
    question = answer.question
    is_given = not takes_answer(assessment, answer)
    said = in_words(question, answer.value, is_not_applicable=answer.is_not_applicable)
    files = [each.file for each in answer.files] if is_given else []
    beside = said_beside(question, answer.companions) if is_given else []
    corrects = is_given and coverage is not None and coverage.corrected_at is not None
    return {
        "ref": question.ref,
        "section": question.section.title,
        "question": question.text,
        "answer": said if is_given else "",
        "comment": answer.comment if is_given else "",
        "beside": [{"title": title, "text": text} for title, text in beside],
        "report_says": coverage.reason if corrects and coverage else "",
        "brought_in": answer.speaker if is_given and answer.brought_with else "",
        "files": [{"name": file.name, "sha256": file.sha256} for file in files],
        "verdict": str(answer.get_verdict_display()),
        "note": answer.note,
        "seconded_by": answer.seconded_by,
        "is_plain_yes": is_given and answer.is_plain_yes and not corrects,
    }


def _since_last_year(assessment: Assessment, answers: list[Answer]) -> dict[str, int] | None:
    """How many questions changed since the questionnaire before; None for a first one."""
    assert assessment.submitted_at is not None
    last_year = last_year_of(assessment, answers, timezone.localdate(assessment.submitted_at))
    if not last_year:
        return None
    return asdict(year_on_year(answers, last_year, queries.questions_removed(assessment)))


def _scores(scores: Scores) -> Content:
    """The scores, what is not negotiable and answered badly, and what counts by a reviewer's word."""
    whole = scores.sheet.whole
    return {
        "score": whole.so_far,
        "risk": whole.risk.words,
        "unrated": whole.unrated,
        "knocked_out": [item.ref for item in whole.knocked_out],
        "sections": [
            {
                "title": tally.title,
                "score": tally.so_far,
                "if_submitted": tally.if_submitted,
                "not_applicable": tally.not_applicable,
                "says_little": tally.says_little,
            }
            for tally in scores.sheet.sections
        ],
        "ratings": [_rating(each.answer, each.rating) for each in scores.rated if each.rating],
    }


def _rating(answer: Answer, rating: Rating) -> dict[str, Any]:
    return {
        "ref": answer.question.ref,
        "score": rating.score,
        "before": rating.before,
        "reason": rating.reason,
        "by": rating.by,
        "on": timezone.localdate(rating.at).isoformat(),
    }


def _covered(answer: Answer, coverage: Coverage) -> dict[str, Any]:
    """A question that was not asked, and what the report says to it."""
    question = answer.question
    return {"ref": question.ref, "question": question.text, "reason": coverage.reason, "pages": coverage.pages}


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
