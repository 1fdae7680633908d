"""Reading again after the rules changed: what stands is never touched, what would differ is shown."""

import pytest

from tests.factories import ndas
from tests.factories.readings import finished_reading
from tests.factories.reports import received_report, recorded, sample_pdf
from tests.factories.reviews import accept, taken_review
from tests.procurement.reviews.facts_page import page_of
from vendors.calendar import clock
from vendors.ledger.models import LedgerEntry
from vendors.reading import RULES_VERSION
from vendors.reports import access, services
from vendors.reports.facts import recorded_facts
from vendors.reports.services import reading as reading_service

pytestmark = pytest.mark.django_db

NEWER = RULES_VERSION + 1


@pytest.fixture
def review(vendor, requester, reviewer):
    return taken_review(vendor, asked_by=requester, reviewer=reviewer)


@pytest.fixture
def report(review, reviewer):
    """The sample report, whose proposals were all accepted at once."""
    ndas.record(review.vendor, by=reviewer)
    report = received_report(review.vendor, by=reviewer, content=sample_pdf())
    return services.accept_proposals(
        report=report,
        reading=finished_reading(report),
        revision=0,
        names=None,
        by=reviewer,
        now=clock.now(),
        on=clock.today(),
    )


@pytest.fixture
def newer_rules(monkeypatch):
    for module in (access, reading_service):
        monkeypatch.setattr(module, "RULES_VERSION", NEWER)


@pytest.fixture
def ines(client, reviewer):
    client.force_login(reviewer)
    return client


def panel(page: str) -> str:
    return page[page.index('id="differs"') :].partition("</table>")[0] if 'id="differs"' in page else ""


@pytest.mark.slow
def test_a_newer_reading_that_finds_the_same_is_quiet(ines, review, report):
    finished_reading(report, rules=NEWER)
    assert panel(ines.get(page_of(review, report)).content.decode()) == ""


@pytest.mark.slow
@pytest.mark.parametrize("is_accepted", [False, True])
def test_what_differs_is_shown_and_nothing_is_touched(ines, review, report, reviewer, is_accepted, a_minute_passes):
    if is_accepted:
        accept(review, report, by=reviewer)
    before = recorded_facts(report)
    a_minute_passes()
    sample = finished_reading(report).content
    late = {**sample["exceptions"][0], "control": "QH-12", "text": "Exception noted. One alarm was late.", "page": 11}
    finished_reading(report, rules=NEWER, opinion="qualified", exceptions=[*sample["exceptions"], late])
    told = panel(ines.get(page_of(review, report)).content.decode())
    for words in ("Opinion", "Unqualified", "Qualified", "p. 4", "Exceptions", "One alarm was late.", "p. 11"):
        assert words in told, words
    assert "QH-10" not in told
    report.refresh_from_db()
    assert recorded_facts(report) == before


@pytest.mark.slow
def test_a_reviewer_has_it_read_by_newer_rules(ines, review, report, newer_rules):
    assert "Read it again by newer rules" in ines.get(page_of(review, report)).content.decode()
    page = ines.post(page_of(review, report, "read-again"), follow=True).content.decode()
    assert "What is recorded stays as it is." in page
    assert [(each.rules, each.state) for each in report.readings.all()] == [(NEWER, "waiting"), (RULES_VERSION, "read")]
    assert LedgerEntry.objects.filter(verb="report.reading_asked").count() == 1
    again = ines.post(page_of(review, report, "read-again"))
    assert again.status_code == 409
    assert "waits to be read already" in again.content.decode()


@pytest.mark.slow
def test_the_same_rules_do_not_read_twice(ines, review, report):
    assert 'id="read-again"' not in ines.get(page_of(review, report)).content.decode()
    answer = ines.post(page_of(review, report, "read-again"))
    assert answer.status_code == 409
    assert "They would find the same again." in answer.content.decode()


def test_a_file_that_could_not_be_read_is_tried_again(ines, review, report):
    finished_reading(report, problem="Reading took longer than 60 seconds.")
    ines.post(page_of(review, report, "read-again"))
    reading = report.readings.get()
    assert (reading.state, reading.problem, reading.finished_at) == ("waiting", "", None)


@pytest.mark.slow
def test_only_a_reviewer_asks_for_it(client, auditor, review, report, newer_rules):
    client.force_login(auditor)
    assert client.post(page_of(review, report, "read-again")).status_code == 403
    assert 'id="read-again"' not in client.get(page_of(review, report)).content.decode()
    assert report.readings.count() == 1


@pytest.mark.slow
def test_facts_typed_before_there_was_a_reading_are_compared_too(ines, review, reviewer, report, a_minute_passes):
    typed = received_report(review.vendor, by=reviewer, content=sample_pdf() + b"%")
    whole = recorded(typed, by=reviewer)
    accept(review, whole, by=reviewer)
    a_minute_passes()
    finished_reading(typed)
    told = panel(ines.get(page_of(review, typed)).content.decode())
    assert "not among the rows" in told
    assert "User entities connect their single sign-on" in told
