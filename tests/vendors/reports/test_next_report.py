"""The vendor names its next report, in the portal or elsewhere; a bridge letter may say more."""

from datetime import timedelta

import pytest

from tests.factories.contacts import signed_in
from tests.factories.reports import accepted_report, report_request
from tests.factories.vault import upload
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail
from vendors.people.actors import NotAllowed, Refused
from vendors.reports import services
from vendors.reports.models import SuccessorStatement
from vendors.reports.queries import statements_about
from vendors.vault.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(vendor, nda, reviewer):
    return accepted_report(vendor, by=reviewer)


@pytest.fixture
def asked(vendor, contact, reviewer, accepted):
    """The reviewer asked for the date of the next report."""
    return report_request(vendor, contact=contact, what="successor_date", by=reviewer)


def page_of(asked) -> str:
    return f"/portal/requests/{asked.pk}/next-report/"


def staff_page(vendor) -> str:
    return f"/vendors/{vendor.pk}/next-report/"


def named(accepted, **changes) -> dict:
    start = accepted.period_end + timedelta(days=1)
    end = accepted.period_end + timedelta(days=365)
    expected = end + timedelta(days=45)
    return {
        "period_start": start.isoformat(),
        "period_end": end.isoformat(),
        "expected_on": expected.isoformat(),
        **changes,
    }


def test_the_contact_names_it_and_the_requester_is_told(contact_client, asked, accepted, reviewer):
    answer = contact_client.post(page_of(asked), named(accepted), follow=True)
    assert "We have written it down" in answer.content.decode()
    statement = SuccessorStatement.objects.get()
    assert (statement.report, statement.stated_by, statement.stated_on) == (accepted, "Jonah Pell", clock.today())
    assert list(statements_about(accepted.vendor)) == [statement]
    asked.refresh_from_db()
    assert not asked.is_open
    told = OutgoingEmail.objects.get(kind="vendors/reports/email/next_report_named")
    assert told.to_email == reviewer.email
    assert "Jonah Pell named the next report." in told.text
    assert "Your next report" in contact_client.get(f"/portal/requests/{asked.pk}/").content.decode()


def test_a_bridge_letter_comes_with_it(contact_client, asked, accepted):
    until = accepted.period_end + timedelta(days=80)
    typed = named(accepted, bridges_until=until.isoformat(), file=upload(name="bridge.pdf"))
    contact_client.post(page_of(asked), typed)
    statement = SuccessorStatement.objects.get()
    assert (statement.file.name, statement.file.purpose, statement.bridges_until) == ("bridge.pdf", "statement", until)


CANNOT_BE = {
    "a period that ends with the one on file": ({"period_end": 0}, "period_end_error"),
    "a period that ends before it starts": ({"period_end": -90}, "period_end_error"),
    "a period that ends in the far future": ({"period_end": 9000}, "period_end_error"),
    "a report before its period ends": ({"expected_on": 30}, "expected_on_error"),
    "a report long after its period": ({"expected_on": 2000}, "expected_on_error"),
    "a bridge without its letter": ({"bridges_until": 9}, "Add the bridge letter itself"),
}


@pytest.mark.parametrize("case", CANNOT_BE)
def test_days_that_cannot_be_are_said_and_keep_nothing(contact_client, asked, accepted, case):
    days, words = CANNOT_BE[case]
    changes = {name: (accepted.period_end + timedelta(days=after)).isoformat() for name, after in days.items()}
    answer = contact_client.post(page_of(asked), named(accepted, **changes))
    assert words in answer.content.decode()
    assert_nothing_kept(asked)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("file", upload(b"PK\x03\x04", name="letter.pdf"), "ZIP or Office"), ("period_start", "", "Choose a day.")],
)
def test_a_bad_letter_or_no_day_is_said_and_keeps_nothing(contact_client, asked, accepted, name, value, words):
    answer = contact_client.post(page_of(asked), named(accepted, **{name: value}))
    assert words in answer.content.decode()
    assert_nothing_kept(asked)


def assert_nothing_kept(asked) -> None:
    assert not SuccessorStatement.objects.exists()
    assert not StoredFile.objects.filter(purpose="statement").exists()
    asked.refresh_from_db()
    assert asked.is_open


def test_a_bridge_before_the_end_of_the_period_bridges_nothing(contact_client, asked, accepted):
    typed = named(accepted, bridges_until=accepted.period_end.isoformat(), file=upload())
    assert "speaks for days after" in contact_client.post(page_of(asked), typed).content.decode()
    assert not StoredFile.objects.filter(purpose="statement").exists()


def test_without_an_accepted_report_none_can_follow(contact_client, vendor, contact, reviewer, nda):
    asked = report_request(vendor, contact=contact, what="successor_date", by=reviewer)
    assert "none can follow it" in contact_client.get(page_of(asked)).content.decode()


def test_an_answered_request_has_nothing_left(contact_client, asked, accepted):
    contact_client.post(page_of(asked), named(accepted))
    assert "Nothing is left to answer" in contact_client.get(page_of(asked)).content.decode()
    answer = contact_client.post(page_of(asked), named(accepted))
    assert answer.status_code == 200
    assert SuccessorStatement.objects.count() == 1


def test_a_file_does_not_answer_a_question_for_a_date(contact_client, asked):
    page = contact_client.get(f"/portal/requests/{asked.pk}/upload/").content.decode()
    assert "Nothing to send here" in page
    answer = contact_client.post(f"/portal/requests/{asked.pk}/upload/", {"file": upload()})
    assert answer.status_code == 409
    assert "asks for a date" in answer.content.decode()


def test_a_contact_of_another_vendor_gets_404(stranger, asked, accepted):
    client = signed_in(stranger)
    assert client.get(page_of(asked)).status_code == 404
    assert client.post(page_of(asked), named(accepted)).status_code == 404
    assert not SuccessorStatement.objects.exists()


def test_a_reviewer_writes_down_what_was_said_elsewhere(client, reviewer, accepted):
    client.force_login(reviewer)
    typed = named(accepted, stated_by="Jonah Pell, by mail", stated_on=clock.today().isoformat())
    answer = client.post(staff_page(accepted.vendor), typed)
    assert answer.status_code == 302
    statement = SuccessorStatement.objects.get()
    assert statement.stated_by == "Jonah Pell, by mail"
    assert not OutgoingEmail.objects.filter(kind__endswith="next_report_named").exists()


def test_a_statement_of_tomorrow_is_none(client, reviewer, accepted):
    client.force_login(reviewer)
    tomorrow = clock.today() + timedelta(days=1)
    typed = named(accepted, stated_by="Jonah Pell", stated_on=tomorrow.isoformat())
    assert "has not come yet" in client.post(staff_page(accepted.vendor), typed).content.decode()


def test_a_day_that_has_passed_is_not_expected(contact, accepted):
    long_ago = accepted.period_end + timedelta(days=10)
    with pytest.raises(Refused) as refused:
        services.record_successor_statement(
            report=accepted,
            period_start=accepted.period_end + timedelta(days=1),
            period_end=accepted.period_end + timedelta(days=5),
            expected_on=long_ago,
            stated_on=clock.today(),
            stated_by="Jonah Pell",
            by=contact.user,
            now=clock.now(),
            on=clock.today(),
        )
    assert refused.value.field == "expected_on"


def test_the_page_of_staff_asks_for_a_report_first(client, reviewer, vendor, nda):
    client.force_login(reviewer)
    assert "Accept a report first" in client.get(staff_page(vendor)).content.decode()


@pytest.mark.parametrize("role", ["requester", "approver", "auditor", "administrator"])
def test_nobody_but_a_reviewer_finds_the_page_of_staff(client, request, role, accepted):
    client.force_login(request.getfixturevalue(role))
    assert client.get(staff_page(accepted.vendor)).status_code == 404


def test_a_stranger_names_nothing_by_the_service_either(stranger, accepted):
    with pytest.raises(NotAllowed):
        services.record_successor_statement(
            report=accepted,
            period_start=accepted.period_end,
            period_end=accepted.period_end + timedelta(days=365),
            expected_on=accepted.period_end + timedelta(days=400),
            stated_on=clock.today(),
            stated_by="Rosa Quint",
            by=stranger.user,
            now=clock.now(),
            on=clock.today(),
        )
