"""A worker sends what waits: each once, whatever happens to one of them or to the worker."""

import pytest
from django.apps import apps
from django.conf import settings

from procurement.campaigns import services
from procurement.campaigns.models import CampaignRecipient
from procurement.campaigns.tasks import send, send_rest
from procurement.questionnaires.content import filled
from procurement.questionnaires.models import Assessment, Questionnaire
from procurement.questionnaires.services.writing import write_version
from procurement.reviews import services as reviews
from tests.databases import in_threads
from tests.factories.questionnaires import content, question
from tests.procurement.campaigns.conftest import DUE, TODAY, VENDORS, later, on_day
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.contacts.models import Contact
from vendors.ledger.queries import entries_on


def states(campaign) -> dict[str, int]:
    found = list(campaign.recipients.values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


@pytest.fixture
def a_few_at_a_time(monkeypatch):
    """Four recipients with three questions each, then the next nudge."""
    monkeypatch.setattr("procurement.campaigns.services.sending.ANSWERS_AT_A_TIME", 12)


@pytest.mark.slow
def test_each_gets_one_questionnaire_and_one_mail(start, approved, letters, cast):
    letters()
    campaign = start(approved, message="Since the incident.")
    send(campaign.pk)
    assert states(campaign) == {"sent": VENDORS}
    for recipient in campaign.recipients.select_related("assessment__contact__user", "review"):
        sent = recipient.assessment
        assert (sent.version, sent.due_on, sent.sent_by) == (campaign.version, DUE, cast.reviewer)
        assert (sent.engagement_id, sent.contact.vendor_id) == (recipient.review.engagement_id, sent.vendor_id)
        assert sent.answers.count() == 3
        assert entries_on("assessment", sent.pk).get().verb == "questionnaire.sent"
    mails = letters()
    assert len(mails) == len({mail.to[0] for mail in mails}) == VENDORS
    assert all("Since the incident." in mail.body for mail in mails)


def test_sending_again_sends_nothing_twice(campaign, letters):
    letters()
    send(campaign.pk)
    send_rest()
    assert Assessment.objects.count() == VENDORS
    assert letters() == []


@pytest.mark.slow
def test_a_worker_takes_some_and_the_scan_goes_on(start, approved, a_few_at_a_time):
    campaign = start(approved)
    assert services.send_next(campaign_id=campaign.pk, now=clock.now(), on=TODAY) == VENDORS - 4
    assert states(campaign) == {"sent": 4, "queued": VENDORS - 4}
    send_rest()
    assert states(campaign) == {"sent": 8, "queued": 4}
    send_rest()
    assert states(campaign) == {"sent": VENDORS}
    send_rest()
    assert Assessment.objects.count() == VENDORS


def test_beat_runs_the_scan():
    entry = settings.CELERY_BEAT_SCHEDULE["send-the-campaigns-that-wait"]
    assert entry["task"] == send_rest.name


@pytest.mark.slow
def test_what_one_vendor_lacks_stops_no_other_and_is_tried_again(start, approved, ines, cast):
    campaign = start(approved)
    alone = approved[5].vendor
    Contact.objects.filter(vendor=alone).update(deactivated_at=clock.now())
    taken = reviews.send_questionnaire(
        review=approved[6], version=campaign.version, due_on=DUE, by=cast.reviewer, now=clock.now(), on=TODAY
    )
    send(campaign.pk)
    assert states(campaign) == {"sent": VENDORS - 2, "failed": 2}
    page = ines.get(campaign.get_absolute_url()).text
    assert "It could not be sent to 2 vendors." in page
    assert "Nobody there can answer. Invite a contact first." in page
    assert "This questionnaire is under way already." in page
    Contact.objects.filter(vendor=alone).update(deactivated_at=None)
    told = ines.post(f"/campaigns/{campaign.pk}/retry/", follow=True).text
    assert "2 are tried again." in told
    send(campaign.pk)
    assert states(campaign) == {"sent": VENDORS - 1, "failed": 1}
    assert campaign.recipients.get(state="failed").review == approved[6]
    assert taken.engagement.assessments.count() == 1


def test_nothing_is_tried_again_where_nothing_failed(campaign, ines):
    assert "0 are tried again." in ines.post(f"/campaigns/{campaign.pk}/retry/", follow=True).text
    assert entries_on("campaign", campaign.pk).count() == 1


@pytest.mark.parametrize(("person", "code"), [("second_reviewer", 403), ("auditor", 403), ("requester", 404)])
def test_nobody_else_tries_again_in_the_name_of_who_started_it(campaign, cast, person, code):
    campaign.recipients.filter(review=campaign.recipients.first().review).update(
        state="failed", why="Told.", assessment=None
    )
    answer = staff_client(getattr(cast, person)).post(f"/campaigns/{campaign.pk}/retry/")
    assert answer.status_code == code
    assert states(campaign) == {"sent": VENDORS - 1, "failed": 1}


def test_who_lost_the_role_or_left_sends_nothing_more(start, approved, cast):
    first, second = start(approved[:2]), start(approved[2:4])
    cast.reviewer.is_reviewer = False
    cast.reviewer.save()
    send(first.pk)
    assert set(first.recipients.values_list("state", "why")) == {("failed", "Only a reviewer does this.")}
    cast.reviewer.is_active = False
    cast.reviewer.save()
    send(second.pk)
    assert set(second.recipients.values_list("state", "why")) == {("failed", "Ines Varga, who started it, has left.")}
    assert not Assessment.objects.exists()


def test_with_the_due_date_past_it_says_so(start, approved):
    campaign = start(approved[:1])
    with on_day(20):
        send(campaign.pk)
    assert campaign.recipients.get().why == "The due date has passed. Choose today or a later day."


def test_a_fault_of_ours_is_a_sentence_too(approved, cast, caplog):
    """A version with a condition that no check would have let through."""
    family = Questionnaire.objects.create(key="broken", title="Broken")
    broken = filled(content(question("A-1", visible_if={"all": 1}), key="broken"))
    version = write_version(apps.get_model, broken, family=family, published_at=clock.now())
    campaign = services.start_campaign(
        version=version, reviews=approved[:2], title="Broken", due_on=DUE, by=cast.reviewer, now=clock.now(), on=TODAY
    )
    send(campaign.pk)
    assert {each.why[:34] for each in campaign.recipients.all()} == {"Something went wrong on our side. "}
    assert "could not be sent" in caplog.text
    assert not Assessment.objects.exists()


def test_a_report_is_leaned_on_where_a_review_is_worked_on_only(approved, cast, start):
    following = reviews.ask_again(review=approved[0], by=cast.requester, on=TODAY, now=clock.now())
    following = reviews.take_review(review=following, by=cast.reviewer, now=clock.now())
    campaign = start([following, approved[1]], leans_on_report="on", wants_second_reviewer="on")
    send(campaign.pk)
    assert dict(campaign.recipients.values_list("review", "assessment__leans_on_report")) == {
        following.pk: True,
        approved[1].pk: False,
    }
    assert all(campaign.recipients.values_list("assessment__wants_second_reviewer", flat=True))


@pytest.mark.parametrize("narrowed", [True, False])
def test_colleagues_see_the_whole_or_only_what_is_theirs_as_it_was_chosen_for_all(approved, start, narrowed):
    campaign = start(approved[:2], **({"only_theirs": "on"} if narrowed else {}))
    send(campaign.pk)
    assert list(campaign.recipients.values_list("assessment__only_theirs", flat=True)) == [narrowed, narrowed]


def test_a_review_that_followed_meanwhile_is_the_one_it_is_sent_with(start, approved, cast, ines):
    campaign = start(approved[:1])
    following = reviews.ask_again(review=approved[0], by=cast.requester, on=TODAY, now=clock.now())
    send(campaign.pk)
    assert campaign.recipients.get().why == "Nobody has taken this review. Take it first."
    reviews.take_review(review=following, by=cast.reviewer, now=clock.now())
    ines.post(f"/campaigns/{campaign.pk}/retry/")
    send(campaign.pk)
    recipient = campaign.recipients.get()
    assert (recipient.state, recipient.review, recipient.why) == ("sent", following, "")


@pytest.mark.slow
def test_two_workers_at_once_ask_nobody_twice(transactional_db, start, approved):
    campaign = start(approved)
    results = in_threads(4, lambda _number: send(campaign.pk))
    assert results.count(None) >= 1
    send_rest()
    assert states(campaign) == {"sent": VENDORS}
    assert Assessment.objects.count() == VENDORS
    assert CampaignRecipient.objects.filter(assessment__due_on=later(14)).count() == VENDORS
