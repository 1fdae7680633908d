"""The demo's data: invented vendors, dates relative to the day of seeding, one review waiting for each role."""

from datetime import date

from procurement.decisions import services as decisions
from procurement.demo.answers import Questioned
from procurement.demo.cast import Cast, bring_in_the_cast
from procurement.demo.demo_reports import brookvane, osierpay, palewater, quillhaven
from procurement.demo.paper import paper_of
from procurement.demo.reading_acts import have_it_read, record_with_the_reader
from procurement.demo.story import Plot, Story, issue_nda_text
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from vendors.calendar import clock
from vendors.calendar.days import plus_days, plus_months
from vendors.contacts import services as contacts
from vendors.contacts.models import Contact
from vendors.correspondence.models import OutgoingEmail
from vendors.directory.models import Vendor, VendorCategory
from vendors.ndas import services as ndas

QUILLHAVEN = Plot(
    vendor="Quillhaven",
    legal_name="Quillhaven Software, Inc.",
    domain="quillhaven.example",
    contact="Jonah Pell",
    contact_title="Security lead",
    title="People Cloud",
    description="HR records of 1,900 employees.",
    data_classes=("internal", "personal"),
    uptime_promised=True,
    summary=(
        "Quillhaven may receive HR records. A current SOC 2 Type II report with an unqualified opinion is on file "
        "under NDA, and each control it leaves to us has an owner."
    ),
    residual_note="Leavers' access was withdrawn late in 2 of 25 cases. Our own single sign-on ends it at once.",
    conditions=(("Three monthly exports that show our leavers removed within one working day.", 75),),
)
BROOKVANE = Plot(
    vendor="Brookvane AI",
    legal_name="Brookvane AI, Inc.",
    domain="brookvane.example",
    contact="Sanne Holt",
    contact_title="Trust and compliance",
    title="Brookvane API for drafting letters",
    description="Drafts of letters to applicants; prompts hold names and work history.",
    data_classes=("confidential", "personal"),
    category=VendorCategory.AI_PROVIDER,
    summary=(
        "Brookvane AI may receive drafts with names and work history. The report covers the API we call, "
        "the opinion is unqualified, no exception was noted."
    ),
    residual_note="Prompts leave our network. The vendor keeps them for 30 days.",
)
PALEWATER = Plot(
    vendor="Palewater Mail",
    legal_name="Palewater Mail Co.",
    domain="palewater.example",
    contact="Ruth Amari",
    contact_title="Information security",
    title="Notification mail",
    description="Sends appointment reminders without their content.",
    data_classes=("internal",),
    criticality="medium",
)
OSIERPAY = Plot(
    vendor="Osierpay",
    legal_name="Osierpay GmbH",
    domain="osierpay.example",
    contact="Levin Kerr",
    contact_title="Head of security",
    title="Expense cards",
    description="Company cards and expense reports.",
    data_classes=("confidential",),
    category=VendorCategory.PAYMENTS,
)
LANTERNFIELD = Plot(
    vendor="Lanternfield",
    legal_name="Lanternfield Analytics Ltd",
    domain="lanternfield.example",
    contact="Tess Okonjo",
    contact_title="Compliance manager",
    title="Workforce dashboards",
    description="Aggregated figures about staffing.",
    data_classes=("confidential",),
    criticality="medium",
)
HALLOWMERE = Plot(
    vendor="Hallowmere",
    legal_name="Hallowmere Systems, Inc.",
    domain="hallowmere.example",
    contact="Odile Brandt",
    contact_title="Security",
    title="Applicant tracking",
    description="Applications and interview notes.",
    data_classes=("personal",),
)


def seed(*, on: date) -> None:
    """Fill an empty demo. Every date is counted from the day of seeding."""
    cast = bring_in_the_cast()
    issue_nda_text(cast, clock.local_moment(plus_days(on, -200), 8))
    approved_last_autumn(cast, on)
    waits_for_the_approver(cast, on)
    report_just_arrived(cast, on)
    waits_for_somebody_to_close_the_remediation(cast, on)
    waits_for_the_contact(cast, on)
    waits_for_a_reviewer(cast, on)
    the_past_was_mailed(on)


def the_last_period(on: date, *, months_ago: int) -> tuple[date, date]:
    """A twelve-month audit period that ended at a month's end so many months ago."""
    first_of_month = on.replace(day=1)
    end = plus_days(plus_months(first_of_month, -months_ago), -1)
    return plus_months(plus_days(end, 1), -12), end


def approved_last_autumn(cast: Cast, on: date) -> None:
    """Quillhaven: the whole job done, approved with a condition that waits for the requester."""
    start, end = the_last_period(on, months_ago=4)
    paper = paper_of(quillhaven(start, end))
    story = Story(QUILLHAVEN, cast, told_at=clock.now())
    day = plus_days(on, -60)
    review = story.take(story.ask(day), day)
    contact = story.invite(review.vendor, day)
    request = story.request_report(contact, (start, end), plus_days(day, 14), day)
    comes_in_and_accepts_our_nda(story, contact, plus_days(day, 2))
    report = story.send_report(contact, request, paper, plus_days(day, 3))
    report = record_with_the_reader(story, review, report, paper, plus_days(day, 6))
    story.accept_report(review, report, plus_days(day, 6))
    story.judge(review, paper, plus_days(day, 7))
    story.draft(review, plus_days(day, 8))
    story.submit(review, plus_days(day, 8))
    decision = story.decide(review, plus_days(day, 9))
    decisions.make_pdf(memo_id=decision.memo.pk, now=story.at(plus_days(day, 9)))


def waits_for_the_approver(cast: Cast, on: date) -> None:
    """Brookvane AI: the report came from its trust center, everything is settled, an approver has to decide."""
    start, end = the_last_period(on, months_ago=2)
    paper = paper_of(brookvane(start, end))
    story = Story(BROOKVANE, cast, told_at=clock.now())
    day = plus_days(on, -12)
    review = story.take(story.ask(day, wanted_by=plus_days(on, 7)), day)
    story.accept_trust_center_nda(review.vendor, plus_days(day, 1))
    report = story.upload_report(review.vendor, paper, plus_days(day, 1))
    report = record_with_the_reader(story, review, report, paper, plus_days(day, 3))
    story.accept_report(review, report, plus_days(day, 3))
    story.judge(review, paper, plus_days(day, 4))
    story.draft(review, plus_days(day, 5))
    story.submit(review, plus_days(on, -1))


def report_just_arrived(cast: Cast, on: date) -> None:
    """Palewater Mail: the report and the answers to the questionnaire arrived yesterday and wait for the reviewer, the
    report with everything that was read in it."""
    start, end = the_last_period(on, months_ago=3)
    paper = paper_of(palewater(start, end))
    story = Story(PALEWATER, cast, told_at=clock.now())
    day = plus_days(on, -9)
    review = story.take(story.ask(day), day)
    contact = story.invite(review.vendor, day)
    request = story.request_report(contact, (start, end), plus_days(day, 14), day)
    asked = Questioned(story, review)
    assessment = asked.send(contact, plus_days(day, 14), day)
    comes_in_and_accepts_our_nda(story, contact, plus_days(day, 4))
    report = story.send_report(contact, request, paper, plus_days(on, -1))
    have_it_read(story, report, plus_days(on, -1))
    asked.answer(assessment, contact, plus_days(on, -1))
    asked.submit(assessment, contact, plus_days(on, -1))


def waits_for_somebody_to_close_the_remediation(cast: Cast, on: date) -> None:
    """Osierpay: a qualified opinion; somebody who did not accept the report has to close its remediation."""
    start, end = the_last_period(on, months_ago=5)
    paper = paper_of(osierpay(start, end))
    story = Story(OSIERPAY, cast, told_at=clock.now())
    day = plus_days(on, -20)
    review = story.take(story.ask(day), day)
    contact = story.invite(review.vendor, day)
    request = story.request_report(contact, (start, end), plus_days(day, 10), day)
    comes_in_and_accepts_our_nda(story, contact, plus_days(day, 1))
    report = story.send_report(contact, request, paper, plus_days(day, 8))
    report = record_with_the_reader(story, review, report, paper, plus_days(day, 12))
    story.accept_report(review, report, plus_days(day, 12))
    story.judge(review, paper, plus_days(day, 13))
    story.ask_to_close(review, plus_days(day, 13))
    asked = Questioned(story, review)
    assessment = asked.send(contact, plus_days(on, 10), plus_days(day, 14), leans_on_report=True)
    asked.answer(assessment, contact, plus_days(day, 15), count=3)
    what_was_found_and_said(story, review, plus_days(day, 14))


def what_was_found_and_said(story: Story, review: Review, day: date) -> None:
    """A finding its owner has to settle, and a word with whoever asked."""
    cast = story.cast
    draft = reviews.FindingDraft(
        title="Refund files are kept for a year",
        description="The vendor keeps refund files for 12 months. Our own rule is 90 days, and nothing deletes them.",
        severity="high",
        owner=cast.requester,
        due_on=plus_days(day, 30),
        source_reference="system description (section 3), Data",
    )
    finding = reviews.raise_finding(review=review, draft=draft, by=cast.reviewer, on=day, now=story.at(day))
    reviews.comment_on_finding(
        finding=finding, text="They offer a shorter term in the contract.", by=cast.requester, now=story.at(day)
    )
    reviews.comment_on_review(
        review=review,
        text="Do you need refunds from the first day? Without them this is decided sooner.",
        shared=True,
        by=cast.reviewer,
        now=story.at(day),
    )


def waits_for_the_contact(cast: Cast, on: date) -> None:
    """Lanternfield: invited today; the link stands in the mailbox."""
    story = Story(LANTERNFIELD, cast, told_at=clock.now())
    review = story.take(story.ask(plus_days(on, -2)), on)
    contact = story.invite(review.vendor, on)
    story.request_report(contact, the_last_period(on, months_ago=3), plus_days(on, 14), on)
    asked = Questioned(story, review)
    assessment = asked.send(contact, plus_days(on, 14), on)
    asked.answer(assessment, contact, on, count=6)


def waits_for_a_reviewer(cast: Cast, on: date) -> None:
    """Hallowmere: asked for yesterday, nobody has taken it."""
    Story(HALLOWMERE, cast, told_at=clock.now()).ask(plus_days(on, -1), wanted_by=plus_days(on, 30))


def comes_in_and_accepts_our_nda(story: Story, contact: Contact, on: date) -> None:
    """The invitation is used up, and the certificate is made the same day, without waiting for a worker."""
    contacts.accept_invitations(contact=contact, by=contact.user, now=story.at(on))
    nda = story.accept_nda(contact, on)
    ndas.make_certificate(nda_id=nda.pk, now=story.at(on))


def the_past_was_mailed(on: date) -> None:
    """What was written before today counts as sent; only today's mail lands in the mailbox."""
    midnight = clock.local_moment(on, 0)
    for email in OutgoingEmail.objects.waiting().filter(queued_at__lt=midnight):
        OutgoingEmail.objects.filter(pk=email.pk).update(state="sent", sent_at=email.queued_at, sealed_secret=None)


def is_seeded() -> bool:
    return Vendor.objects.exists() or Review.objects.exists()
