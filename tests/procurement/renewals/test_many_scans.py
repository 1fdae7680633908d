"""Ten scans at once, and the real worker with beat: no reminder twice, none lost."""

import time
from datetime import date

import pytest

from procurement.celery import app
from procurement.renewals import emails, services, tasks
from procurement.renewals.models import ReminderDue, ReminderState
from procurement.renewals.morning import mailing_day
from procurement.renewals.services import ScanResult
from tests.databases import in_threads
from tests.factories.renewals import a_paper, approved_review, copies_of, live_through, morning, scan
from tests.factories.stories import cast_of
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.calendar.days import plus_days, plus_months
from vendors.correspondence.models import OutgoingEmail, State
from vendors.directory.models import Vendor
from vendors.ledger.verification import verify
from vendors.reports import services as reports
from vendors.reports.models import ReportRequest

pytestmark = pytest.mark.slow

DAY = date(2027, 5, 1)


def test_ten_scans_at_once_send_each_reminder_once(real_database, vault_folder):
    review = approved_review()
    copies_of(review, 5)
    results = in_threads(10, lambda _number: scan(DAY))

    assert [one for one in results if not isinstance(one, ScanResult)] == []
    assert sum(one.failed for one in results) == 0
    assert sum(len(one.queued) for one in results) == 12
    sent = ReminderDue.objects.filter(state=ReminderState.SENT)
    assert sent.count() == OutgoingEmail.objects.count() == 12
    assert set(sent.values_list("email_id", flat=True)) == set(OutgoingEmail.objects.values_list("pk", flat=True))
    assert ReportRequest.objects.count() == 6
    assert verify().fault is None


def test_ten_scans_at_once_hold_the_same_and_tell_the_administrators_once(real_database, vault_folder):
    review = approved_review()
    copies_of(review, 5)
    administrator = cast_of().administrator
    services.change_most_at_once(most=7, note="Few.", opened=1, by=administrator, now=morning(DAY))
    results = in_threads(10, lambda _number: scan(DAY))

    assert [one for one in results if not isinstance(one, ScanResult)] == []
    assert sum(one.failed for one in results) == 0
    states = list(ReminderDue.objects.values_list("state", flat=True))
    assert (states.count(ReminderState.SENT), states.count(ReminderState.HELD)) == (7, 5)
    assert OutgoingEmail.objects.filter(kind="procurement/renewals/email/held").count() == 1
    assert verify().fault is None


def test_people_save_and_read_pages_while_scans_run(real_database, vault_folder):
    """Five scans, and five people who change due dates and open pages meanwhile: nobody sees a lock."""
    review = approved_review()
    copies_of(review, 5)
    reviewer = review.reviewer
    requests = [
        reports.request_report(
            vendor=vendor,
            what="successor_date",
            due_on=date(2027, 5, 20),
            by=reviewer,
            now=morning(date(2027, 4, 1)),
            on=date(2027, 4, 1),
        )
        for vendor in Vendor.objects.all()
    ]
    browsers = [staff_client(reviewer) for _request in requests]

    def somebody(number: int) -> object:
        if number % 2:
            return scan(DAY)
        request, browser = requests[number // 2], browsers[number // 2]
        saved = browser.post(f"/vendors/{request.vendor_id}/requests/{request.pk}/due/", {"due_on": "2027-06-11"})
        read = [browser.get(page).status_code for page in ("/renewals/", f"/vendors/{request.vendor_id}/")]
        return [saved.status_code, *read]

    results = in_threads(10, somebody)
    assert [one for one in results[1::2] if not isinstance(one, ScanResult) or one.failed] == []
    assert results[::2] == [[302, 200, 200]] * 5
    moved = ReportRequest.objects.filter(due_on=date(2027, 6, 11))
    assert moved.count() == 5
    keys = list(ReminderDue.objects.values_list("subject_type", "subject_id", "anchor", "milestone", "recipient"))
    assert len(keys) == len(set(keys)), "no double"
    assert verify().fault is None


def test_a_scan_that_dies_half_way_leaves_nothing_half_done_and_the_next_one_does_the_rest(
    sqlite_database, vault_folder, monkeypatch
):
    approved_review()

    def dies(*_arguments, **_keywords):
        raise SystemExit

    monkeypatch.setattr(emails, "queue_email", dies)
    with pytest.raises(SystemExit):
        scan(DAY)
    assert not ReminderDue.objects.exists()
    monkeypatch.undo()
    assert len(scan(DAY).queued) == 2


@pytest.mark.broker
def test_beat_away_for_three_days_and_then_the_real_worker_sends_the_latest_reminder_only(
    sqlite_database, vault_folder, valkey, smtp_server, celery_worker, nudges_go_to
):
    today = mailing_day(clock.now())
    asked_on, end = plus_days(today, -100), plus_months(plus_days(today, 29), -12)
    approved_review(paper=a_paper((plus_days(plus_months(end, -12), 1), end)), on=asked_on)
    live_through(plus_days(today, -35), plus_days(today, -3))  # 30 days before the end was yesterday
    before = OutgoingEmail.objects.count()
    OutgoingEmail.objects.update(state=State.SENT, sent_at=clock.now())

    celery_worker(sqlite_database, valkey, smtp_server)
    nudges_go_to(valkey)
    for _ in range(3):
        app.send_task(tasks.send_due.name)

    (received,) = smtp_server.wait_for(1)
    assert "Quillhaven: the approval ends on" in received.message["subject"]
    time.sleep(1)
    assert len(smtp_server.received) == 1
    assert OutgoingEmail.objects.count() == before + 1
    assert ReminderDue.objects.latest("pk").due_on < today
