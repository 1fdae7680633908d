"""The parts of a record, each made of one row: what is written about a file, a judgement, a finding."""

from datetime import datetime
from typing import Any

from django.conf import settings

from procurement.exports.record import (
    Audience,
    BroughtIn,
    ByReport,
    Course,
    FindingRaised,
    Flag,
    FurtherField,
    Judgement,
    LastYear,
    Rated,
    Scores,
    SectionScore,
    SentFile,
    Taken,
    VendorNamed,
    Version,
    Worth,
)
from procurement.questionnaires.companions import companions_of
from procurement.questionnaires.last_year import LastYear as EarlierAnswer
from procurement.questionnaires.last_year import became_of
from procurement.questionnaires.models import Answer, Assessment, Attachment, Coverage
from procurement.questionnaires.options import Option
from procurement.questionnaires.scores import ScoredAnswer
from procurement.questionnaires.scoring import Sheet
from procurement.questionnaires.wording import in_words
from procurement.reviews.models import Finding
from vendors.calendar.clock import organisation_zone
from vendors.people.actors import Actor


def taken(by: Actor, now: datetime, audience: Audience) -> Taken:
    return Taken(at=local(now), by=by.label, organisation=settings.ORGANISATION_NAME, audience=audience)


def vendor_named(assessment: Assessment) -> VendorNamed:
    vendor = assessment.vendor
    return VendorNamed(name=vendor.name, legal_name=vendor.legal_name, domain=vendor.domain)


def version_asked(assessment: Assessment, content: dict[str, Any] | None) -> Version:
    version = assessment.version
    return Version(
        questionnaire=version.questionnaire.key,
        title=version.title,
        number=version.number,
        sha256=version.sha256,
        content=content,
    )


def course_of(assessment: Assessment) -> Course:
    return Course(
        state=assessment.state,
        sent_at=local(assessment.sent_at),
        sent_by=assessment.sent_by.name,
        contact=assessment.contact.name if assessment.contact else "",
        due_on=assessment.due_on,
        submitted_at=moment(assessment.submitted_at),
        signer_name=assessment.signer_name,
        signer_title=assessment.signer_title,
        completed_at=moment(assessment.completed_at),
        completed_by=assessment.completed_by,
        cancelled_at=moment(assessment.cancelled_at),
        cancelled_reason=assessment.cancelled_reason,
        leans_on_report=assessment.leans_on_report,
        wants_second_reviewer=assessment.wants_second_reviewer,
        handed_over_by=assessment.handed_over_by,
        brought_in=tuple(BroughtIn(**each) for each in assessment.brought_in),
    )


def scores_in(sheet: Sheet) -> Scores:
    whole = sheet.whole
    return Scores(
        score=whole.so_far,
        if_submitted=whole.if_submitted,
        risk=whole.risk.value,
        unrated=whole.unrated,
        knocked_out=tuple(item.ref for item in whole.knocked_out),
        sections=tuple(
            SectionScore(
                title=tally.title,
                score=tally.so_far,
                if_submitted=tally.if_submitted,
                not_applicable=tally.not_applicable,
                says_little=tally.says_little,
            )
            for tally in sheet.sections
        ),
    )


def sent_file(attachment: Attachment) -> SentFile:
    stored = attachment.file
    return SentFile(
        name=stored.name,
        kind=attachment.kind,
        as_of=attachment.as_of,
        size=stored.size,
        sha256=stored.sha256,
        sent_by=attachment.sent_by,
        sent_at=local(attachment.sent_at),
    )


def further_fields(answer: Answer) -> tuple[FurtherField, ...]:
    return tuple(
        FurtherField(key=each.key, title=each.title, said=answer.companions[each.key])
        for each in companions_of(answer.question)
        if answer.companions.get(each.key)
    )


def brought_in(answer: Answer) -> BroughtIn | None:
    return BroughtIn(**answer.brought_with.provenance) if answer.brought_with else None


def judgement_on(answer: Answer) -> Judgement:
    return Judgement(
        verdict=answer.verdict,
        note=answer.note,
        by=answer.judged_by,
        at=moment(answer.judged_at),
        seconded_by=answer.seconded_by,
        seconded_at=moment(answer.seconded_at),
    )


def asked_again(answer: Answer) -> Judgement:
    """What the vendor is told of it: that it was sent back, and what we ask."""
    return Judgement(verdict=answer.verdict, note=answer.note, by="", at=None, seconded_by="", seconded_at=None)


def worth_in(scored: ScoredAnswer) -> Worth:
    return Worth(
        weight=scored.item.weight,
        own=scored.own,
        score=scored.item.worth,
        ratings=tuple(
            Rated(
                score=each.score,
                before=each.before,
                reason=each.reason,
                by=each.by,
                at=local(each.at),
                counts=each == scored.rating,
            )
            for each in scored.ratings
        ),
    )


def flag_raised(option: Option) -> Flag:
    return Flag(option=str(option.label), severity=option.severity, text=option.flag)


def finding_raised(finding: Finding) -> FindingRaised:
    return FindingRaised(
        label=finding.label,
        title=finding.title,
        severity=finding.severity,
        state=finding.state,
        owner=finding.owner.name,
        due_on=finding.due_on,
    )


def by_report(coverage: Coverage | None, *, is_ours: bool) -> ByReport | None:
    """What the report says; who asks the question all the same stands in our copy only."""
    if coverage is None:
        return None
    report = coverage.report
    return ByReport(
        level=coverage.level,
        report=str(report) if report else "",
        period_start=report.period_start if report else None,
        period_end=report.period_end if report else None,
        reason=coverage.reason,
        pages=tuple(coverage.pages),
        required_by=coverage.required_by if is_ours else "",
    )


def earlier_answer(answer: Answer, found: EarlierAnswer) -> LastYear:
    earlier = found.earlier
    return LastYear(
        answer=in_words(earlier.question, earlier.value, is_not_applicable=earlier.is_not_applicable),
        comment=earlier.comment,
        how=found.how,
        became=became_of(answer, found).value,
    )


def moment(at: datetime | None) -> datetime | None:
    return local(at) if at else None


def local(at: datetime) -> datetime:
    """In the organisation's time zone, to the second, as it is written: so it is the same when it is read again."""
    return datetime.fromisoformat(at.astimezone(organisation_zone()).isoformat(timespec="seconds"))
