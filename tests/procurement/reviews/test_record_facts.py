"""The facts page: a reviewer records what the document says, with and without a script."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from tests.factories import ndas
from tests.factories.reports import received_report, recorded
from tests.factories.reviews import accept, taken_review
from tests.procurement.reviews.facts_page import ROWS, fields_in_error, page_of, sent
from vendors.calendar import clock
from vendors.reports.facts import RecordedFacts
from vendors.reports.models import AuditorFirm

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(vendor, requester, reviewer):
    return taken_review(vendor, asked_by=requester, reviewer=reviewer)


@pytest.fixture
def report(review, reviewer):
    """A file of twelve pages that nobody has read yet."""
    ndas.record(review.vendor, by=reviewer)
    return received_report(review.vendor, by=reviewer)


@pytest.fixture
def ines(client, reviewer):
    client.force_login(reviewer)
    return client


def test_an_unread_report_shows_what_each_section_lacks(ines, review, report):
    page = ines.get(page_of(review, report)).content.decode()
    assert "Accept: 8 sections missing" in page
    assert escape("Report date: take the date under the auditor's signature.") in page
    assert "Still missing: Kind and system, Categories" in page
    assert f'src="/reports/{report.pk}/pages/1.png?zoom=100"' in page


def test_a_whole_report_is_saved_and_may_be_accepted(ines, review, report):
    answer = ines.post(page_of(review, report), sent(report), follow=True)
    page = answer.content.decode()
    assert "Saved. Nothing is missing: the report can be accepted." in page
    assert 'name="do" value="accept"' in page
    report.refresh_from_db()
    assert (report.system_name, report.opinion, report.auditor.name) == (
        "People Cloud",
        "unqualified",
        "Rookhope CPA Group",
    )
    assert report.pages == {"kind": 1, "categories": 3, "period_start": 3, "period_end": 3, "opinion": 4}
    assert report.exceptions.get().criterion == "CC6.2"


def test_a_draft_of_one_fact_is_saved(ines, review, report):
    nothing = {listed: [] for listed in ROWS}
    only = {name: "" for name in sent(report) if name not in {"revision", "do"}}
    form = {**sent(report, rows=nothing, **only), "categories": [], "system_name": "People Cloud"}
    page = ines.post(page_of(review, report), form, follow=True).content.decode()
    assert "Saved. 8 sections are not complete." in page
    assert 'value="People Cloud"' in page


def test_accepting_saves_first_and_goes_on_to_scope_fit(ines, review, report, reviewer):
    page = ines.post(page_of(review, report), sent(report, do="accept"), follow=True).content.decode()
    assert "The report is accepted. Say next whether what we buy lies inside its system." in page
    assert "Does what we buy lie inside the described system?" in page
    review.refresh_from_db()
    report.refresh_from_db()
    assert (review.state, review.report, report.state, report.accepted_by) == (
        "in_review",
        report,
        "accepted",
        reviewer,
    )


@pytest.mark.slow
def test_accepting_what_is_not_whole_saves_and_names_what_is_missing(ines, review, report):
    form = sent(report, do="accept", opinion="", rows={"cuecs": []})
    page = ines.post(page_of(review, report), form, follow=True).content.decode()
    assert "Still missing before the report can be accepted: Opinion, Complementary user entity controls." in page
    report.refresh_from_db()
    assert (report.state, report.system_name) == ("received", "People Cloud")


IMPOSSIBLE = {
    "a period that ends before it starts": ({"period_end": "2019-01-01"}, "period_end"),
    "a period that ends in the future": ({"period_end": "2099-06-30", "report_date": ""}, "period_end"),
    "a report dated before its period ended": ({"report_date": "2020-01-01"}, "report_date"),
    "a report dated in the future": ({"report_date": "2099-01-01"}, "report_date"),
    "an as-of date in a Type II": ({"as_of": "2025-06-30"}, "as_of"),
    "an as-of date after the report date": (
        {
            "type": "type1",
            "period_start": "",
            "period_end": "",
            "as_of": "2026-01-01",
            "report_date": "2025-12-31",
            "rows": {"exceptions": []},
        },
        "report_date",
    ),
    "a day that is none": ({"report_date": "2026-02-31"}, "report_date"),
    "a page the file has not": ({"opinion_page": "13"}, "opinion_page"),
    "a page of the period the file has not": ({"period_page": "13"}, "period_page"),
    "page zero": ({"opinion_page": "0"}, "opinion_page"),
    "a page that is no number": ({"opinion_page": "four"}, "opinion_page"),
    "a criterion that does not exist": (
        {"opinion": "qualified", "opinion_basis": "Late", "opinion_criteria": "CC6.2, CC8.8"},
        "opinion_criteria",
    ),
    "a tested criterion that does not exist": ({"criteria_tested": "CC6.1–CC6.9, A1.1"}, "criteria_tested"),
    "a range over two categories": ({"criteria_tested": "CC9.1-A1.3"}, "criteria_tested"),
    "tested criteria of a Type I": (
        {
            "type": "type1",
            "period_start": "",
            "period_end": "",
            "as_of": "2025-06-30",
            "criteria_tested": "CC6.1",
            "rows": {"exceptions": []},
        },
        "criteria_tested",
    ),
    "a page of the tested criteria the file has not": ({"criteria_tested_page": "13"}, "criteria_tested_page"),
    "an unqualified opinion with a basis": ({"opinion_basis": "However"}, "opinion_basis"),
    "a SOC 3 with a type": ({"kind": "soc3", "rows": {"exceptions": []}}, "type"),
    "a kind nobody knows": ({"kind": "soc9"}, "kind"),
    "a criterion of an exception that does not exist": (
        {"rows": {"exceptions": [{"criterion": "CC99.1", "description": "Late"}]}},
        "exceptions-0-criterion",
    ),
    "a page of a control the file has not": (
        {"rows": {"cuecs": [{"text": "One"}, {"text": ""}, {"text": "Three", "page": "99"}]}},
        "cuecs-2-page",
    ),
    "a row and none": ({"states_no_subservice": "on"}, "states_no_subservice"),
    "a check of the firm in the future": (
        {"auditor_checked_on": "2099-01-01", "auditor_check_note": "Licence active"},
        "auditor_checked_on",
    ),
    "a check of the firm without a word": ({"auditor_checked_on": "2026-01-01"}, "auditor_check_note"),
    "a check of no firm": (
        {"auditor": "", "auditor_checked_on": "2026-01-01", "auditor_check_note": "Licence active"},
        "auditor",
    ),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_what_cannot_be_is_said_at_its_field_and_everything_typed_stays(ines, review, report, case):
    changes, field = IMPOSSIBLE[case]
    answer = ines.post(page_of(review, report), sent(report, **changes))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert fields_in_error(page) == {field}
    assert "Not saved yet: one field needs you." in page
    assert page.count("The file has 12 pages.") in {0, 2}, "once above the form and once beside its field"
    assert 'value="Quillhaven Software, Inc."' in page
    report.refresh_from_db()
    assert (report.revision, report.system_name, AuditorFirm.objects.count()) == (0, "", 0)


@pytest.mark.slow
def test_a_form_opened_before_a_colleague_saved_is_refused_and_may_be_sent_again(ines, review, report, reviewer):
    stale = sent(report)
    recorded(report, RecordedFacts(system_name="Payroll"), by=reviewer)
    page = ines.post(page_of(review, report), stale).content.decode()
    assert "changed these facts after you opened the page" in page
    assert 'value="People Cloud"' in page
    assert 'name="revision" value="1"' in page
    ines.post(page_of(review, report), {**stale, "revision": "1"})
    report.refresh_from_db()
    assert report.system_name == "People Cloud"


def test_a_form_without_its_revision_is_refused(ines, review, report):
    page = ines.post(page_of(review, report), sent(report, revision="")).content.decode()
    assert "changed these facts" in page


@pytest.mark.parametrize("typed", ["cc 6.2; CC7.1", "CC6.2 CC7.1 CC6.2", " cc6.2,\nCC 7.1 "])
def test_criteria_are_read_however_they_are_typed(ines, review, report, typed):
    modified = {"opinion": "qualified", "opinion_basis": "Leavers kept access.", "opinion_criteria": typed}
    ines.post(page_of(review, report), sent(report, **modified))
    report.refresh_from_db()
    assert report.opinion_criteria == ["CC6.2", "CC7.1"]


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["a1.2 cc 6.1, CC6.2; CC6.3", "CC 6.1 - CC 6.3, A1.2", "CC6.1–CC6.3,A1.2"])
def test_tested_criteria_are_kept_in_their_order_with_ranges_written_out(ines, review, report, typed):
    ines.post(page_of(review, report), sent(report, criteria_tested=typed, criteria_tested_page="9"))
    report.refresh_from_db()
    assert (report.criteria_tested, report.pages["criteria_tested"]) == (["CC6.1", "CC6.2", "CC6.3", "A1.2"], 9)
    page = ines.get(page_of(review, report)).text
    assert 'value="CC6.1–CC6.3, A1.2"' in page
    assert "In scope, but no test is recorded of CC1.1–CC5.3, CC6.4–CC9.2, A1.1, A1.3." in page


def test_criteria_that_do_not_exist_are_named(ines, review, report):
    page = ines.post(page_of(review, report), sent(report, criteria_tested="CC6.1, CC8.8, A1.1-A1.7")).text
    assert "A1.7, CC8.8 are not among the 61 Trust Services Criteria." in page or (
        "CC8.8, A1.7 are not among the 61 Trust Services Criteria." in page
    )


@pytest.mark.parametrize("listed", ROWS)
def test_a_row_is_added_without_a_script_and_nothing_is_saved(ines, review, report, listed):
    form = sent(report, add=listed)
    page = ines.post(page_of(review, report), form).content.decode()
    assert f'name="{listed}-TOTAL_FORMS" value="2"' in page
    assert f'name="{listed}-1-page"' in page
    assert "Two of 25 leavers were late." in page
    report.refresh_from_db()
    assert report.revision == 0


def test_rows_are_changed_emptied_and_removed(ines, review, report):
    rows = {"cuecs": [{"text": "One"}, {"text": "Two"}, {"text": "Three"}]}
    ines.post(page_of(review, report), sent(report, rows=rows))
    report.refresh_from_db()
    one, two, three = report.cuecs.all()
    changed = {
        "cuecs": [
            {"pk": one.pk, "text": "One, anew"},
            {"pk": two.pk, "text": "Two", "DELETE": "on"},
            {"pk": three.pk, "text": "", "reference": "", "criterion": "", "page": ""},
        ]
    }
    form = sent(report, rows=changed)
    form["cuecs-INITIAL_FORMS"] = "3"
    ines.post(page_of(review, report), form)
    assert [(row.pk, row.text) for row in report.cuecs.all()] == [(one.pk, "One, anew")]


def test_a_check_of_the_firm_is_kept_for_its_other_reports(ines, review, report):
    today = clock.today().isoformat()
    note = "Licence active in New York, peer review passed 2025."
    ines.post(page_of(review, report), sent(report, auditor_checked_on=today, auditor_check_note=note))
    firm = AuditorFirm.objects.get()
    assert (firm.checked_on, firm.check_note, firm.checked_by) == (clock.today(), note, "Ines Varga")
    page = ines.get(page_of(review, report)).content.decode()
    assert "was never checked" not in page
    assert '<option value="Rookhope CPA Group">' in page


def test_another_firm_does_not_take_over_the_check_of_the_first(ines, review, report):
    today = clock.today().isoformat()
    checked = {"auditor_checked_on": today, "auditor_check_note": "Licence active."}
    ines.post(page_of(review, report), sent(report, **checked))
    report.refresh_from_db()
    ines.post(page_of(review, report), sent(report, **checked, auditor="Dunmarrow LLP"))
    assert AuditorFirm.objects.get(name="Dunmarrow LLP").checked_on is None


@pytest.mark.slow
def test_a_firm_is_checked_after_its_report_was_accepted(ines, review, report):
    ines.post(page_of(review, report), sent(report, do="accept"))
    assert "Write down a check" in ines.get(page_of(review, report)).content.decode()
    address = page_of(review, report, "auditor")
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    page = ines.post(address, {"auditor_checked_on": tomorrow, "auditor_check_note": "Fine"}).content.decode()
    assert fields_in_error(page) == {"auditor_checked_on"}
    assert fields_in_error(ines.post(address, {}).content.decode()) == {"auditor_checked_on", "auditor_check_note"}
    ines.post(address, {"auditor_checked_on": clock.today().isoformat(), "auditor_check_note": "Fine"})
    assert AuditorFirm.objects.get().checked_on == clock.today()


def test_a_report_without_a_firm_has_none_to_check(ines, review, report):
    assert ines.post(page_of(review, report, "auditor"), {}).status_code == 404


@pytest.mark.slow
def test_facts_sent_after_somebody_accepted_are_refused_and_kept_on_the_page(ines, review, report, reviewer):
    form = sent(report, system_name="Payroll")
    whole = recorded(report, by=reviewer)
    accept(review, whole, by=reviewer)
    page = ines.post(page_of(review, report), form).content.decode()
    assert "Withdraw the acceptance before its facts change." in page
    assert 'value="Payroll"' in page
