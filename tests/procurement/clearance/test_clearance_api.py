"""The one question of other programs: may this data go to this vendor today?"""

from dataclasses import replace

import pytest
import time_machine

from procurement.demo.seeding import QUILLHAVEN
from procurement.demo.story import Story
from tests.factories.directory import make_vendor
from tests.factories.engagements import make_engagement
from tests.factories.stories import FIRST_DAY, approved, cast_of
from tests.factories.tokens import program_of

pytestmark = pytest.mark.django_db
NO_VENDOR = "No vendor of this id, name or domain is on file."


@pytest.fixture
def cast():
    return cast_of()


@pytest.fixture
def ask(cast):
    """Asks with a requester's token that reads, the day after the approval."""
    with time_machine.travel("2026-09-02T12:00:00+02:00", tick=False):
        program = program_of(cast.requester, "read")
        yield lambda **question: program.get("/api/v1/clearance/", question)


@pytest.fixture
def review(cast):
    return approved(cast, QUILLHAVEN)[1]


def test_cleared_says_until_when_for_which_use_and_why(review, ask):
    assert ask(vendor="quillhaven.example", data="personal").json() == {
        "cleared": True,
        "until": "2027-06-30",
        "engagement": review.engagement_id,
        "reasons": ["The report counts until 30 Jun 2027."],
        "policy_version": 1,
    }


@pytest.mark.parametrize("name", ["Quillhaven", "quillHAVEN", "https://www.quillhaven.example/trust", "pk"])
def test_a_vendor_is_known_by_id_name_or_domain(review, ask, name):
    vendor = str(review.vendor_id) if name == "pk" else name
    assert ask(vendor=vendor, data="personal").json()["cleared"] is True


@pytest.mark.parametrize("unknown", ["999999", "9" * 60, "Nobody Ltd", "nobody.example", "ü", "http://[", "٣"])
def test_an_unknown_vendor_is_not_cleared(review, ask, unknown):
    answer = ask(vendor=unknown, data="personal").json()
    assert (answer["cleared"], answer["until"], answer["engagement"]) == (False, None, None)
    assert answer["reasons"] == [NO_VENDOR]


def test_data_that_no_engagement_lists_is_not_cleared(review, ask):
    answer = ask(vendor="Quillhaven", data="health").json()
    assert (answer["cleared"], answer["reasons"]) == (False, ["No approved engagement lists this data."])


def test_a_word_that_is_no_class_of_data_is_not_cleared(review, ask):
    answer = ask(vendor="Quillhaven", data="secret").json()
    assert answer["cleared"] is False
    assert answer["reasons"][0].startswith("“secret” is no class of data. The classes are: public, ")


def test_for_one_use_only_that_use_counts(review, ask, cast):
    other = Story(replace(QUILLHAVEN, title="Payroll", contact="Mei Aldous", conditions=()), cast).ask(FIRST_DAY)
    asked = {"vendor": "Quillhaven", "data": "personal"}
    assert ask(**asked, engagement=review.engagement_id).json()["cleared"] is True
    assert ask(**asked, engagement=other.engagement_id).json()["cleared"] is False


def test_another_vendors_use_is_answered_like_one_that_is_not_there(review, ask, cast):
    foreign = make_engagement(make_vendor("Tarn Ledger"), by=cast.requester)
    asked = {"vendor": "Quillhaven", "data": "personal"}
    theirs, nothing = (ask(**asked, engagement=pk).json() for pk in (foreign.pk, 999_999))
    assert theirs == nothing
    assert theirs["reasons"] == ["The vendor has no engagement of this id."]


@pytest.mark.parametrize("question", [{}, {"vendor": "1"}, {"data": "personal"}, {"vendor": "", "data": ""}])
def test_half_a_question_is_refused_by_name(review, ask, question):
    answer = ask(**question)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"vendor", "data"} - {name for name, value in question.items() if value}


def test_a_misspelt_parameter_does_not_widen_the_question(review, ask):
    answer = ask(vendor="Quillhaven", data="personal", engagment=review.engagement.pk)
    assert answer.status_code == 400
    assert answer.json()["errors"]["engagment"] == [
        "There is no such parameter here. There are: vendor, data, engagement."
    ]


def test_an_engagement_that_is_no_number_is_refused(review, ask):
    assert ask(vendor="1", data="personal", engagement="all").json()["errors"].keys() == {"engagement"}


def test_whoever_keeps_people_and_keys_does_not_ask(db, administrator):
    answer = program_of(administrator).get("/api/v1/clearance/", {"vendor": "1", "data": "public"})
    assert answer.status_code == 403
