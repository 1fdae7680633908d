"""The policy as versions: read by those who work by it, changed by an administrator, with a reason."""

from dataclasses import replace

import pytest

from procurement.policy.access import can_issue
from procurement.policy.defaults import DEFAULT_ROWS
from procurement.policy.forms import row_forms
from procurement.policy.models import PolicyVersion
from procurement.policy.queries import current_policy
from procurement.policy.services import issue_policy
from procurement.reviews.models import Review
from procurement.reviews.queries import policy_of, requirement_checks
from tests.factories.stories import FIRST_DAY, approved, cast_of, drafted
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def typed(**changes) -> dict[str, object]:
    """What the form sends when nothing but these is changed."""
    policy = current_policy()
    sent: dict[str, object] = {"based_on": policy.version, "note": "Agreed in the risk committee."}
    for form in row_forms(policy):
        for name, field in form.fields.items():
            if field.initial not in (False, [], None):
                sent[form.add_prefix(name)] = field.initial
    return {**sent, **changes}


def rows(**changed) -> list[dict]:
    """The rows that ship, one of them with these parameters."""
    return [
        {**row, "parameters": {**row["parameters"], **changed}} if row["key"] == "soc2_type2_current" else row
        for row in DEFAULT_ROWS
    ]


def issue(by, rows, based_on=1, note="Agreed."):
    return issue_policy(rows=rows, based_on=based_on, note=note, by=by, now=clock.now())


def test_everybody_who_works_by_it_reads_it_in_words(reviewer, approver, auditor, administrator, requester):
    for person in (reviewer, approver, auditor, administrator):
        page = staff_client(person).get("/policy/").text
        assert "Policy, version 1" in page
        assert "Counts for, in months after the period" in page
        assert "Internal, Confidential, Personal, Health, Cardholder, US federal" in page
        assert ("Issue a version" in page) is (person == administrator) is can_issue(person)
    assert staff_client(requester).get("/policy/").status_code == 403


@pytest.mark.slow
def test_an_administrator_issues_the_next_version_and_the_earlier_one_stays_readable(administrator, auditor):
    client = staff_client(administrator)
    assert client.get("/policy/new/").status_code == 200
    change = {"soc2_type2_current-current_months": 9, "auditor_checked-tiers": ["1", "2"]}
    answer = client.post("/policy/new/", typed(**change, **{"exceptions_decided-waivable": "on"}))
    assert answer.headers["Location"] == "/policy/"
    policy = current_policy()
    assert (policy.version, policy.currency_rules().current_months) == (2, 9)
    assert policy.row("exceptions_decided").waivable
    assert policy.row("auditor_checked").applies_to.tiers == {1, 2}
    page = staff_client(auditor).get("/policy/").text
    assert "Agreed in the risk committee." in page
    assert "Tier 1, Tier 2" in page
    before = staff_client(auditor).get("/policy/1/").text
    assert "Superseded" in before
    assert "after the period&#x27;s end: <b>12</b>" in before
    assert staff_client(auditor).get("/policy/7/").status_code == 404
    entry = entries_on("policy", 2).get()
    assert (entry.verb, entry.actor_label) == ("policy.issued", "Mei Okafor")
    assert (
        "changed: Current SOC 2 Type II report, Every exception has a decision of ours, Auditor firm" in entry.sentence
    )


def test_a_form_sent_as_it_stands_changes_nothing(administrator):
    page = staff_client(administrator).post("/policy/new/", typed())
    assert "Nothing is changed, so there is no version to issue." in page.text
    assert PolicyVersion.objects.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"note": ""}, "Say why the policy changes."),
        ({"soc2_type2_current-current_months": 0}, "Write 1 or more."),
        ({"soc2_type2_current-current_months": ""}, "Fill this in."),
        ({"opinion-data_classes": ["weather"]}, "“weather” is none of these."),
        ({"based_on": 7}, "Version 1 was issued since you opened the page."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_issued(administrator, change, sentence):
    page = staff_client(administrator).post("/policy/new/", typed(**{"period_length-flag_under_months": 4, **change}))
    assert page.status_code == 200
    assert sentence in page.text
    assert PolicyVersion.objects.count() == 1


def test_the_act_says_what_the_rules_cannot_read(administrator):
    for wrong, sentence in (
        ([{"key": "horoscope"}], "There is no rule named 'horoscope'."),
        (rows(current_months=0), "has to be a whole number above 0"),
        ([{**DEFAULT_ROWS[0], "waivable": True}], "The row 'nda_in_force' is never waived."),
    ):
        with pytest.raises(Refused) as refused:
            issue(administrator, wrong)
        assert sentence in str(refused.value)
    with pytest.raises(Refused, match="Say why"):
        issue(administrator, rows(current_months=9), note=" ")


def test_nobody_else_issues_one(reviewer, approver, auditor, requester):
    for person in (reviewer, approver, auditor, requester):
        with pytest.raises(NotAllowed):
            issue(person, rows(current_months=9))
        assert staff_client(person).get("/policy/new/").status_code == 403


@pytest.mark.slow
def test_an_undecided_review_goes_by_the_newest_and_a_decided_one_stays_as_decided(administrator):
    cast = cast_of()
    story, review = drafted(cast)
    _other, decided = approved(cast, replace(story.plot, vendor="Osierpay", domain="o.example"))
    issue(administrator, [row for row in rows() if row["key"] != "scope_fit"] + [_stricter("scope_fit")])
    assert policy_of(review).version == 2
    assert policy_of(Review.objects.get(pk=decided.pk)).version == 1
    assert len(requirement_checks(review, FIRST_DAY)) == len(DEFAULT_ROWS)
    story.submit(review, FIRST_DAY)
    memo_content = Review.objects.get(pk=review.pk).decision.frozen
    assert memo_content["policy_version"] == 2


def _stricter(key: str) -> dict:
    return {**next(row for row in DEFAULT_ROWS if row["key"] == key), "waivable": False}
