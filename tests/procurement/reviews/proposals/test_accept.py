"""The facts page with a reading: each proposal with its ground, accepted, undone, changed; never anything by itself."""

import re

import pytest
from django.utils.html import escape

from tests.factories.contacts import signed_in
from tests.factories.readings import finished_reading
from tests.factories.reports import last_period, recorded
from tests.factories.reviews import recorded_report
from tests.factories.vault import pdf_bytes
from tests.procurement.reviews.facts_page import ROWS, page_of
from tests.procurement.reviews.proposals.page import offer, on_page, press, shown
from vendors.ledger.models import LedgerEntry
from vendors.reports.facts import RecordedFacts
from vendors.reports.models import Grant

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_each_fact_shows_its_value_its_ground_and_its_page(ines, review, report, reading):
    page = shown(ines, review, report)
    start, end = last_period()
    period = offer(page, "period_start")
    assert f"{start.day} {start:%b %Y} – {end.day} {end:%b %Y}" in period
    assert "Stated on page 3, also on 1, 4 and 5." in period
    assert f"{page_of(review, report)}?page=3&amp;zoom=100&amp;mark=period_start" in period
    assert 'name="accept" value="period_start period_end"' in period
    assert "“In our opinion, in all material respects" in offer(page, "opinion")
    assert "CC6.2 · QH-10 · 2 of 25" in offer(page, "exceptions.0")
    answered = offer(page, "exceptions.0")
    assert "<b>Management’s response:</b> The leaver&#x27;s form now reaches the access team" in answered
    assert f"{page_of(review, report)}?page=12&amp;zoom=100&amp;mark=exceptions.0.response" in answered
    assert "<b>Criterion:</b> CC6.2" in offer(page, "cuecs.0")
    assert "<b>What it does:</b> " in offer(page, "subservice_organizations.0")
    assert "User entities connect their single sign-on" in offer(page, "cuecs.1")
    assert "17 proposals" in page
    report.refresh_from_db()
    assert report.revision == 0


@pytest.mark.slow
def test_one_is_accepted_with_its_page_and_keeps_its_words(ines, review, report, reading):
    page = press(ines, review, report, accept="opinion").content.decode()
    accepted = offer(page, "opinion")
    assert "Accepted from page 4, by Ines Varga." in accepted
    assert "“In our opinion" in accepted
    report.refresh_from_db()
    assert (report.opinion, report.pages) == ("unqualified", {"opinion": 4})
    citation = report.citations["opinion"]
    assert (citation["page"], citation["taken_by"], citation["reading"]) == (4, "Ines Varga", reading.pk)
    assert len(citation["box"]) == 4
    entry = LedgerEntry.objects.get(verb="report.proposals_accepted")
    assert entry.sentence.startswith("Accepted from the reading, Report of Quillhaven: opinion")


@pytest.mark.slow
def test_what_was_typed_is_saved_with_it(ines, review, report, reading):
    form = {**on_page(ines, review, report), "system_name": "Payroll", "accept": "auditor"}
    ines.post(page_of(review, report), form)
    report.refresh_from_db()
    assert (report.system_name, report.auditor.name) == ("Payroll", "Rookhope CPA Group")
    page = shown(ines, review, report)
    assert "Recorded, differs" in offer(page, "system")
    assert "The reader finds: People Cloud" in offer(page, "system")


@pytest.mark.slow
def test_a_script_gets_the_form_back_in_place(ines, review, report, reading):
    form = {**on_page(ines, review, report), "accept": "kind"}
    answer = ines.post(page_of(review, report), form, headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert "Accepted from page 3, by Ines Varga." in offer(answer.content.decode(), "kind")
    assert 'name="revision" value="1"' in answer.content.decode()


@pytest.mark.slow
def test_all_without_conflict_are_accepted_in_one_act_and_looked_at_afterwards(ines, review, report, reading):
    recorded(report, RecordedFacts(system_name="Payroll"), by=review.reviewer)
    page = press(ines, review, report, accept="all").content.decode()
    assert page.count("Look once") == 15
    assert "15 to look at once" in page
    report.refresh_from_db()
    assert (report.system_name, report.type, report.controls_tested) == ("Payroll", "type2", 29)
    assert (report.cuecs.count(), report.exceptions.get().control, report.subservice_organizations.count()) == (
        4,
        "QH-10",
        1,
    )
    assert report.exceptions.get().description.endswith("Also under CC6.3.")
    assert LedgerEntry.objects.filter(verb="report.proposals_accepted").count() == 1
    ines.post(page_of(review, report, "seen"), {"seen": "period_start period_end opinion cuecs.0"})
    assert "12 to look at once" in shown(ines, review, report)
    press(ines, review, report, do="accept")
    report.refresh_from_db()
    assert report.state != "accepted"
    names = re.findall(r'name="seen" value="([^"]*)"', shown(ines, review, report))
    press(ines, review, report, seen=" ".join(names))
    assert "Look once" not in shown(ines, review, report)
    assert LedgerEntry.objects.filter(verb="report.proposals_seen").count() == 1


@pytest.mark.slow
def test_what_nobody_looked_at_is_asked_about_counted_and_stays_marked(ines, review, report, reading):
    press(ines, review, report, accept="all")
    asked = press(ines, review, report, do="accept").content.decode()
    assert "16 proposals were accepted with all others and nobody looked at them since." in asked
    page = press(ines, review, report, do="accept_unseen").content.decode()
    report.refresh_from_db()
    assert report.state == "accepted", page
    assert page.count("Not looked at") > 10
    entry = LedgerEntry.objects.get(verb="report.accepted")
    assert entry.sentence.endswith("accepted, 16 facts not looked at")
    assert entry.details["not_looked_at"] == 16


@pytest.mark.slow
def test_a_second_press_on_an_old_page_changes_nothing(ines, review, report, reading):
    stale = {**on_page(ines, review, report), "accept": "all"}
    ines.post(page_of(review, report), stale)
    page = ines.post(page_of(review, report), stale).content.decode()
    assert "changed these facts after you opened the page" in page
    press(ines, review, report, accept="all")
    report.refresh_from_db()
    assert (report.revision, report.cuecs.count()) == (1, 4)


@pytest.mark.slow
def test_the_basis_of_a_modified_opinion_is_accepted_with_its_words(ines, review, report):
    basis = "Keys were not replaced.\n\nNobody saw it."
    found = {
        "page": 4,
        "quote": "Keys were not replaced.",
        "box": [60, 90, 500, 120],
        "looked_on": [3, 4],
        "ocr": False,
    }
    found |= {"also_on": [], "conflict_on": []}
    finished_reading(report, opinion="qualified", opinion_basis=basis, evidence={"opinion_basis": found})
    assert "Keys were not replaced." in offer(shown(ines, review, report), "opinion_basis")
    press(ines, review, report, accept="opinion_basis")
    report.refresh_from_db()
    assert report.opinion_basis == basis
    assert (report.citations["opinion_basis"]["page"], "opinion_basis" in report.pages) == (4, False)


@pytest.mark.slow
def test_a_response_keeps_its_own_words_until_a_person_changes_it(ines, review, report, reading):
    press(ines, review, report, accept="exceptions.0")
    row = report.exceptions.get()
    assert row.response.startswith("The leaver's form now reaches the access team")
    assert (row.page, row.cited["response"]["page"], len(row.cited["response"]["box"])) == (10, 12, 4)
    assert "mark=exceptions.0.response" in offer(shown(ines, review, report), "exceptions.0")
    press(ines, review, report, do="save", **{"exceptions-0-response": "They promised to be quicker."})
    row = report.exceptions.get()
    assert (row.response, row.cited) == ("They promised to be quicker.", {})
    assert row.quote.startswith("Exception noted."), "what the auditor found is still in the report's words"


@pytest.mark.slow
def test_a_changed_value_loses_its_words_and_keeps_its_page(ines, review, report, reading):
    press(ines, review, report, accept="all")
    changed = {"opinion": "qualified", "cuecs-0-text": "We give access.", "cuecs-1-reference": "CUEC-2"}
    press(ines, review, report, do="save", **changed)
    report.refresh_from_db()
    assert "opinion" not in report.citations
    assert report.pages["opinion"] == 4
    assert "period_start" in report.citations
    one, two, *_rest = report.cuecs.all()
    assert (one.quote, one.page, one.text) == ("", 8, "We give access.")
    assert two.quote.startswith("User entities connect")
    page = shown(ines, review, report)
    assert "The reader finds: Unqualified" in offer(page, "opinion")
    assert page.count('name="accept" value="cuecs.') == 0


@pytest.mark.slow
def test_an_acceptance_is_undone(ines, review, report, reading):
    press(ines, review, report, accept="all")
    press(ines, review, report, take_back="period_start period_end")
    page = press(ines, review, report, take_back="exceptions.0").content.decode()
    report.refresh_from_db()
    assert (report.period_start, report.period_end, report.exceptions.count()) == (None, None, 0)
    assert "period_start" not in report.pages
    assert 'name="accept" value="exceptions.0"' in page
    assert LedgerEntry.objects.filter(verb="report.proposals_taken_back").count() == 2


@pytest.mark.slow
def test_a_row_is_set_aside_and_may_still_be_accepted(ines, review, report, reading):
    page = press(ines, review, report, set_aside="cuecs.2").content.decode()
    assert "One row set aside" in page
    assert "Set aside by Ines Varga." in page
    press(ines, review, report, accept="all")
    report.refresh_from_db()
    assert report.cuecs.count() == 3
    press(ines, review, report, accept="cuecs.2")
    assert report.cuecs.count() == 4
    assert "set aside" not in shown(ines, review, report)


@pytest.mark.slow
def test_a_fact_is_refused_and_read_by_eye(ines, review, report, reading):
    page = press(ines, review, report, set_aside="period_start period_end").content.decode()
    assert "Set aside by Ines Varga." in offer(page, "period_start")
    press(ines, review, report, accept="all")
    report.refresh_from_db()
    assert (report.period_start, report.period_end, report.type) == (None, None, "type2")
    assert LedgerEntry.objects.filter(verb="report.proposal_set_aside").count() == 1


@pytest.mark.slow
def test_rows_wait_while_none_is_recorded(ines, review, report, reading):
    recorded(report, RecordedFacts(states_no_cuecs=True), by=review.reviewer)
    assert "“None” is recorded" in offer(shown(ines, review, report), "cuecs.0")
    press(ines, review, report, accept="all")
    assert report.cuecs.count() == 0


@pytest.mark.slow
def test_a_report_that_waits_says_so_and_asks_again(ines, review, report):
    page = shown(ines, review, report)
    assert "Reading the report: 12 pages …" in page
    assert 'hx-trigger="every 2s"' in page
    assert 'name="opinion"' in page
    fragment = ines.get(page_of(review, report, "reading")).content.decode()
    assert 'hx-trigger="every 2s"' in fragment
    finished_reading(report)
    fragment = ines.get(page_of(review, report, "reading")).content.decode()
    assert 'hx-trigger="every 2s"' not in fragment
    assert "Save and show them" in fragment


@pytest.mark.slow
def test_a_file_that_cannot_be_read_says_why_and_the_form_works_by_hand(ines, review, report):
    finished_reading(report, problem="The pages are pictures without text.")
    page = shown(ines, review, report)
    assert "The report could not be read by machine." in page
    assert "The pages are pictures without text." in page
    assert "Read it again" in page
    press(ines, review, report, do="save", system_name="People Cloud")
    report.refresh_from_db()
    assert report.system_name == "People Cloud"


def test_pages_that_are_pictures_and_a_restricted_file_are_told(ines, review, report):
    finished_reading(report, pages_without_text=[5, 6, 7], restricted=True)
    page = shown(ines, review, report)
    assert "Pages 5–7 are pictures without text. Read them by eye." in page
    assert escape("The file’s author restricts copying or printing.") in page


@pytest.mark.slow
def test_whoever_holds_no_grant_sees_no_word_of_it_and_accepts_nothing(
    client, second_reviewer, review, report, reading
):
    client.force_login(second_reviewer)
    page = shown(client, review, report)
    assert "In our opinion" not in page
    assert "data-offer" not in page
    nothing = {f"{listed}-{part}_FORMS": "0" for listed in ROWS for part in ("TOTAL", "INITIAL")}
    for pressed in ({"accept": "all"}, {"take_back": "kind"}, {"set_aside": "cuecs.0"}, {"seen": "kind"}):
        answer = client.post(page_of(review, report), {"revision": "0", **nothing, **pressed})
        assert answer.status_code == 403, pressed
    assert client.post(page_of(review, report, "seen"), {"seen": "kind"}).status_code == 403
    report.refresh_from_db()
    assert (report.revision, report.readings.get().set_aside) == (0, {})


@pytest.mark.slow
@pytest.mark.parametrize("part", ["reading", "read-again", "seen"])
def test_another_vendors_report_and_another_vendors_people_get_404(
    ines, contact, review, report, stranger, reviewer, part
):
    foreign = recorded_report(stranger.vendor, by=reviewer, content=pdf_bytes(pages=40))
    send = {"reading": ines.get}.get(part, ines.post)
    assert send(page_of(review, foreign, part)).status_code == 404
    outside = signed_in(contact)
    assert {"reading": outside.get}.get(part, outside.post)(page_of(review, report, part)).status_code == 404


@pytest.mark.slow
def test_nothing_is_accepted_once_the_grant_is_gone(ines, review, report, reading):
    form = {**on_page(ines, review, report), "accept": "all"}
    Grant.objects.all().delete()
    assert ines.post(page_of(review, report), form).status_code == 403
    report.refresh_from_db()
    assert report.revision == 0
