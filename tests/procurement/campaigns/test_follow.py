"""Chasing, moving and cancelling many at once, for those who have not handed over."""

import pytest

from procurement.campaigns import services
from procurement.campaigns.tasks import send
from procurement.questionnaires.models import Assessment
from procurement.renewals.models import ReminderDue
from procurement.renewals.services import send_due
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from tests.procurement.campaigns.conftest import DUE, TODAY, VENDORS, hand_over, later, on_day
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused

ACTS = {"chase": {}, "due": {"due_on": later(30)}, "cancel": {"reason": "The incident is over."}}


def act(campaign, name: str) -> str:
    return f"/campaigns/{campaign.pk}/{name}/"


def recipients(campaign, *numbers: int) -> list[int]:
    found = list(campaign.recipients.order_by("pk").values_list("pk", flat=True))
    return [found[number] for number in numbers] if numbers else found


@pytest.mark.slow
def test_chasing_mails_each_who_has_not_handed_over_once_a_day(campaign, cast, letters):
    hand_over(campaign, 0)
    letters()
    with on_day(3):
        browser = staff_client(cast.reviewer)
        page = browser.get(act(campaign, "chase")).text
        assert page.count(" checked") == VENDORS - 1
        told = browser.post(act(campaign, "chase"), {"recipient": recipients(campaign)}, follow=True).text
        assert f"Done for {VENDORS - 1} vendors." in told
        mails = letters()
        assert len(mails) == VENDORS - 1
        assert {mail.subject for mail in mails} == {"We still wait for your answers: Three questions"}
        assert entries_on("campaign", campaign.pk).first().sentence == "Autumn round: 11 vendors chased"
        assert browser.get(act(campaign, "chase")).text.count(" checked") == 0
        again = browser.post(act(campaign, "chase"), {"recipient": recipients(campaign, 1, 2)}, follow=True).text
        assert "Vendor 0001: Contact 1 got a mail about it today already." in again
        assert letters() == []
        assert entries_on("campaign", campaign.pk).count() == 2


@pytest.mark.slow
def test_what_many_refuse_is_told_for_the_first_few(campaign, cast):
    page = staff_client(cast.reviewer).post(act(campaign, "chase"), {"recipient": recipients(campaign)}, follow=True)
    assert "Vendor 0004: Contact 4 got a mail" in page.text
    assert "Vendor 0005: Contact 5 got a mail" not in page.text
    assert "And 7 more." in page.text


@pytest.mark.slow
def test_another_day_for_some_is_theirs_alone(campaign, ines, letters):
    letters()
    ines.post(act(campaign, "due"), {"recipient": recipients(campaign, 0, 1), "due_on": later(30)})
    days = list(campaign.recipients.order_by("pk").values_list("assessment__due_on", flat=True))
    assert days == [later(30)] * 2 + [DUE] * (VENDORS - 2)
    campaign.refresh_from_db()
    assert campaign.due_on == DUE
    assert {mail.subject for mail in letters()} == {"Moved to 10 November 2026: Three questions"}


@pytest.mark.slow
def test_another_day_for_all_holds_for_who_is_sent_it_later_and_reminds_anew(start, approved, ines, letters):
    campaign = start(approved[:3])
    send(campaign.pk)
    campaign.recipients.filter(review=approved[2]).update(state="failed", why="Told.", assessment=None)
    Assessment.objects.filter(engagement=approved[2].engagement_id).update(state="cancelled", cancelled_at=clock.now())
    letters()
    told = ines.post(act(campaign, "due"), {"recipient": recipients(campaign), "due_on": later(30)}, follow=True).text
    assert "Done for 3 vendors." in told
    services.retry_failed(campaign=campaign, by=campaign.created_by, now=clock.now())
    send(campaign.pk)
    assert set(campaign.recipients.values_list("assessment__due_on", flat=True)) == {later(30)}
    for day in range(1, 31, 4):
        with on_day(day):
            send_due(on=later(day), now=clock.now())
    anchors = ReminderDue.objects.filter(subject_type="questionnaire").values_list("anchor", flat=True)
    assert set(anchors) == {later(30)}


@pytest.mark.slow
def test_who_is_not_sent_it_yet_gets_the_day_with_everybody_or_not_at_all(start, approved, ines):
    campaign = start(approved[:3])
    waiting = recipients(campaign)
    campaign.recipients.filter(pk=waiting[0]).update(state="failed", why="Told.")
    send(campaign.pk)
    form = {"recipient": waiting[:2], "due_on": later(30)}
    assert "Tick everybody, or only who has it." in ines.post(act(campaign, "due"), form).text
    assert set(Assessment.objects.values_list("due_on", flat=True)) == {DUE}
    told = ines.post(act(campaign, "due"), {**form, "recipient": waiting}, follow=True).text
    assert "Done for 3 vendors." in told


@pytest.mark.slow
def test_cancelling_takes_it_back_and_calls_back_what_waits(campaign, ines, letters):
    handed_over = hand_over(campaign, 0)
    told = ines.post(act(campaign, "cancel"), {"recipient": recipients(campaign), **ACTS["cancel"]}, follow=True).text
    assert f"Done for {VENDORS - 1} vendors." in told
    states = list(Assessment.objects.order_by("pk").values_list("state", "cancelled_reason"))
    assert states == [("submitted", "")] + [("cancelled", "The incident is over.")] * (VENDORS - 1)
    subjects = set(
        OutgoingEmail.objects.waiting().filter(about__startswith="assessment:").values_list("subject", flat=True)
    )
    assert "Nothing more to answer: Three questions" in subjects
    assert not [each for each in subjects if each.startswith("Please answer")]
    for day in range(1, 40, 4):
        with on_day(day):
            send_due(on=later(day), now=clock.now())
    assert not ReminderDue.objects.filter(subject_type="questionnaire").exclude(subject_id=handed_over.pk).exists()


def test_cancelling_keeps_what_still_waits_from_being_sent(start, approved, ines):
    campaign = start(approved[:3])
    ines.post(act(campaign, "cancel"), {"recipient": recipients(campaign, 0, 1), **ACTS["cancel"]})
    send(campaign.pk)
    assert list(campaign.recipients.order_by("pk").values_list("state", flat=True)) == ["left_out", "left_out", "sent"]
    page = ines.get(f"{campaign.get_absolute_url()}?segment=cancelled").text
    assert page.count("Left out") == 2


@pytest.mark.slow
def test_a_recipient_whose_review_is_another_reviewers_now_is_left_to_them(campaign, cast, ines, approved):
    following = reviews.ask_again(review=approved[0], by=cast.requester, on=TODAY, now=clock.now())
    reviews.take_review(review=following, by=cast.second_reviewer, now=clock.now())
    page = ines.get(act(campaign, "due")).text
    assert "Only the assigned reviewer does this." in page
    told = ines.post(act(campaign, "due"), {"recipient": recipients(campaign, 0, 1), "due_on": later(30)}, follow=True)
    assert "Vendor 0000: Only the assigned reviewer does this." in told.text
    assert Assessment.objects.filter(due_on=later(30)).count() == 1
    other = staff_client(cast.second_reviewer)
    other.post(act(campaign, "due"), {"recipient": recipients(campaign, 0), "due_on": later(31)})
    assert Assessment.objects.filter(due_on=later(31)).count() == 1
    assert f"/reviews/{following.pk}/questionnaires/" in other.get(campaign.get_absolute_url()).text
    assert Review.objects.count() == VENDORS + 1


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("due", {"due_on": later(-1)}, "The due date has passed."),
        ("due", {"due_on": ""}, "Choose a day."),
        ("cancel", {"reason": ""}, "Say why in a sentence."),
    ],
)
def test_what_is_typed_wrong_is_told_and_changes_nothing(campaign, ines, name, typed, sentence):
    answer = ines.post(act(campaign, name), {"recipient": recipients(campaign, 3), **typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert answer.text.count(" checked") == 1
    assert set(Assessment.objects.values_list("state", "due_on")) == {("sent", DUE)}


@pytest.mark.parametrize("name", ACTS)
def test_with_nobody_ticked_nothing_happens(campaign, ines, name):
    answer = ines.post(act(campaign, name), {**ACTS[name], "recipient": ["nonsense"]})
    assert "Tick at least one vendor." in answer.text
    assert entries_on("campaign", campaign.pk).count() == 1


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize(("person", "code"), [("auditor", 403), ("administrator", 404), ("requester", 404)])
def test_nobody_but_a_reviewer_does_any_of_it(campaign, cast, name, person, code):
    browser = staff_client(getattr(cast, person))
    assert browser.get(act(campaign, name)).status_code == code
    assert browser.post(act(campaign, name), {"recipient": recipients(campaign), **ACTS[name]}).status_code == code
    assert set(Assessment.objects.values_list("state", "due_on")) == {("sent", DUE)}


def test_the_acts_ask_for_a_reviewer_and_a_reason_themselves(campaign, cast):
    with pytest.raises(NotAllowed):
        services.chase_campaign(campaign=campaign, chosen=recipients(campaign), by=cast.auditor, now=clock.now())
    with pytest.raises(Refused, match="Say why"):
        services.cancel_campaign(
            campaign=campaign, chosen=recipients(campaign), reason=" ", by=cast.reviewer, now=clock.now()
        )


@pytest.mark.slow
def test_when_all_have_handed_over_nothing_is_left_to_do(start, approved, ines):
    campaign = start(approved[:1])
    send(campaign.pk)
    hand_over(campaign, 0)
    assert "Nobody has it any more" in ines.get(act(campaign, "chase")).text
    page = ines.get(campaign.get_absolute_url()).text
    assert act(campaign, "chase") not in page
    assert act(campaign, "cancel") not in page
