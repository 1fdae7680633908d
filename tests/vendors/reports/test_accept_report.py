"""Accepting, sending back and withdrawing: the vendor's half of these acts."""

from dataclasses import replace

import pytest

from tests.factories.reports import accepted_report, received_report, recorded, whole_facts
from tests.factories.vault import upload
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import NotAllowed, Refused
from vendors.reports import services
from vendors.reports.facts import recorded_facts
from vendors.reports.queries import latest_accepted, report_before, reports_of, undecided_reports

pytestmark = pytest.mark.django_db


def accept(report, *, by, revision=None):
    return services.accept_report(
        report=report,
        revision=report.revision if revision is None else revision,
        by=by,
        now=clock.now(),
        on=clock.today(),
    )


def send_back(report, *, by, reason="This is the SOC 3; we need the SOC 2 Type II."):
    return services.send_back(report=report, reason=reason, by=by, now=clock.now(), on=clock.today())


def withdraw(report, *, by, reason="The opinion was misread."):
    return services.withdraw_report(report=report, reason=reason, by=by, now=clock.now())


def test_a_whole_report_is_accepted_with_name_and_time(report, reviewer):
    accepted = accept(recorded(report, by=reviewer), by=reviewer)
    assert (accepted.state, accepted.accepted_by) == ("accepted", reviewer)
    assert latest_accepted(report.vendor) == accepted
    entry = LedgerEntry.objects.get(verb="report.accepted")
    assert entry.details["sha256"] == report.file.sha256
    assert "of Quillhaven accepted" in entry.sentence


def test_what_is_missing_is_named(report, reviewer):
    draft = recorded(report, whole_facts(opinion="", cuecs=()), by=reviewer)
    with pytest.raises(Refused, match="Opinion, Complementary user entity controls"):
        accept(draft, by=reviewer)
    report.refresh_from_db()
    assert report.state == "received"


def test_facts_that_changed_since_the_page_was_opened_are_not_accepted(report, reviewer):
    seen = recorded(report, by=reviewer)
    services.record_facts(
        report=seen,
        facts=replace(recorded_facts(seen), opinion="qualified", opinion_basis="Late", opinion_criteria=["CC6.2"]),
        revision=seen.revision,
        by=reviewer,
        now=clock.now(),
        on=clock.today(),
    )
    with pytest.raises(Refused, match="changed these facts"):
        accept(seen, by=reviewer, revision=seen.revision)


def test_a_report_is_accepted_once(vendor, nda, reviewer):
    report = accepted_report(vendor, by=reviewer)
    with pytest.raises(Refused, match="accepted"):
        accept(report, by=reviewer)


@pytest.mark.parametrize("role", ["approver", "auditor", "requester"])
def test_nobody_but_a_reviewer_accepts_sends_back_or_withdraws(request, role, report, reviewer):
    who = request.getfixturevalue(role)
    services.grant_access(report=report, user=who, purpose="Looks on", by=reviewer, now=clock.now())
    report = recorded(report, by=reviewer)
    for act in (accept, send_back, withdraw):
        with pytest.raises(NotAllowed):
            act(report, by=who)


def test_a_report_sent_back_opens_its_request_and_tells_the_contact(contact_client, contact, asked, nda, reviewer):
    contact_client.post(f"/portal/requests/{asked.pk}/upload/", {"file": upload()})
    report = asked.reports.get()
    refused = send_back(report, by=reviewer)
    asked.refresh_from_db()
    assert (refused.state, asked.is_open) == ("refused", True)
    told = OutgoingEmail.objects.get(kind="vendors/reports/email/report_sent_back")
    assert told.to_email == contact.email
    assert "This is the SOC 3; we need the SOC 2 Type II." in told.text
    page = contact_client.get(f"/portal/requests/{asked.pk}/").content.decode()
    assert "Sent back: This is the SOC 3; we need the SOC 2 Type II." in page
    assert "Send the report" in page


def test_a_report_without_a_request_is_sent_back_in_silence(report, reviewer):
    send_back(report, by=reviewer)
    assert not OutgoingEmail.objects.filter(kind__endswith="report_sent_back").exists()


def test_a_cancelled_request_stays_cancelled(contact_client, asked, nda, reviewer):
    contact_client.post(f"/portal/requests/{asked.pk}/upload/", {"file": upload()})
    asked.answered_at, asked.cancelled_at = None, clock.now()
    asked.save()
    send_back(asked.reports.get(), by=reviewer)
    asked.refresh_from_db()
    assert not asked.is_open


def test_a_report_is_sent_back_with_a_reason_or_not_at_all(report, reviewer):
    with pytest.raises(Refused) as refused:
        send_back(report, by=reviewer, reason="  ")
    assert refused.value.field == "reason"


def test_what_was_sent_back_is_neither_recorded_nor_accepted(report, reviewer):
    send_back(report, by=reviewer)
    with pytest.raises(Refused, match="sent back"):
        recorded(report, by=reviewer)
    with pytest.raises(Refused, match="sent back"):
        accept(report, by=reviewer)


def test_a_withdrawn_acceptance_lets_the_facts_be_corrected_and_accepted_again(vendor, nda, reviewer):
    report = accepted_report(vendor, by=reviewer)
    withdrawn = withdraw(report, by=reviewer)
    assert (withdrawn.state, withdrawn.accepted_by, withdrawn.accepted_at) == ("withdrawn", None, None)
    assert latest_accepted(vendor) is None
    assert list(undecided_reports(vendor)) == [withdrawn]
    with pytest.raises(Refused, match="changed these facts"):
        accept(withdrawn, by=reviewer, revision=report.revision)
    corrected = recorded(withdrawn, replace(recorded_facts(withdrawn), system_name="Payroll"), by=reviewer)
    assert accept(corrected, by=reviewer).state == "accepted"


def test_only_an_accepted_report_is_withdrawn_and_only_with_a_reason(vendor, nda, reviewer, report):
    with pytest.raises(Refused, match="not accepted"):
        withdraw(report, by=reviewer)
    accepted = accept(recorded(report, by=reviewer), by=reviewer)
    with pytest.raises(Refused) as refused:
        withdraw(accepted, by=reviewer, reason="")
    assert refused.value.field == "reason"


def test_the_report_before_is_the_accepted_one_that_ends_next_before(vendor, nda, reviewer):
    from datetime import timedelta

    from tests.factories.vault import pdf_bytes

    now = whole_facts()
    year = timedelta(days=365)
    earlier = whole_facts(
        period_start=now.period_start - year,
        period_end=now.period_end - year,
        report_date=now.report_date - year,
    )
    first = accepted_report(vendor, by=reviewer, facts=earlier, content=pdf_bytes(pages=20))
    second = accepted_report(vendor, by=reviewer)
    assert report_before(second) == first
    assert report_before(first) is None
    assert latest_accepted(vendor) == second
    assert report_before(received_report(vendor, by=reviewer, content=pdf_bytes(pages=3))) is None
    assert list(reports_of(vendor))[:1] != []
