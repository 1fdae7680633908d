"""Reading one questionnaire into the record that every format is made of, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from procurement.exports import parts
from procurement.exports.record import Answered, AssessmentRecord, Audience, Counts, Judgement, LastYear, Stands
from procurement.questionnaires import access, queries
from procurement.questionnaires.content import version_content
from procurement.questionnaires.last_year import last_year_of
from procurement.questionnaires.models import Answer, Assessment, Section, Verdict
from procurement.questionnaires.options import flags_of
from procurement.questionnaires.scores import scores_of
from procurement.questionnaires.wording import in_words
from procurement.reviews.models import Review
from procurement.reviews.queries import findings_about
from vendors.calendar.clock import local_day
from vendors.people.actors import Actor


def our_record(assessment: Assessment, review: Review | None, *, by: Actor, now: datetime) -> AssessmentRecord:
    """Everything that stands on the reviewer's page: what the vendor has handed over, and our word on it.

    review  it belongs to; None where it belongs to none
    """
    answers = queries.answers_of(assessment)
    sheet = _OurSheet(assessment, answers, now)
    return AssessmentRecord(
        id=assessment.pk,
        exported=parts.taken(by, now, Audience.OURS),
        vendor=parts.vendor_named(assessment),
        service=assessment.engagement.title,
        review=review.number if review else "",
        version=parts.version_asked(assessment, version_content(assessment.version)),
        course=parts.course_of(assessment),
        facts=assessment.facts,
        counts=sheet.counts(),
        scores=parts.scores_in(sheet.scores.sheet) if any(sheet.shows(each) for each in answers) else None,
        answers=tuple(sheet.answered(each) for each in answers),
    )


def vendors_record(assessment: Assessment, *, by: Actor, now: datetime) -> AssessmentRecord:
    """What the vendor is asked and has said, as this contact's own page shows it: nothing of what is hidden, nothing
    that is ours alone, nothing that the contact does not see."""
    visible = (answer for answer in queries.answers_of(assessment) if answer.is_visible)
    answers = access.seen_among(by, assessment, visible)
    sheet = _Sheet(assessment, answers, now)
    return AssessmentRecord(
        id=assessment.pk,
        exported=parts.taken(by, now, Audience.VENDOR),
        vendor=parts.vendor_named(assessment),
        service=assessment.engagement.title,
        review="",
        version=parts.version_asked(assessment, None),
        course=replace(parts.course_of(assessment), completed_by="", wants_second_reviewer=False),
        facts={},
        counts=sheet.counts(),
        scores=None,
        answers=tuple(sheet.answered(each) for each in answers),
    )


class _Sheet:
    """The answers with what stands beside them, read once for all: as the vendor's own page shows it."""

    is_ours = False

    def __init__(self, assessment: Assessment, answers: Sequence[Answer], now: datetime) -> None:
        self.assessment, self.answers = assessment, answers
        self._paths = _paths(assessment)
        self._coverage = queries.coverage_of(assessment)
        self._last_year = last_year_of(assessment, answers, local_day(now))

    def shows(self, answer: Answer) -> bool:
        """Whether what the vendor said stands in this copy."""
        return answer.is_asked

    def judgement(self, answer: Answer) -> Judgement | None:
        """Only what the vendor was told: an answer that waits for another word of it."""
        is_told = answer.verdict == Verdict.SENT_BACK and answer.is_asked and self.assessment.waits_for_vendor
        return parts.asked_again(answer) if is_told else None

    def counts(self) -> Counts:
        amounts = queries.counts_of(self.answers)
        verdicts = [told.verdict for answer in self.answers if (told := self.judgement(answer))]
        return Counts(
            asked=amounts.asked,
            covered=amounts.covered,
            hidden=amounts.hidden,
            answered=queries.progress_of(self.answers).answered,
            accepted=verdicts.count(Verdict.ACCEPTED),
            sent_back=verdicts.count(Verdict.SENT_BACK),
            carried=len(self._last_year),
        )

    def answered(self, answer: Answer) -> Answered:
        question, shows = answer.question, self.shows(answer)
        return Answered(
            key=question.key,
            ref=question.ref,
            section=self._paths[question.section_id],
            question=question.text,
            kind=question.kind,
            criteria=tuple(question.criteria),
            stands=_stands(answer),
            because="",
            is_handed_over=answer.is_asked and not answer.is_kept_back,
            is_whole=answer.is_asked and answer.is_whole,
            value=answer.value if shows else None,
            answer=in_words(question, answer.value, is_not_applicable=answer.is_not_applicable) if shows else "",
            is_not_applicable=shows and answer.is_not_applicable,
            comment=answer.comment if shows else "",
            companions=parts.further_fields(answer) if shows else (),
            files=tuple(parts.sent_file(each) for each in answer.files) if shows else (),
            revision=answer.revision if shows else 0,
            answered_by=answer.speaker if shows else "",
            answered_at=parts.moment(answer.answered_at) if shows else None,
            judgement=self.judgement(answer),
            worth=None,
            flags=(),
            findings=(),
            report=parts.by_report(self._coverage.get(answer.pk), is_ours=self.is_ours),
            last_year=self._earlier(answer) if shows else None,
            brought_in=parts.brought_in(answer) if shows else None,
        )

    def _earlier(self, answer: Answer) -> LastYear | None:
        found = self._last_year.get(answer.pk)
        return parts.earlier_answer(answer, found) if found else None


class _OurSheet(_Sheet):
    """The same with our word on each answer. What the vendor is still writing is its own."""

    is_ours = True

    def __init__(self, assessment: Assessment, answers: Sequence[Answer], now: datetime) -> None:
        super().__init__(assessment, answers, now)
        self.scores = scores_of(assessment, answers)
        self._worth = {each.answer.pk: parts.worth_in(each) for part in self.scores.sections for each in part.answers}
        self._why_hidden = queries.why_hidden(assessment, answers)
        self._findings = findings_about(assessment)

    def shows(self, answer: Answer) -> bool:
        return answer.is_asked and not answer.is_kept_back

    def judgement(self, answer: Answer) -> Judgement | None:
        return parts.judgement_on(answer) if answer.is_asked else None

    def answered(self, answer: Answer) -> Answered:
        return replace(
            super().answered(answer),
            because=self._why_hidden.get(answer.pk, ""),
            worth=self._worth.get(answer.pk),
            flags=tuple(parts.flag_raised(each) for each in flags_of(answer)) if self.shows(answer) else (),
            findings=tuple(parts.finding_raised(each) for each in self._findings.get(answer.pk, ())),
        )


def _stands(answer: Answer) -> Stands:
    if not answer.is_visible:
        return Stands.HIDDEN
    return Stands.COVERED if answer.is_covered else Stands.ASKED


def _paths(assessment: Assessment) -> dict[int, tuple[str, ...]]:
    """Of each section, its title after those of the sections around it."""
    found: dict[int, tuple[str, ...]] = {}
    rows = Section.objects.filter(version=assessment.version_id).order_by("position")
    for pk, parent, title in rows.values_list("pk", "parent_id", "title"):  # a part comes after what it is a part of
        found[pk] = (*found.get(parent or 0, ()), title)
    return found
