"""Drafting: summary, residual risk, conditions with owner and day."""

import pytest

from procurement.decisions.models import Decision
from tests.factories.stories import awaiting_approval, in_review
from tests.signing_in import staff_client

DRAFT = {
    "summary": "Quillhaven may receive HR records.",
    "residual_risk": "medium",
    "residual_note": "",
    "conditions-TOTAL_FORMS": "1",
    "conditions-INITIAL_FORMS": "0",
    "conditions-MIN_NUM_FORMS": "0",
    "conditions-MAX_NUM_FORMS": "50",
}


def condition(owner, due_on="2026-12-01", text="Show three monthly exports."):
    return {"conditions-0-text": text, "conditions-0-owner": str(owner.pk), "conditions-0-due_on": due_on}


@pytest.fixture
def review(cast):
    return in_review(cast)[1]


def test_the_reviewer_drafts_with_a_condition(review, reviewer, requester):
    answer = staff_client(reviewer).post(f"/reviews/{review.pk}/decision/", {**DRAFT, **condition(requester)})
    assert answer.status_code == 302
    decision = Decision.objects.get(review=review)
    assert (decision.summary, decision.drafted_by) == ("Quillhaven may receive HR records.", reviewer)
    assert [(row.text, row.owner) for row in decision.conditions.all()] == [("Show three monthly exports.", requester)]


def test_drafting_again_replaces_the_conditions(review, reviewer, requester):
    client = staff_client(reviewer)
    client.post(f"/reviews/{review.pk}/decision/", {**DRAFT, **condition(requester)})
    client.post(f"/reviews/{review.pk}/decision/", {**DRAFT, **condition(reviewer, text="Rotate the keys.")})
    assert [row.text for row in Decision.objects.get(review=review).conditions.all()] == ["Rotate the keys."]


def test_a_condition_due_before_today_is_refused_and_what_was_typed_stays(review, reviewer, requester):
    answer = staff_client(reviewer).post(
        f"/reviews/{review.pk}/decision/", {**DRAFT, **condition(requester, due_on="2026-08-31")}
    )
    assert answer.status_code == 200
    assert "Condition 1 is due before today" in answer.text
    assert "Quillhaven may receive HR records." in answer.text
    assert not Decision.objects.exists()


@pytest.mark.slow
def test_a_condition_due_after_the_approval_would_end_is_kept_and_said_to_be_of_no_use(review, reviewer, requester):
    client, address = staff_client(reviewer), f"/reviews/{review.pk}/decision/"
    assert "As things stand it would end on 30 June 2027." in client.get(address).text
    shown = client.post(address, {**DRAFT, **condition(requester, due_on="2027-07-01")}, follow=True).text
    assert "is due on 1 Jul 2027, after the approval would end on 30 Jun 2027" in shown
    shown = client.post(address, {**DRAFT, **condition(requester, due_on="2027-06-30")}, follow=True).text
    assert "after the approval would end" not in shown


def test_an_empty_summary_names_its_field(review, reviewer):
    answer = staff_client(reviewer).post(
        f"/reviews/{review.pk}/decision/", {**DRAFT, "summary": "", "conditions-TOTAL_FORMS": "0"}
    )
    assert answer.status_code == 200
    assert 'id="id_summary"' in answer.text
    assert "aria-invalid" in answer.text
    assert "Say in two or three sentences what is decided and why." in answer.text
    assert not Decision.objects.exists()


def test_an_empty_condition_says_what_is_missing_in_it(review, reviewer):
    row = {"conditions-0-text": "", "conditions-0-owner": "", "conditions-0-due_on": "soon"}
    page = staff_client(reviewer).post(f"/reviews/{review.pk}/decision/", {**DRAFT, **row}).text
    for sentence in ("Say what has to be done.", "Choose who of ours sees to it.", "Choose a day from the calendar"):
        assert sentence in page


def test_nobody_drafts_a_low_risk_without_having_chosen_it(review, reviewer):
    client = staff_client(reviewer)
    assert '<option value="" selected>' in client.get(f"/reviews/{review.pk}/decision/").text
    unsaid = {**DRAFT, "residual_risk": "", "conditions-TOTAL_FORMS": "0"}
    assert "Choose how much risk remains." in client.post(f"/reviews/{review.pk}/decision/", unsaid).text
    assert not Decision.objects.exists()


def test_the_draft_opens_with_what_was_kept(review, reviewer, requester):
    client = staff_client(reviewer)
    client.post(f"/reviews/{review.pk}/decision/", {**DRAFT, **condition(requester)})
    page = client.get(f"/reviews/{review.pk}/decision/")
    assert "Show three monthly exports." in page.text


@pytest.mark.slow
def test_without_a_script_the_form_is_sent_for_one_more_condition(review, reviewer, requester):
    client, address = staff_client(reviewer), f"/reviews/{review.pk}/decision/"
    client.post(address, {**DRAFT, "conditions-TOTAL_FORMS": "0"})
    page = client.get(address).text
    assert '<noscript><p><button class="btn sm" name="add" value="conditions">Add a condition' in page

    more = client.post(address, {**DRAFT, "summary": "", **condition(requester, due_on="soon"), "add": "conditions"})
    assert "This field is required" not in more.text
    assert [row.get("text") for row in more.context["conditions"].initial] == ["Show three monthly exports."]
    assert len(more.context["conditions"].forms) == 2
    assert 'value="soon"' in more.text
    assert not Decision.objects.get(review=review).conditions.exists()

    removed = client.post(address, {**DRAFT, **condition(requester), "conditions-0-DELETE": "on", "add": "conditions"})
    assert "Show three monthly exports." not in removed.text

    typed = {**DRAFT, "conditions-TOTAL_FORMS": "2", "conditions-INITIAL_FORMS": "1", **condition(requester)}
    second = {f"conditions-1-{name.rsplit('-')[-1]}": value for name, value in condition(reviewer).items()}
    client.post(address, {**typed, **second, "conditions-1-text": "Rotate the keys."})
    kept = Decision.objects.get(review=review).conditions.all()
    assert [row.text for row in kept] == ["Show three monthly exports.", "Rotate the keys."]


def test_another_reviewer_may_not_draft(review, cast):
    answer = staff_client(cast.second_reviewer).post(
        f"/reviews/{review.pk}/decision/", {**DRAFT, "conditions-TOTAL_FORMS": "0"}
    )
    assert answer.status_code == 403
    assert not Decision.objects.exists()


def test_nothing_can_be_drafted_while_it_waits_for_an_approver(cast, reviewer):
    _story, review = awaiting_approval(cast)
    before = Decision.objects.get(review=review).summary
    answer = staff_client(reviewer).post(f"/reviews/{review.pk}/decision/", {**DRAFT, "conditions-TOTAL_FORMS": "0"})
    assert answer.status_code == 409
    assert Decision.objects.get(review=review).summary == before
