"""Recording what a report says: drafts are kept, stale forms refused, rows keep who they are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories.reports import accepted_report, recorded, whole_facts
from tests.factories.vault import pdf_bytes
from vendors.calendar import clock
from vendors.ledger.models import LedgerEntry
from vendors.ndas.models import Nda
from vendors.people.actors import NotAllowed, Refused
from vendors.reports import services
from vendors.reports.facts import CuecRow, RecordedFacts, recorded_facts
from vendors.reports.models import AuditorFirm, Cuec, Grant
from vendors.reports.possible import ImpossibleFacts
from vendors.reports.queries import facts_of
from vendors.reports.terms import Category, Opinion, ReportKind, ReportType

pytestmark = pytest.mark.django_db


def record(report, facts, *, by, revision=None):
    return services.record_facts(
        report=report,
        facts=facts,
        revision=report.revision if revision is None else revision,
        by=by,
        now=clock.now(),
        on=clock.today(),
    )


def entries() -> int:
    return LedgerEntry.objects.filter(verb="report.facts_recorded").count()


def test_what_was_typed_is_what_stands_there(report, reviewer):
    facts = whole_facts()
    kept = recorded_facts(record(report, facts, by=reviewer))
    rowless = {"exceptions": (), "cuecs": (), "subservice": ()}
    assert replace(kept, **rowless) == replace(facts, **rowless)
    assert [replace(row, pk=None) for row in kept.exceptions] == list(facts.exceptions)
    assert [replace(row, pk=None) for row in kept.cuecs] == list(facts.cuecs)
    assert [replace(row, pk=None) for row in kept.subservice] == list(facts.subservice)


def test_a_draft_may_hold_a_single_fact(report, reviewer):
    kept = record(report, RecordedFacts(system_name="People Cloud"), by=reviewer)
    assert (kept.system_name, kept.kind, kept.revision) == ("People Cloud", "", 1)


def test_the_ledger_says_what_changed(report, reviewer):
    report = record(report, whole_facts(), by=reviewer)
    record(report, replace(recorded_facts(report), opinion="qualified", cuecs=()), by=reviewer)
    entry = LedgerEntry.objects.filter(verb="report.facts_recorded").latest("seq")
    assert entry.details == {"revision": 2, "changed": ["opinion", "user entity controls"]}


def test_saving_the_same_again_changes_nothing(report, reviewer):
    report = record(report, whole_facts(), by=reviewer)
    again = record(report, recorded_facts(report), by=reviewer)
    assert again.revision == report.revision == 1
    assert entries() == 1


def test_a_form_opened_before_a_colleague_saved_is_refused(report, reviewer):
    record(report, RecordedFacts(system_name="People Cloud"), by=reviewer)
    with pytest.raises(Refused, match="changed these facts after you opened the page"):
        record(report, RecordedFacts(system_name="Payroll"), by=reviewer, revision=0)
    report.refresh_from_db()
    assert report.system_name == "People Cloud"


def test_impossible_values_leave_everything_as_it_was(report, reviewer):
    facts = whole_facts(report_date=clock.today() + timedelta(days=1))
    with pytest.raises(ImpossibleFacts) as refused:
        record(report, facts, by=reviewer)
    assert set(refused.value.sentences) == {"report_date"}
    report.refresh_from_db()
    assert (report.system_name, report.revision, entries()) == ("", 0, 0)


def test_pages_beyond_the_file_are_refused(report, reviewer):
    with pytest.raises(ImpossibleFacts, match="12 pages"):
        record(report, RecordedFacts(pages={"opinion": 13}), by=reviewer)


def test_rows_keep_who_they_are_when_they_change(report, reviewer):
    rows = (CuecRow(text="Withdraw access"), CuecRow(text="Review roles"))
    report = record(report, RecordedFacts(cuecs=rows), by=reviewer)
    first, second = recorded_facts(report).cuecs
    changed = (replace(second, text="Review roles each quarter"), CuecRow(text="Tell us of incidents"))
    report = record(report, RecordedFacts(cuecs=changed), by=reviewer)
    kept = {row.pk: row.text for row in report.cuecs.all()}
    assert first.pk not in kept
    assert kept[second.pk] == "Review roles each quarter"
    assert len(kept) == 2


def test_a_row_of_another_report_is_not_touched(report, reviewer, vendor):
    other = accepted_report(vendor, by=reviewer, content=pdf_bytes(pages=20))
    theirs = other.cuecs.get()
    record(report, RecordedFacts(cuecs=(CuecRow(text="Mine now", pk=theirs.pk),)), by=reviewer)
    theirs.refresh_from_db()
    assert (theirs.report, theirs.text != "Mine now") == (other, True)
    assert Cuec.objects.filter(report=report, text="Mine now").exclude(pk=theirs.pk).exists()


def test_a_known_auditor_is_used_again_however_it_is_written(report, reviewer):
    firm = AuditorFirm.objects.create(name="Rookhope CPA Group")
    kept = record(report, RecordedFacts(auditor="  rookhope  cpa group "), by=reviewer)
    assert kept.auditor == firm
    assert AuditorFirm.objects.count() == 1


def test_a_checked_firm_is_checked_for_its_other_reports_too(report, reviewer):
    report = record(report, whole_facts(), by=reviewer)
    services.check_auditor(
        firm=report.auditor,
        checked_on=clock.today(),
        note="Licence active, peer review passed in 2025.",
        by=reviewer,
        now=clock.now(),
        on=clock.today(),
    )
    firm = AuditorFirm.objects.get()
    assert (firm.checked_on, firm.checked_by) == (clock.today(), "Ines Varga")
    assert LedgerEntry.objects.filter(verb="auditor.checked").exists()


@pytest.mark.parametrize(("days", "note", "field"), [(1, "Fine", "auditor_checked_on"), (0, " ", "auditor_check_note")])
def test_a_check_to_come_or_without_a_word_is_none(report, reviewer, days, note, field):
    firm = AuditorFirm.objects.create(name="Rookhope CPA Group")
    with pytest.raises(Refused) as refused:
        services.check_auditor(
            firm=firm,
            checked_on=clock.today() + timedelta(days=days),
            note=note,
            by=reviewer,
            now=clock.now(),
            on=clock.today(),
        )
    assert refused.value.field == field


@pytest.mark.parametrize("role", ["requester", "approver", "auditor", "administrator"])
def test_nobody_but_a_reviewer_records_and_checks(request, role, report, reviewer):
    who = request.getfixturevalue(role)
    services.grant_access(report=report, user=who, purpose="Looks on", by=reviewer, now=clock.now())
    with pytest.raises(NotAllowed):
        record(report, RecordedFacts(system_name="Mine"), by=who)
    with pytest.raises(NotAllowed):
        services.check_auditor(
            firm=AuditorFirm.objects.create(name="Rookhope"),
            checked_on=clock.today(),
            note="Fine",
            by=who,
            now=clock.now(),
            on=clock.today(),
        )


def test_a_reviewer_without_a_grant_records_nothing(report, reviewer):
    Grant.objects.all().delete()
    with pytest.raises(NotAllowed, match="no grant"):
        record(report, RecordedFacts(system_name="People Cloud"), by=reviewer)


def test_a_contact_does_not_write_the_facts(report, contact):
    with pytest.raises(NotAllowed):
        record(report, RecordedFacts(system_name="Better Cloud"), by=contact.user)


def test_nothing_is_recorded_without_an_nda(report, reviewer):
    Nda.objects.update(ended_on=clock.today() - timedelta(days=1))
    with pytest.raises(Refused, match="NDA"):
        record(report, RecordedFacts(system_name="People Cloud"), by=reviewer)


def test_an_accepted_report_cannot_be_edited(vendor, nda, reviewer):
    report = accepted_report(vendor, by=reviewer)
    with pytest.raises(Refused, match="Withdraw the acceptance"):
        record(report, RecordedFacts(system_name="Other"), by=reviewer)


def test_the_rules_read_the_facts_in_their_own_terms(report, reviewer):
    facts = facts_of(recorded(report, by=reviewer))
    assert (facts.kind, facts.type, facts.opinion) == (ReportKind.SOC2, ReportType.TYPE2, Opinion.UNQUALIFIED)
    assert facts.categories == {Category.SECURITY, Category.AVAILABILITY, Category.CONFIDENTIALITY}
    assert facts.auditor == "Rookhope CPA Group"
    assert facts.pages_of("opinion", "period_start") == (3, 4)
    assert not facts.accepted


def test_the_rules_read_nothing_from_a_report_nobody_has_read(report):
    facts = facts_of(report)
    assert (facts.kind, facts.type, facts.opinion, facts.auditor) == (None, None, None, "")
