"""What the mails say, read back: what, by when, under which NDA, how to say "not yet", and how many more come."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from procurement.decisions.models import Condition, Decision, Outcome
from procurement.renewals.queries import reminders_of
from procurement.reviews.services import ask_again
from tests.factories import ndas
from tests.factories.evidence import recorded_evidence
from tests.factories.renewals import (
    approved_review,
    live_through,
    morning,
    say_next_report,
    scan,
    send_next_report,
    the_contact,
)
from vendors.calendar.days import plus_days
from vendors.correspondence.delivery import deliver_due
from vendors.correspondence.models import OutgoingEmail
from vendors.ndas.services import end_nda
from vendors.reports import services as reports
from vendors.reports.models import ReportRequest

pytestmark = [pytest.mark.django_db, pytest.mark.sampled]

NDA = "Confidentiality agreement for security reviews, in force until 1 September 2029"


@pytest.fixture
def review(db):
    return approved_review()


def mail_of(day: date, name: str) -> OutgoingEmail:
    """What this person got that morning."""
    assert not scan(day).failed
    return OutgoingEmail.objects.get(queued_at=morning(day), to_name=name)


def flat(email: OutgoingEmail) -> str:
    return " ".join(email.text.split())


@pytest.mark.parametrize(
    ("day", "subject", "says"),
    [
        (date(2027, 4, 1), "Quillhaven: the approval ends on 30 June 2027", "ends on 30 June 2027, in 90 days."),
        (date(2027, 6, 23), "Quillhaven: the approval ends on 30 June 2027", "ends on 30 June 2027, in 7 days."),
        (date(2027, 6, 30), "Quillhaven: the approval ends today, 30 June 2027", "ends today, 30 June 2027."),
        (date(2027, 7, 3), "Quillhaven: the approval ended on 30 June 2027", "ended on 30 June 2027, 3 days ago."),
    ],
)
def test_the_owner_reads_when_the_approval_ends_what_follows_and_where_to_start_the_renewal(review, day, subject, says):
    email = mail_of(day, "Adaeze Lind")
    assert email.subject == subject
    assert says in flat(email)
    assert "-" not in email.subject
    assert "in -" not in email.text
    assert f"Start the renewal:\nhttp://127.0.0.1:8000/reviews/{review.pk}/again/" in email.text
    assert email.reply_to == "Ines Varga <ines.varga@northmoor.example>"


def test_the_owner_reads_that_a_renewal_is_under_way(review):
    following = ask_again(review=review, by=review.engagement.owner, on=date(2027, 3, 1), now=morning(date(2027, 3, 1)))
    email = mail_of(date(2027, 4, 1), "Adaeze Lind")
    assert f"{following.number} is under way" in flat(email)
    assert f"Open the review:\nhttp://127.0.0.1:8000/reviews/{following.pk}/" in email.text


@pytest.mark.slow
def test_the_owner_reads_that_the_approval_is_carried_while_the_next_report_is_awaited(review):
    say_next_report(review, date(2027, 5, 20))
    email = mail_of(date(2027, 6, 30), "Adaeze Lind")
    assert email.subject == "Quillhaven: the approval is carried until 19 August 2027"
    words = flat(email)
    assert "stops counting today, 30 June 2027." in words
    assert "so the approval is carried until 19 August 2027 while that is awaited." in words
    assert "Ends On 19 August 2027, in 50 days" in words
    assert "ends today" not in words + email.html
    assert "At most 2 more mails follow, the next on 12 August 2027." in words
    scan(date(2027, 7, 20))
    assert "After that day none of the data" in flat(mail_of(date(2027, 8, 12), "Adaeze Lind"))
    assert "This is the last mail about it." in flat(mail_of(date(2027, 8, 19), "Adaeze Lind"))


def test_an_approval_that_ends_with_a_paper_is_not_said_to_be_carried_by_the_report(review):
    """A condition suspends it meanwhile: the mail says both, and why it ends."""
    decision = Decision.objects.get(review=review)
    recorded_evidence(review.vendor, "baa", by=review.reviewer, until=date(2027, 3, 15))
    Decision.objects.update(evidence_kinds=["baa"], outcome=Outcome.APPROVED_WITH_CONDITIONS)
    Condition.objects.create(decision=decision, text="Show it.", owner=review.engagement.owner, due_on=date(2027, 3, 1))
    say_next_report(review, date(2027, 2, 20))
    assert not scan(date(2027, 3, 8)).failed
    email = OutgoingEmail.objects.get(kind__endswith="approval_ends")
    assert email.subject == "Quillhaven: the approval ends on 15 March 2027"
    words = flat(email)
    assert "The business associate agreement (BAA) on file is in date until 15 Mar 2027." in words
    assert "It is suspended at present" in words
    assert "A condition was due on 1 Mar 2027 and is not met: Show it." in words
    assert "carried" not in words


@pytest.mark.slow
def test_when_the_nda_ends_the_owner_reads_what_to_do_and_the_vendor_is_not_asked_for_a_report_nobody_may_open(review):
    day = date(2027, 3, 26)
    end_nda(nda=review.vendor.ndas.get(), reason="We part.", by=review.reviewer, on=day, now=morning(day))
    email = mail_of(day, "Adaeze Lind")
    assert email.subject == "Quillhaven: the approval ended on 25 March 2027"
    words = flat(email)
    assert "None of the data named below may be sent there now." in words
    assert "have the reviewer agree a new NDA with Quillhaven" in words
    assert "carried" not in words
    for weeks in range(2, 28, 2):
        later = scan(plus_days(day, 7 * weeks))
        assert (later.queued, later.held) == ([], []), later
    ndas.record(review.vendor, by=review.reviewer, on=date(2027, 10, 1))
    assert [one.name for one in scan(date(2027, 10, 1)).queued]


def test_the_vendor_is_asked_for_the_date_of_its_next_report(review):
    email = mail_of(date(2027, 5, 1), "Jonah Pell")
    request = ReportRequest.objects.get()
    assert email.subject == "Please tell us by 16 June 2027 when your next SOC 2 Type II report comes"
    assert "The report we hold counts until 30 June 2027." in flat(email)
    assert NDA in flat(email)
    assert f"Name the date:\nhttp://127.0.0.1:8000/portal/requests/{request.pk}/" in email.text
    assert "A statement or a bridge letter on your letterhead may go with the date." in flat(email)
    assert "At most 9 more mails follow, the next on 16 June 2027." in flat(email)
    assert email.about == f"report-request:{request.pk}"


def test_a_vendor_asked_for_its_report_reads_that_the_old_one_stops_counting(
    review,
):
    email = mail_of(date(2027, 6, 30), "Jonah Pell")
    assert email.subject == "Please send us your next SOC 2 Type II report by 14 August 2027"
    words = flat(email)
    assert "Your next audit period ends today, 30 June 2027." in words
    assert "The report we hold stops counting: today, 30 June 2027, is its last day." in words
    assert "1 July 2026 – 30 June 2027" in words
    assert NDA in words
    assert "Not ready, or on your trust center? Say so on the same page and name a date." in words


def test_an_overdue_report_is_said_to_be_overdue(review):
    words = flat(mail_of(date(2027, 8, 21), "Jonah Pell"))
    assert "We expected your next SOC 2 Type II report on 14 August 2027, 7 days ago. Nothing has come yet." in words
    assert "The report we hold stopped counting on 30 June 2027." in words


@pytest.mark.slow
def test_the_last_mail_to_the_vendor_says_so_and_the_owner_is_told_at_once(review):
    live_through(date(2027, 9, 4), date(2027, 9, 29))
    email = mail_of(date(2027, 9, 30), "Jonah Pell")
    assert email.subject == "Last reminder: your next SOC 2 Type II report"
    assert "We will not write again about it." in flat(email)
    assert "This is the last mail about it." in flat(email)
    told = OutgoingEmail.objects.get(kind="procurement/renewals/email/vendor_silent")
    assert told.subject == "Quillhaven has not sent its next report"
    assert told.to_name == "Adaeze Lind"
    assert told.reply_to == "Ines Varga <ines.varga@northmoor.example>"


@pytest.mark.slow
def test_a_request_says_when_it_is_due_and_later_since_when_it_is_overdue(review):
    asked_on = date(2026, 10, 1)
    reports.request_report(
        vendor=review.vendor,
        what="successor_date",
        due_on=date(2026, 10, 20),
        contact=the_contact(review),
        by=review.reviewer,
        now=morning(asked_on),
        on=asked_on,
    )
    assert mail_of(date(2026, 10, 17), "Jonah Pell").subject == "Due on 20 October 2026: Date of the next report"
    assert mail_of(date(2026, 10, 20), "Jonah Pell").subject == "Due today: Date of the next report"
    late = mail_of(date(2026, 10, 27), "Jonah Pell")
    assert late.subject == "Overdue since 20 October 2026: Date of the next report"
    assert "It was due on 20 October 2026, 7 days ago" in flat(late)
    unanswered = mail_of(date(2026, 11, 24), "Ines Varga")
    assert unanswered.subject == "Quillhaven has not answered: Date of the next report"
    assert f"http://127.0.0.1:8000/vendors/{review.vendor_id}/" in unanswered.text
    owners = OutgoingEmail.objects.get(queued_at=morning(date(2026, 11, 24)), to_name="Adaeze Lind")
    assert f"http://127.0.0.1:8000/reviews/{review.pk}/" in owners.text, "a requester has no page of the vendor"


def test_a_day_reminder_that_leaves_late_says_that_the_day_has_passed(review):
    asked_on = date(2026, 10, 1)
    reports.request_report(
        vendor=review.vendor,
        what="successor_date",
        due_on=date(2026, 10, 20),
        contact=the_contact(review),
        by=review.reviewer,
        now=morning(asked_on),
        on=asked_on,
    )
    email = mail_of(date(2026, 10, 22), "Jonah Pell")
    assert email.subject == "Was due on 20 October 2026: Date of the next report"
    assert "It was due on 20 October 2026, 2 days ago." in flat(email)


@pytest.mark.slow
def test_mail_to_a_vendor_holds_nothing_out_of_the_report(review):
    live_through(date(2027, 4, 30), date(2027, 9, 30))
    to_vendor = OutgoingEmail.objects.filter(to_name="Jonah Pell")
    assert to_vendor.count() > 8
    for email in to_vendor:
        for secret in ("unqualified", "Rookhope", "CC6", "exception", "Tarnfield", "MEMO-"):
            assert secret.casefold() not in (email.text + email.html).casefold()


@pytest.mark.slow
def test_text_and_html_say_the_same_and_carry_the_same_link(review):
    live_through(date(2027, 3, 31), date(2027, 9, 30))
    for email in OutgoingEmail.objects.all():
        link = next(line for line in email.text.splitlines() if line.startswith("http://127.0.0.1:8000/"))
        assert f'href="{link}"' in email.html
        assert email.text.splitlines()[2][:30] in email.html.replace("&#x27;", "'"), email.kind
        assert "{{" not in email.html
        assert "None" not in email.text


def test_mail_is_handed_over_by_the_same_delivery_as_every_other(review, mailoutbox):
    scan(date(2027, 5, 1))
    deliver_due(morning(date(2027, 5, 1)))
    assert {message.to[0] for message in mailoutbox} == {
        "Adaeze Lind <adaeze.lind@northmoor.example>",
        "Jonah Pell <jonah.pell@quillhaven.example>",
    }


def test_the_vendors_page_shows_the_reminders(review):
    page = "procurement/renewals/_reminders.html"
    assert "None yet." in render_to_string(page, {"reminders": reminders_of(0, on=date(2027, 5, 1))})
    scan(date(2027, 5, 1))
    shown = reminders_of(review.vendor_id, on=date(2027, 5, 1))
    html = render_to_string(page, {"reminders": shown})
    assert "31 May 2027" in html
    assert "14 days before: the report stops counting (30 Jun 2027)." in html
    assert "Superseded by a later one" in html


def test_the_reviewer_reads_that_the_report_the_scan_asked_for_is_here(review):
    scan(date(2027, 7, 1))
    request = ReportRequest.objects.get(what="soc2_type2")
    send_next_report(review, date(2027, 7, 20), request=request)
    email = mail_of(date(2027, 7, 20), "Ines Varga")
    assert email.subject == "Quillhaven has sent its next report"
    assert f"Start the renewal:\nhttp://127.0.0.1:8000/reviews/{review.pk}/again/" in email.text
