"""A report is read after its upload: by the nudge, else by the scan; outside of any transaction, once."""

from datetime import timedelta

import pytest

from tests.factories.readings import finished_reading
from tests.factories.reports import received_report, sample_pdf
from vendors.calendar import clock
from vendors.confinement.errors import ConfinedJobFailed
from vendors.ledger.models import LedgerEntry
from vendors.ndas.models import Nda
from vendors.reading import RULES_VERSION
from vendors.reports import services, tasks
from vendors.reports.models import ReportReading
from vendors.reports.services import reading as reading_service
from vendors.vault.models import CustodyEntry
from vendors.vault.services import destroy

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=3)


@pytest.fixture
def sent(vendor, reviewer, nda):
    """The sample report, as it came in."""
    return received_report(vendor, by=reviewer, content=sample_pdf())


def the_scan(monkeypatch, after: timedelta = LATER) -> None:
    then = clock.now() + after
    with monkeypatch.context() as patch:
        patch.setattr(tasks.clock, "now", lambda: then)
        tasks.read_waiting_reports()


@pytest.mark.slow
def test_an_upload_waits_to_be_read_and_the_task_reads_it_once(sent, nda):
    reading = sent.readings.get()
    assert (reading.state, reading.rules) == ("waiting", RULES_VERSION)
    for _twice in range(2):
        tasks.read_report(reading.pk)
    reading.refresh_from_db()
    assert (reading.state, reading.problem, reading.content["opinion"]) == ("read", "", "unqualified")
    entry = LedgerEntry.objects.get(verb="report.read")
    assert entry.sentence == (
        "Report of Quillhaven read. Facts found: 12, exceptions: 1, user entity controls: 4, "
        "subservice organizations: 1"
    )
    opened = CustodyEntry.objects.filter(file=sent.file, action="opened")
    assert [(each.who, each.purpose) for each in opened] == [("Countersign", "reading")]
    sent.refresh_from_db()
    assert (sent.opinion, sent.revision) == ("", 0)


def test_what_holds_no_text_says_so(report):
    tasks.read_report(report.readings.get().pk)
    reading = report.readings.get()
    assert reading.state == "unreadable"
    assert reading.problem.startswith("The pages are pictures without text. Read the report by eye")
    assert reading.problem in LedgerEntry.objects.get(verb="report.read").sentence


@pytest.mark.parametrize(("code", "state"), [("time", "unreadable"), ("crashed", "unreadable"), ("busy", "waiting")])
def test_a_child_that_fails_costs_a_sentence_and_a_busy_one_another_try(sent, monkeypatch, code, state):
    def fails(*_arguments, **_keywords):
        raise ConfinedJobFailed(code, "It took longer than 60 seconds.")

    with monkeypatch.context() as patch:
        patch.setattr(reading_service, "read_whole", fails)
        tasks.read_report(sent.readings.get().pk)
    reading = sent.readings.get()
    assert (reading.state, bool(reading.problem)) == (state, state == "unreadable")
    the_scan(monkeypatch)
    assert sent.readings.get().state == ("read" if code == "busy" else "unreadable")


def test_nothing_is_opened_without_an_nda_in_force(sent):
    Nda.objects.update(ended_on=clock.today() - timedelta(days=1))
    tasks.read_report(sent.readings.get().pk)
    reading = sent.readings.get()
    assert reading.state == "unreadable"
    assert "NDA" in reading.problem
    assert not CustodyEntry.objects.filter(file=sent.file, action="opened").exists()


def test_the_scan_leaves_a_fresh_nudge_its_time_and_reads_what_it_lost(sent, monkeypatch):
    the_scan(monkeypatch, after=timedelta(seconds=30))
    assert sent.readings.get().state == "waiting"
    the_scan(monkeypatch)
    assert sent.readings.get().state == "read"


def test_newer_rules_read_what_is_on_file_and_leave_the_old_reading(sent, monkeypatch):
    old = finished_reading(sent)
    monkeypatch.setattr(reading_service, "RULES_VERSION", RULES_VERSION + 1)
    the_scan(monkeypatch)
    assert [(each.rules, each.state) for each in sent.readings.all()] == [
        (RULES_VERSION + 1, "read"),
        (RULES_VERSION, "read"),
    ]
    assert ReportReading.objects.get(pk=old.pk).finished_at == old.finished_at


@pytest.mark.parametrize("ended", ["sent back", "destroyed"])
def test_what_is_out_of_use_is_not_read(sent, reviewer, monkeypatch, ended):
    if ended == "destroyed":
        ReportReading.objects.all().delete()
        destroy(stored=sent.file, by=reviewer, at=clock.now(), purpose="End of the NDA")
    else:
        services.send_back(report=sent, reason="Another year.", by=reviewer, now=clock.now(), on=clock.today())
    the_scan(monkeypatch)
    assert not ReportReading.objects.finished().exists()
    assert not CustodyEntry.objects.filter(file=sent.file, action="opened").exists()


def test_the_same_file_again_is_not_read_again(sent, vendor, reviewer):
    received_report(vendor, by=reviewer, content=sample_pdf())
    assert ReportReading.objects.count() == 1
