"""The main job without a browser: a year of it, act by act, with every mail that leaves."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from django.core import mail
from django.db import transaction

from procurement.clearance.queries import answer_for
from procurement.decisions import services as decisions
from procurement.decisions.models import Decision, Memo
from procurement.decisions.standings import approval_of
from procurement.demo.answers import Questioned
from procurement.demo.cast import bring_in_the_cast
from procurement.demo.plots import Tale
from procurement.demo.reading_acts import record_with_the_reader
from procurement.demo.story import Story, issue_nda_text
from procurement.renewals import services as renewals
from procurement.reviews import queries as reviews_queries
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from vendors.calendar import clock
from vendors.calendar.days import plus_days
from vendors.contacts import queries as contacts_queries
from vendors.contacts.models import Contact
from vendors.correspondence import delivery
from vendors.ledger.verification import verify
from vendors.ndas import services as ndas
from vendors.people.actors import NotAllowed, Refused
from vendors.portal import services as door
from vendors.reports.models import Report, ReportRequest
from vendors.vault import services as vault


class Broken(Exception):
    """The walkthrough found that something does not hold. The text says what."""


class Walkthrough:
    """Tells one story from the request to next year's reminders. `tell` prints a line.

    standings   how the approval stood in the year that follows, one after the other: words and the last day each said
    every_days  how often the scan runs in that year; nothing is lost when it misses days
    """

    def __init__(self, *, tale: Tale, out: Path, tell: Callable[[str], None], every_days: int = 1) -> None:
        self.paper = tale.paper
        self.start = tale.start
        self.out = out
        self.tell = tell
        self.cast = bring_in_the_cast()
        self.story = Story(tale.plot, self.cast)
        self.mails = 0
        self.standings: list[tuple[str, date]] = []
        self.every_days = every_days

    def run(self) -> Path:
        """The main job and its year. Returns where the memo's PDF lies. Raises Broken, Refused or NotAllowed."""
        review = self.until_judged()
        memo_file = self.decide(review, plus_days(self.start, 8))
        self.a_year_of_days(review, plus_days(self.start, 9))
        self.check_the_ledger()
        return memo_file

    def until_judged(self) -> Review:
        """From the NDA's text to a report that is read and judged, with what the policy says about it."""
        review = self.request_and_collect(self.start)
        self.read_and_judge(review, plus_days(self.start, 5))
        return review

    def ask_and_take(self, day: date) -> Review:
        issue_nda_text(self.cast, self.story.at(day))
        self.act(day, f"{self.cast.administrator} issues version 1 of our NDA")
        review = self.story.ask(day, wanted_by=plus_days(day, 21))
        self.act(day, f"{self.cast.requester} asks for a review: {review.number}, {review.engagement}")
        review = self.story.take(review, day)
        self.act(day, f"{self.cast.reviewer} takes it")
        return review

    def request_and_collect(self, day: date) -> Review:
        review = self.ask_and_take(day)
        request = self.ask_the_vendor(review, day)
        contact = request.contact
        assert contact is not None
        report = self.story.send_report(contact, request, self.paper, plus_days(day, 2))
        self.act(plus_days(day, 2), f"{contact} sends {report.file.name}, SHA-256 {report.file.sha256}")
        self.question(review, contact, plus_days(day, 2))
        return review

    def ask_the_vendor(self, review: Review, day: date) -> ReportRequest:
        """The contact is invited and asked for the report, comes in and accepts the NDA."""
        story = self.story
        contact = story.invite(review.vendor, day)
        self.act(day, f"{self.cast.reviewer} invites {contact}")
        period = (self.paper.facts.period_start or day, self.paper.facts.period_end or day)
        request = story.request_report(contact, period, plus_days(day, 14), day)
        self.act(day, f"{self.cast.reviewer} requests the {request}, due {request.due_on}")
        self.come_in(contact, plus_days(day, 1))
        nda = story.accept_nda(contact, plus_days(day, 1))
        ndas.make_certificate(nda_id=nda.pk, now=story.at(plus_days(day, 1)))
        self.act(plus_days(day, 1), f"{contact} accepts our NDA, in force until {nda.ends_on}; certificate made")
        return request

    def question(self, review: Review, contact: Contact, day: date) -> None:
        """The questionnaire beside the report: answered, one answer sent back and answered again, complete."""
        asked = Questioned(self.story, review)
        assessment = asked.send(contact, plus_days(day, 14), day)
        self.act(day, f"{self.cast.reviewer} sends: {assessment.version}")
        asked.answer(assessment, contact, plus_days(day, 1))
        asked.submit(assessment, contact, plus_days(day, 1))
        self.act(plus_days(day, 1), f"{contact} answers and submits it")
        asked.ask_again(assessment, "OP-2", plus_days(day, 8), plus_days(day, 2))
        self.act(plus_days(day, 2), f"{self.cast.reviewer} accepts all answers but one and sends that one back")
        asked.answer_again(assessment, contact, plus_days(day, 3))
        asked.complete(assessment, plus_days(day, 3))
        self.act(plus_days(day, 3), f"{contact} answers again; {self.cast.reviewer} accepts it: complete")

    def come_in(self, contact: Contact, day: date) -> None:
        """The contact follows the link of the invitation and types the code that was mailed."""
        invitation = contacts_queries.invitation_of(self.in_last_mail(r"/portal/i/([^/\s]+)/"))
        if invitation is None:
            raise Broken("The link in the invitation leads nowhere.")
        asked = door.ask_for_code_by_invitation(invitation=invitation, ip=None, now=self.story.at(day))
        self.act(day, f"{contact} follows the link; a code is mailed")
        typed = self.in_last_mail(r"\b(\d{6,8})\b")
        door.come_in(code_id=asked.code_id, browser=asked.browser, typed=typed, ip=None, now=self.story.at(day))
        self.act(day, f"{contact} types the code and is in")

    def read_and_judge(self, review: Review, day: date, report: Report | None = None) -> None:
        """Of the report the vendor sent, or this one of several."""
        story = self.story
        report = report or review.vendor.reports.get()
        report = record_with_the_reader(story, review, report, self.paper, day)
        if report.citations:
            told = f"accepts {len(report.citations)} facts from it, each with its page and words"
            self.act(day, f"The report is read; {self.cast.reviewer} {told}")
        self.act(day, f"{self.cast.reviewer} records the facts beside the document")
        story.accept_report(review, report, day)
        review.refresh_from_db()
        self.act(day, f"{self.cast.reviewer} accepts the report; the review is now: {review.get_state_display()}")
        story.judge(review, self.paper, plus_days(day, 1))
        self.act(plus_days(day, 1), f"{self.cast.reviewer} settles scope fit, exceptions and user entity controls")
        if review.remediations.filter(closed_at__isnull=True).exists():
            story.ask_to_close(review, plus_days(day, 1))
            story.close_remediation(review, plus_days(day, 2))
            self.act(plus_days(day, 2), f"{self.cast.second_reviewer} closes the remediation of the modified opinion")
        self.what_the_policy_says(review, plus_days(day, 2))

    def what_the_policy_says(self, review: Review, day: date) -> None:
        review = Review.objects.get(pk=review.pk)
        self.tell(f"{day}  What the policy says, version {reviews_queries.policy_of(review).version}:")
        for check in reviews_queries.requirement_checks(review, day):
            self.tell(f"      {check.result.value:<15} {check.title}: {check.reason}")

    def is_refused(self, day: date, attempt: str, act: Callable[[], object], because: str) -> None:
        """What the policy does not let pass: the attempt is refused with a sentence that holds these words."""
        try:
            with transaction.atomic():
                act()
        except (Refused, NotAllowed) as refusal:
            if because not in str(refusal):
                raise Broken(f"{attempt} was refused for another reason. {refusal}") from refusal
            self.act(day, f"{attempt}: refused. {refusal}")
        else:
            raise Broken(f"{attempt} was not refused.")

    def withdraw(self, review: Review, reason: str, day: date) -> None:
        reviews.withdraw(
            review=Review.objects.get(pk=review.pk), reason=reason, by=self.cast.reviewer, now=self.story.at(day)
        )
        self.act(day, f"{self.cast.reviewer} withdraws the review: {reason}")

    def nothing_may_be_sent(self, review: Review, first: date) -> None:
        """The year after a review without an approval: no data is cleared, nobody is reminded of anything."""
        for offset in range(0, 400, self.every_days):
            day = plus_days(first, offset)
            if renewals.send_due(on=day, now=clock.local_moment(day, 9)).queued:
                raise Broken(f"Somebody was reminded on {day} of what was never approved.")
            self.deliver(day)
        answer = answer_for(review.vendor, on=first)
        if answer.cleared:
            raise Broken(f"Data is cleared without an approval. {answer.sentence}")
        self.tell(f"{first}  {answer.sentence}. {answer.why}")
        self.tell(f"      no reminder in the year that follows, {self.mails} mails in all")

    def decide(self, review: Review, day: date) -> Path:
        story = self.story
        story.draft(review, day)
        self.act(day, f"{self.cast.reviewer} drafts the decision")
        story.submit(review, day)
        self.act(day, f"{self.cast.reviewer} puts it before {self.cast.approver}")
        decision = story.decide(Review.objects.get(pk=review.pk), plus_days(day, 1))
        memo = decisions.make_pdf(memo_id=decision.memo.pk, now=story.at(plus_days(day, 1)))
        self.act(plus_days(day, 1), f"{self.cast.approver} decides: {decision.get_outcome_display()}, {memo.number}")
        return self.keep_memo(memo, decision)

    def keep_memo(self, memo: Memo, decision: Decision) -> Path:
        if memo.pdf is None:
            raise Broken(f"{memo.number} has no PDF. {memo.pdf_pending_because}")
        self.out.mkdir(parents=True, exist_ok=True)
        file = self.out / memo.pdf.name
        file.write_bytes(vault.read_bytes(memo.pdf, by=self.cast.reviewer, purpose="walkthrough", at=memo.issued_at))
        self.tell(f"      valid until {decision.valid_until}: {decision.valid_because}")
        self.tell(f"      content SHA-256 {memo.content_sha256}, PDF in {file}")
        return file

    def a_year_of_days(self, review: Review, first: date, **meanwhile: tuple[date, Callable[[date], None]]) -> None:
        """Every morning the same scan that Celery beat runs; the days on which something leaves are printed.

        meanwhile  what happens in between, each on its day
        """
        decision = Decision.objects.get(review=review)
        reminded = 0
        for offset in range(0, 400, self.every_days):
            day = plus_days(first, offset)
            for when, happens in meanwhile.values():
                if plus_days(day, -self.every_days) < when <= day:
                    happens(when)
            self.meet_conditions(decision, day)
            reminded += len(renewals.send_due(on=day, now=clock.local_moment(day, 9) + timedelta(minutes=1)).queued)
            self.deliver(day)
            self.note_standing(decision, day)
        if not reminded:
            raise Broken("No reminder left in a whole year.")
        self.tell(f"      {reminded} reminders, {self.mails} mails in all")

    def note_standing(self, decision: Decision, day: date) -> None:
        """Print how the approval stands when that has changed."""
        approval = approval_of(decision, on=day)
        assert approval is not None
        words = approval.standing.name.replace("_", " ")
        if approval.standing.relief:
            words += ", awaiting successor"
        if not self.standings or self.standings[-1][0] != words:
            self.standings.append((words, approval.standing.until))
            self.tell(f"{day}  The approval is {words}: {approval.standing.reason}")

    def meet_conditions(self, decision: Decision, day: date) -> None:
        """The owner keeps each condition five days before it would suspend the approval."""
        for condition in decision.conditions.filter(met_on__isnull=True, due_on__lte=plus_days(day, 5)):
            decisions.meet_condition(
                condition=condition, note="Done and shown.", by=condition.owner, on=day, now=self.story.at(day)
            )
            self.act(day, f"{condition.owner} meets the condition: {condition.text}")

    def check_the_ledger(self) -> None:
        verdict = verify()
        if verdict.fault:
            raise Broken(f"The ledger does not hold. {verdict.fault.sentence}")
        self.tell(f"      the ledger's chain of {verdict.count} entries holds")

    def act(self, day: date, sentence: str) -> None:
        self.tell(f"{day}  {sentence}")
        self.deliver(day)

    def deliver(self, day: date) -> None:
        """Send what is due, through the same delivery as the worker, and print each mail."""
        delivery.deliver_due(clock.local_moment(day, 23))
        for message in mail.outbox[self.mails :]:
            self.mails += 1
            self.tell(f"{day}    mail to {message.to[0]}: {message.subject}")

    def in_last_mail(self, pattern: str) -> str:
        found = re.search(pattern, str(mail.outbox[-1].body)) or next(
            (hit for message in reversed(mail.outbox) if (hit := re.search(pattern, str(message.body)))), None
        )
        if found is None:
            raise Broken(f"No mail holds {pattern}.")
        return found.group(1)


Failures = (Broken, Refused, NotAllowed)
