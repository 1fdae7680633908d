"""Flagging an answer: it becomes a finding that stands beside the answer and in the memo."""

import pytest

from procurement.demo.seeding import BROOKVANE
from procurement.reviews import services as reviews
from procurement.reviews.models import Finding
from tests.factories.stories import in_review
from tests.procurement.questionnaires.conftest import answer_to, days
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.people.actors import Refused


def flag_of(asked, answer) -> str:
    return f"/reviews/{asked.review.pk}/findings/new/?answer={answer.pk}"


def typed(owner, **more) -> dict[str, object]:
    return {
        "title": "Libraries are patched late",
        "description": "45 days.",
        "severity": "high",
        "owner": owner.pk,
        "due_on": days(30),
        "source": "other",
        **more,
    }


def test_the_form_begins_with_what_was_asked_and_said(asked, ines, submitted):
    page = ines.get(flag_of(asked, answer_to(submitted, "OP-2"))).text
    assert "Seven are older than 30 days today." in page
    assert "question OP-2" in page


@pytest.mark.slow
def test_a_flag_becomes_a_finding_and_leads_back_to_the_answer(asked, cast, ines, submitted, of_review):
    answer = answer_to(submitted, "OP-2")
    led = ines.post(flag_of(asked, answer), typed(cast.requester))
    assert led.url == of_review(submitted, "#q-op-2")
    finding = Finding.objects.get()
    assert (finding.answer, finding.source, finding.owner) == (answer, "answer", cast.requester)
    page = ines.get(of_review(submitted)).text
    assert f'href="/findings/{finding.pk}/">F-1</a> Libraries are patched late' in page
    reviews.withdraw_finding(finding=finding, reason="It was none.", by=cast.reviewer, now=clock.now())
    assert "Libraries are patched late" not in ines.get(of_review(submitted)).text


@pytest.mark.parametrize("key", ["987654", "many", "9" * 30])
def test_an_answer_that_is_not_there_is_not_flagged(asked, ines, submitted, key):
    assert ines.get(f"/reviews/{asked.review.pk}/findings/new/?answer={key}").status_code == 404


def test_what_the_vendor_still_writes_is_not_flagged(asked, ines, assessment):
    assert ines.get(flag_of(asked, answer_to(assessment, "OP-2"))).status_code == 404


@pytest.mark.parametrize(("person", "code"), [("requester", 403), ("auditor", 403), ("second_reviewer", 403)])
def test_nobody_but_the_assigned_reviewer_flags(cast, asked, submitted, person, code):
    answer = answer_to(submitted, "OP-2")
    browser = staff_client(getattr(cast, person))
    assert browser.post(flag_of(asked, answer), typed(cast.requester)).status_code == code
    assert not Finding.objects.exists()


@pytest.mark.slow
def test_an_answer_of_another_review_is_refused(cast, asked, submitted):

    _story, other = in_review(cast, BROOKVANE)
    draft = reviews.FindingDraft(
        title="Late",
        description="45 days.",
        severity="high",
        owner=cast.requester,
        due_on=days(30),
        answer=answer_to(submitted, "OP-2"),
    )
    with pytest.raises(Refused, match="This answer belongs to another review"):
        reviews.raise_finding(review=other, draft=draft, by=cast.reviewer, on=days(0), now=clock.now())
