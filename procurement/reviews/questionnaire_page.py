"""What the reviewer's page of a questionnaire shows: each answer with what became of it, and what is left to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.urls import reverse

from procurement.questionnaires import access as questionnaires_access
from procurement.questionnaires import queries as questionnaires_queries
from procurement.questionnaires.last_year import Became, LastYear, YearOnYear, became_of, last_year_of, year_on_year
from procurement.questionnaires.models import Answer, AnswerRevision, Assessment, Coverage, Section, Verdict
from procurement.questionnaires.options import Option, flags_of
from procurement.questionnaires.queries import Counts, not_enough, questions_removed
from procurement.questionnaires.scores import Scores, scores_of
from procurement.questionnaires.threads import Remark, can_comment, threads_for_us
from procurement.reviews import access
from procurement.reviews.at_once import AtOnce, Beside, at_once, worths_in
from procurement.reviews.models import Finding, Review
from procurement.reviews.queries import findings_about
from vendors.people.actors import Actor


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """One answer.

    earlier     what it said when we sent it back, once it was answered anew
    is_shown    whether the vendor has handed over what it says now
    is_early    whether it did so with its section, before the whole
    coverage    what the accepted report says to the question
    last_year   the answer of the questionnaire before, where there is one
    became      what became of the question since
    workbook    the file that the answer came with, as it stands
    thread      what we and the vendor say about it, and what we say among ourselves
    findings    raised about this answer, none that was withdrawn
    flags       what the chosen options raise
    why_hidden  the condition under which it would be asked
    """

    answer: Answer
    earlier: AnswerRevision | None
    is_shown: bool
    is_early: bool
    why_hidden: str = ""
    coverage: Coverage | None = None
    last_year: LastYear | None = None
    became: Became = Became.NEW
    flags: tuple[Option, ...] = ()
    findings: tuple[Finding, ...] = ()
    thread: tuple[Remark, ...] = ()
    workbook: str = ""

    @property
    def is_readable(self) -> bool:
        """Whether we read what it says: once it is handed over, or where we brought it in ourselves."""
        return self.is_shown or self.answer.brought_with is not None

    @property
    def why_asked(self) -> Coverage | None:
        """What the report says to a question that is asked all the same: what the vendor reads beside it."""
        if self.coverage is None or not self.answer.is_asked:
            return None
        return not_enough({self.answer.pk: self.coverage}).get(self.answer.pk)

    @property
    def may_be_flagged(self) -> bool:
        """Whether it is ours to read and judge."""
        return self.answer.is_asked and not self.answer.is_with_vendor

    @property
    def is_to_judge(self) -> bool:
        return _count([self.answer], Verdict.OPEN) == 1

    @property
    def waits_for_second(self) -> bool:
        """Whether a second reviewer has to accept it too."""
        answer = self.answer
        is_wanted = answer.assessment.wants_second_reviewer and answer.question.is_critical and answer.is_asked
        return is_wanted and answer.verdict == Verdict.ACCEPTED and answer.seconded_at is None

    @property
    def to_send(self) -> int:
        """How many comments for the vendor have not left yet. What is sent back leaves by an act of its own."""
        return sum(each.is_waiting and not each.comment.is_question for each in self.thread)

    @property
    def waits_for_reply(self) -> bool:
        """Whether the vendor has had the last word about it."""
        return bool(self.thread) and self.thread[-1].comment.is_from_vendor

    @property
    def corrects_report(self) -> bool:
        """Whether the vendor says something else than the report, so that it is read first."""
        return self.coverage is not None and self.coverage.corrected_at is not None

    @property
    def is_news(self) -> bool:
        """Whether it is what a reader looks at first: new, changed, flagged, sent back, or written about."""
        is_as_it_was = self.became is Became.UNCHANGED or not self.answer.is_asked
        is_marked = bool(self.flags or self.findings or self.waits_for_reply or self.corrects_report)
        return is_marked or self.answer.verdict == Verdict.SENT_BACK or not is_as_it_was


@dataclass(frozen=True, kw_only=True)
class AnswerGroup:
    """A section and how many of its answers wait for us."""

    section: Section
    rows: list[AnswerRow]
    to_judge: int

    @property
    def sent_back(self) -> int:
        """How many of them we ask about again."""
        return _count((row.answer for row in self.rows), Verdict.SENT_BACK)


@dataclass(frozen=True, kw_only=True)
class QuestionnairePage:
    """Everything the page reads. Before the vendor submits, answers are not shown: they are not given yet.

    waits_for_review  it was sent after the review was decided; the one that follows judges the answers
    may_follow        this person may ask for that one
    at_once           which answers nobody flagged, and why the others are left; None for whoever does not judge
    """

    review: Review
    assessment: Assessment
    groups: list[AnswerGroup]
    counts: Counts
    scores: Scores
    answered: int
    accepted: int
    sent_back: int
    to_judge: int
    to_second: int
    to_send: int
    at_once: AtOnce | None
    year_on_year: YearOnYear | None
    shows_all: bool
    left_out: int
    may_judge: bool
    may_flag: bool
    may_second: bool
    may_require: bool
    may_cancel: bool
    may_chase: bool
    may_bring: bool
    may_follow: bool
    waits_for_review: bool
    may_open_files: bool
    may_comment: bool
    may_share: bool
    may_send_comments: bool

    @property
    def corrections(self) -> list[AnswerRow]:
        """What the vendor corrects and nobody has accepted yet, once it is handed over."""
        rows = [row for group in self.groups for row in group.rows]
        return [row for row in rows if row.is_shown and row.corrects_report and row.is_to_judge]

    @property
    def unsent(self) -> list[AnswerRow]:
        """Answers with comments for the vendor that no mail has carried and that ended with the questionnaire."""
        rows = [row for group in self.groups for row in group.rows]
        return [row for row in rows if row.to_send] if self.assessment.has_ended else []

    @property
    def is_begun(self) -> bool:
        """Whether anything is handed over: before, there is nothing to read and nothing to add up."""
        handed_over = any(row.is_shown for group in self.groups for row in group.rows)
        return self.assessment.submitted_at is not None or handed_over


def questionnaire_page(
    review: Review, assessment: Assessment, user: Actor, *, on: date, wanted: str = ""
) -> QuestionnairePage:
    """The page of this assessment for this person, in a fixed number of queries.

    wanted  "news" for what is new, changed or flagged since last year, "all" for everything; by default the news, as
            long as some of it is to be judged
    """
    answers = questionnaires_queries.answers_of(assessment)
    earlier = questionnaires_queries.earlier_answers(assessment)
    progress = questionnaires_queries.progress_of(answers)
    worked_on = access.can_judge(user, review)
    sends_here = access.can_send(user, review)
    is_after = review.is_decided and assessment.sent_at > review.state_since
    last_year = last_year_of(assessment, answers, on)
    groups = _groups(assessment, answers, earlier, last_year, user)
    may_share = worked_on and can_comment(user, assessment, is_shared=True)
    news = _news(groups) if last_year and assessment.submitted_at else groups
    shows_all = wanted == "all" or (wanted != "news" and not any(group.to_judge for group in news))
    shown = groups if shows_all else news
    scores = scores_of(assessment, answers)
    may_judge = worked_on and questionnaires_access.can_judge(user, assessment)
    return QuestionnairePage(
        review=review,
        assessment=assessment,
        groups=shown,
        counts=questionnaires_queries.counts_of(answers),
        scores=scores,
        answered=progress.answered,
        accepted=_count(answers, Verdict.ACCEPTED),
        sent_back=_count(answers, Verdict.SENT_BACK),
        to_judge=_count(answers, Verdict.OPEN),
        to_send=sum(row.to_send for group in groups for row in group.rows),
        to_second=sum(row.waits_for_second for group in groups for row in group.rows),
        at_once=at_once(answers, _beside(groups, scores)) if may_judge else None,
        year_on_year=year_on_year(answers, last_year, questions_removed(assessment)) if last_year else None,
        shows_all=shows_all,
        left_out=sum(len(group.rows) for group in groups) - sum(len(group.rows) for group in shown),
        may_judge=may_judge,
        may_second=access.can_second(user, review) and assessment.waits_for_us,
        may_flag=access.can_raise(user, review),
        may_require=worked_on and questionnaires_access.can_require(user, assessment),
        may_cancel=sends_here and questionnaires_access.can_cancel(user, assessment),
        may_chase=sends_here and questionnaires_access.can_chase(user, assessment),
        may_bring=sends_here and questionnaires_access.can_bring_answers(user, assessment),
        may_follow=is_after and access.can_ask_again(user, review),
        waits_for_review=is_after,
        may_open_files=access.can_open_answers_file(user, review),
        may_comment=access.can_comment_on_answers(user, review),
        may_share=may_share,
        may_send_comments=access.can_send_comments(user, review),
    )


def page_address(review: Review, assessment: Assessment, answer: Answer | None = None) -> str:
    """The reviewer's page, at one question where there is one."""
    address = reverse("reviews:questionnaire", args=[review.pk, assessment.pk])
    return f"{address}#q-{answer.question.key}" if answer else address


def _beside(groups: list[AnswerGroup], scores: Scores) -> Beside:
    """What the page has read of the answers, for the question which of them nobody flagged."""
    rows = [row for group in groups for row in group.rows]
    return Beside(
        findings={row.answer.pk for row in rows if row.findings},
        written_about={row.answer.pk for row in rows if any(not each.is_withdrawn for each in row.thread)},
        corrected={row.answer.pk for row in rows if row.corrects_report},
        changed={row.answer.pk for row in rows if row.became is Became.CHANGED},
        worth=worths_in(scores),
    )


def _news(groups: list[AnswerGroup]) -> list[AnswerGroup]:
    """Without what is as it was last year. What waits for the vendor, or is sent back, stays."""
    kept = [(group, [row for row in group.rows if row.is_news]) for group in groups]
    return [
        replace(group, rows=rows, to_judge=_count((row.answer for row in rows), Verdict.OPEN))
        for group, rows in kept
        if rows
    ]


def _groups(
    assessment: Assessment,
    answers: Sequence[Answer],
    earlier: dict[int, AnswerRevision],
    last_year: dict[int, LastYear],
    user: Actor,
) -> list[AnswerGroup]:
    found = []
    why_hidden = questionnaires_queries.why_hidden(assessment, answers)
    coverage = questionnaires_queries.coverage_of(assessment)
    findings = findings_about(assessment)
    workbooks = questionnaires_queries.workbooks_of(assessment)
    threads = threads_for_us(assessment, answers, user)
    for section, group in groupby(answers, key=lambda answer: answer.question.section):
        rows = [
            AnswerRow(
                answer=each,
                earlier=earlier.get(each.pk) if each.is_changed else None,
                is_shown=not each.is_kept_back,
                is_early=assessment.submitted_at is None and not each.is_with_vendor,
                why_hidden=why_hidden.get(each.pk, ""),
                coverage=coverage.get(each.pk),
                last_year=last_year.get(each.pk),
                became=became_of(each, last_year.get(each.pk)),
                flags=flags_of(each),
                findings=tuple(findings.get(each.pk, ())),
                workbook=workbooks.get(each.pk, ""),
                thread=tuple(threads.get(each.pk, ())),
            )
            for each in group
        ]
        to_judge = _count((row.answer for row in rows), Verdict.OPEN)
        found.append(AnswerGroup(section=section, rows=rows, to_judge=to_judge))
    return found


def _count(answers: Iterable[Answer], verdict: Verdict) -> int:
    """How many of those that are asked, without optional ones that were left open."""
    return sum(
        answer.verdict == verdict and answer.is_asked and (answer.is_whole or answer.question.required)
        for answer in answers
    )
