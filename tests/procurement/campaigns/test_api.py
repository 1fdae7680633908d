"""Campaigns by a program: started, followed, chased, moved and cancelled, by the acts of the pages."""

import json
from typing import Any

import pytest

from procurement.campaigns.models import Campaign, CampaignRecipient
from procurement.campaigns.tasks import send
from procurement.questionnaires.models import Assessment
from tests.factories.tokens import program_of
from tests.procurement.campaigns.conftest import DUE, later, on_day


@pytest.fixture
def program(cast):
    return program_of(cast.reviewer)


def post(program: Any, address: str, body: Any = None) -> Any:
    return program.post(f"/api/v1/campaigns/{address}", json.dumps(body or {}), content_type="application/json")


def recipients(program: Any, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = program.get(f"/api/v1/campaign-recipients/?{query}").json()["results"]
    return found


def asked_of(version, reviews) -> dict[str, Any]:
    keys = [each if isinstance(each, int) else each.pk for each in reviews]
    return {"version": version.pk, "reviews": keys, "title": "Autumn round", "due_on": DUE.isoformat()}


@pytest.mark.slow
def test_a_program_starts_one_and_reads_what_became_of_each(program, approved, version):
    started = post(program, "", asked_of(version, approved[:3]))
    assert started.status_code == 201
    told = started.json()
    assert (told["vendors"], told["queued"], told["created_by"]["name"]) == (3, 3, "Ines Varga")
    send(told["id"])
    told = program.get(f"/api/v1/campaigns/{told['id']}/").json()
    assert (told["queued"], told["waiting"], told["overdue"]) == (0, 3, 0)
    rows = recipients(program, f"campaign={told['id']}&state=sent")
    assert [each["review"] for each in rows] == [each.pk for each in approved[:3]]
    assert {each["assessment"] for each in rows} == set(
        Assessment.objects.filter(version=version).values_list("pk", flat=True)
    )


def test_a_program_chooses_that_colleagues_see_only_what_is_theirs(program, approved, version):
    started = post(program, "", asked_of(version, approved[:2]) | {"only_theirs": True}).json()
    send(started["id"])
    assert started["only_theirs"] is True
    assert set(Assessment.objects.values_list("only_theirs", flat=True)) == {True}


def test_reviews_that_are_not_there_and_a_day_that_has_passed_are_refused(program, approved, version):
    wrong = post(program, "", asked_of(version, [approved[0].pk, 987_654]))
    assert (wrong.status_code, wrong.json()["errors"]) == (400, {"reviews": ["There is none with this id."]})
    late = post(program, "", asked_of(version, approved[:1]) | {"due_on": later(-1).isoformat()})
    assert (late.status_code, list(late.json()["errors"])) == (422, ["due_on"])
    assert not Campaign.objects.exists()


@pytest.mark.slow
def test_a_requester_starts_none_and_an_auditor_reads_them(cast, campaign, approved, version):
    requester, auditor = program_of(cast.requester), program_of(cast.auditor)
    assert post(requester, "", asked_of(version, approved[:1])).status_code == 400
    assert requester.get(f"/api/v1/campaigns/{campaign.pk}/").status_code == 404
    assert auditor.get(f"/api/v1/campaigns/{campaign.pk}/").json()["waiting"] == 12
    assert post(auditor, f"{campaign.pk}/chase/").status_code == 403


@pytest.mark.slow
def test_all_are_chased_or_those_that_are_named_and_nobody_twice_a_day(program, campaign):
    first, second = campaign.recipients.order_by("pk")[:2]
    with on_day(3):
        chased = post(program, f"{campaign.pk}/chase/", {"recipients": [first.pk, second.pk]}).json()
        assert chased == {"done": 2, "refused": []}
        every = post(program, f"{campaign.pk}/chase/").json()
    assert (every["done"], len(every["refused"])) == (10, 2)
    assert every["refused"][0]["vendor"] == "Vendor 0000"
    assert "got a mail about it today already" in every["refused"][0]["reason"]
    strangers = post(program, f"{campaign.pk}/chase/", {"recipients": [987_654]})
    assert (strangers.status_code, strangers.json()["errors"]) == (400, {"recipients": ["There is none with this id."]})


@pytest.mark.slow
def test_another_day_and_the_end_hold_for_those_who_are_meant(program, campaign):
    moved = post(program, f"{campaign.pk}/due/", {"due_on": later(30).isoformat()}).json()
    assert moved["done"] == 12
    campaign.refresh_from_db()
    assert campaign.due_on == later(30)
    one = campaign.recipients.order_by("pk").first()
    ended = post(program, f"{campaign.pk}/cancel/", {"recipients": [one.pk], "reason": "Bought elsewhere."}).json()
    assert ended == {"done": 1, "refused": []}
    told = program.get(f"/api/v1/campaigns/{campaign.pk}/").json()
    assert (told["cancelled"], told["waiting"]) == (1, 11)
    assert CampaignRecipient.objects.get(pk=one.pk).assessment.cancelled_reason == "Bought elsewhere."
