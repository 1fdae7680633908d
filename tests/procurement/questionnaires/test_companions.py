"""Further fields beside an answer: filled in, kept, told in every place where the answer stands."""

import pytest
from django.test import Client

from procurement.decisions.questionnaire_content import questionnaires_content
from procurement.questionnaires import services
from procurement.questionnaires.companions import read_companions
from procurement.questionnaires.content import filled, version_content
from procurement.questionnaires.content_check import problems_in
from procurement.questionnaires.content_hash import sha256_of
from procurement.questionnaires.models import Assessment, Question
from tests.factories.questionnaires import content, published, question
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, days, page_of
from tests.procurement.questionnaires.typing_in import question_form
from vendors.calendar import clock
from vendors.people.actors import Refused

OWNER = {"key": "owner", "title": "Who owns the control", "kind": "single", "options": ["We", "You", "Both"]}
HOW = {"key": "how", "title": "Description", "kind": "long_text", "required": True}
LINE = {"key": "line", "title": "In a word", "kind": "short_text"}
ASKED = content(question("A-1", companions=[OWNER, HOW, LINE]), question("A-2"))


@pytest.fixture
def assessment(asked, jonah) -> Assessment:
    return asked.send(jonah, DUE, FIRST_DAY, version=published(ASKED))


def form_for(assessment: Assessment, ref: str = "A-1", value: str = "yes", **beside: str) -> dict[str, str]:
    answer = answer_to(assessment, ref)
    name = f"a{answer.pk}"
    fields = {f"{name}-c-{key}": text for key, text in beside.items()}
    return {f"{name}-value": value, f"{name}-comment": "", f"{name}-revision": str(answer.revision), **fields}


def save_one(portal: Client, assessment: Assessment, **beside: str):
    return portal.post(
        page_of(assessment, f"answers/{answer_to(assessment, 'A-1').pk}/"), form_for(assessment, **beside)
    )


@pytest.mark.slow
def test_what_is_filled_in_is_kept_with_its_revision_and_read_by_the_reviewer(portal, ines, assessment, of_review):
    form = form_for(assessment, owner="Both", how="With\r\nkeys.", line="") | form_for(assessment, "A-2")
    page = portal.post(page_of(assessment), form, follow=True).text
    assert "2 of 2 answered" in page
    kept = answer_to(assessment, "A-1")
    assert kept.companions == {"owner": "Both", "how": "With\nkeys."}
    assert kept.revisions.get().companions == kept.companions
    again = portal.post(page_of(assessment), form | form_for(assessment, owner="Both", how="With\nkeys."), follow=True)
    assert (again.status_code, answer_to(assessment, "A-1").revision) == (200, 1)
    signed = {"signer_name": "Jonah Pell", "signer_title": "CISO", "states": "on"}
    portal.post(page_of(assessment, "submit/"), signed)
    read = " ".join(ines.get(of_review(assessment)).text.split())
    assert "Who owns the control:</span> Both" in read
    assert "With<br>keys." in read


def test_a_field_that_has_to_be_filled_in_is_told_as_missing(portal, assessment):
    portal.post(page_of(assessment), form_for(assessment, owner="We"))
    assert not answer_to(assessment, "A-1").is_whole
    assert "Fill in “Description” too." in portal.get(page_of(assessment, "submit/")).text
    portal.post(page_of(assessment), form_for(assessment, value="no"))
    assert answer_to(assessment, "A-1").companions == {"owner": "We"}
    portal.post(page_of(assessment), form_for(assessment, value="no", owner="", how=""))
    assert answer_to(assessment, "A-1").companions == {}


def test_autosave_keeps_them_and_a_late_save_is_told_with_both(portal, assessment, jonah):
    assert save_one(portal, assessment, owner="We", how="Mine.").status_code == 200
    stale = form_for(assessment, owner="You", how="Late.")
    services.save_answers(
        assessment=assessment,
        given=[
            services.Given(
                answer_id=answer_to(assessment, "A-1").pk,
                revision=1,
                value="yes",
                comment="",
                companions={"owner": "We", "how": "Theirs."},
            )
        ],
        by=jonah.user,
        now=clock.now(),
    )
    address = page_of(assessment, f"answers/{answer_to(assessment, 'A-1').pk}/")
    clash = portal.post(address, stale)
    assert clash.status_code == 409
    assert "Theirs." in clash.text
    assert "Late." in clash.text
    both = portal.post(address, stale | {"merge": "1"}).text
    assert "Theirs.\n\nLate." in both
    assert '<option value="You" selected>' in both
    assert answer_to(assessment, "A-1").companions["how"] == "Theirs."


def test_who_knows_of_no_further_fields_leaves_them_as_they_are(portal, assessment, jonah):
    save_one(portal, assessment, owner="We", how="Mine.")
    given = services.Given(answer_id=answer_to(assessment, "A-1").pk, revision=1, value="no", comment="Not now.")
    services.save_answers(assessment=assessment, given=[given], by=jonah.user, now=clock.now())
    kept = answer_to(assessment, "A-1")
    assert (kept.value, kept.companions) == ("no", {"owner": "We", "how": "Mine."})


@pytest.mark.parametrize(
    ("beside", "sentence"),
    [
        ({"owner": "Nobody"}, "Choose from the list."),
        ({"line": "x" * 301}, "Write 300 characters at most. These are 301."),
    ],
)
def test_what_a_field_does_not_take_is_refused_beside_it(portal, assessment, beside, sentence):
    answer = save_one(portal, assessment, **beside)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert answer_to(assessment, "A-1").revision == 0


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"owner": "Nobody"}, "Choose from the list: Who owns the control."),
        ({"line": "two\nlines"}, "Write it in one line."),
        ({"how": 3}, "Write it in words."),
        ({"how": "x" * 8001}, "At most 8000 characters."),
        ({"other": "x"}, "A-1 has no field “other”."),
    ],
)
def test_a_program_is_told_the_same(given, sentence):
    asked = Question(ref="A-1", companions=[OWNER, HOW, LINE])
    with pytest.raises(Refused) as refusal:
        read_companions(asked, given)
    assert str(refusal.value) == sentence
    assert refusal.value.field == f"c-{next(iter(given))}"


@pytest.mark.slow
def test_last_years_fields_come_back_and_a_change_in_one_is_a_change(portal, asked, jonah, assessment):
    form = form_for(assessment, owner="Both", how="With keys.") | form_for(assessment, "A-2")
    portal.post(page_of(assessment), form)
    asked.submit(assessment, jonah, FIRST_DAY)
    asked.complete(assessment, FIRST_DAY)
    now = asked.send(jonah, DUE, days(1), version=assessment.version)
    assert "Both" in portal.get(page_of(now)).text
    portal.post(page_of(now), {"go": f"confirm:{answer_to(now, 'A-1').pk}"})
    assert answer_to(now, "A-1").companions == {"owner": "Both", "how": "With keys."}
    portal.post(page_of(now), form_for(now, owner="We", how="With keys.") | form_for(now, "A-2"))
    asked.submit(now, jonah, days(1))
    (memo,) = [each for each in questionnaires_content(asked.review) if each["since_last_year"]]
    assert (memo["since_last_year"]["changed"], memo["since_last_year"]["unchanged"]) == (1, 1)
    beside = {each["ref"]: each["beside"] for each in memo["answers"]}
    assert {"title": "Who owns the control", "text": "We"} in beside["A-1"]


@pytest.mark.slow
def test_what_a_field_no_longer_takes_does_not_come_back(portal, asked, jonah, assessment):
    portal.post(page_of(assessment), form_for(assessment, owner="Both", how="Keys.") | form_for(assessment, "A-2"))
    asked.submit(assessment, jonah, FIRST_DAY)
    asked.complete(assessment, FIRST_DAY)
    fewer = content(question("A-1", companions=[{**OWNER, "options": ["We", "You"]}, HOW])) | {"number": 2}
    now = asked.send(jonah, DUE, days(1), version=published(fewer))
    portal.post(page_of(now), {"go": f"confirm:{answer_to(now, 'A-1').pk}"})
    assert answer_to(now, "A-1").companions == {"how": "Keys."}


@pytest.mark.django_db
def test_content_without_further_fields_keeps_its_hash_and_with_them_comes_back_exactly():
    plain = filled(content(question("A-1")))
    assert "companions" not in plain["sections"][0]["questions"][0]
    empty = filled(content(question("A-1", companions=[])))
    assert sha256_of(plain) == sha256_of(empty)
    version = published(ASKED)
    assert version_content(version) == filled(ASKED)
    assert version.sha256 == sha256_of(version_content(version))


@pytest.mark.parametrize(
    ("differs", "problem"),
    [
        ({"companions": ["x"]}, "a further field has key, title, kind, options and required"),
        ({"companions": [{**OWNER, "more": 1}]}, "a further field has key, title, kind, options and required"),
        ({"companions": [OWNER, {**HOW, "key": "owner"}]}, "two further fields have the same key"),
        ({"companions": [{**LINE, "key": "a b"}]}, "the key of a further field is made of"),
        ({"companions": [{**LINE, "title": " "}]}, "give a further field a title"),
        ({"companions": [{**LINE, "kind": "number"}]}, "is of the kind single, short_text or long_text"),
        ({"companions": [{**LINE, "required": "yes"}]}, "“required” of a further field is true or false"),
        ({"companions": [{**OWNER, "options": []}]}, "of the kind single has choices"),
        ({"companions": [{**LINE, "options": ["A"]}]}, "of the kind single has choices"),
        ({"companions": [{**OWNER, "options": ["A", 2]}]}, "the choices of a further field are texts"),
        ({"companions": [{**OWNER, "options": ["A", "A"]}]}, "each choice of a further field stands once"),
        ({"companions": [{**LINE, "key": f"k{n}"} for n in range(9)]}, "it has at most 8 further fields"),
        ({"companions": [LINE], "kind": "info"}, "a text to read has no further fields"),
        ({"companions": {}}, "“companions” is of another type"),
    ],
)
def test_content_with_a_wrong_field_is_told(differs, problem):
    given = content({**question("A-1"), **differs}, question("A-2"))
    assert any(problem in each for each in problems_in(given))


@pytest.mark.slow
def test_a_reviewer_writes_further_fields_into_a_draft(ines, cast):
    draft = services.draft_from(content=ASKED | {"questionnaire": "drafted"}, by=cast.reviewer, now=clock.now())
    address = f"/questionnaires/versions/{draft.pk}/questions/{draft.sections.get().questions.get(ref='A-2').pk}/"
    rows = {
        "companion-0-title": "Who owns the control",
        "companion-0-kind": "single",
        "companion-0-options": "We; You; We",
        "companion-1-title": "Description",
        "companion-1-kind": "long_text",
        "companion-1-required": "on",
    }
    assert ines.post(address, question_form(ines, address, **rows)).status_code == 302
    kept = draft.sections.get().questions.get(ref="A-2").companions
    assert [(each["key"], each["kind"], each["options"], each["required"]) for each in kept] == [
        ("who-owns-the-control", "single", ["We", "You"], False),
        ("description", "long_text", [], True),
    ]
    assert "Further fields: Who owns the control, Description" in ines.get(draft.get_absolute_url()).text
    for changes, sentence in (
        ({"companion-1-kind": "single"}, "Name the choices, parted by ;"),
        ({"companion-1-options": "A; B"}, "Only a list has choices."),
    ):
        page = ines.post(address, question_form(ines, address, **changes))
        assert sentence in page.text
    assert draft.sections.get().questions.get(ref="A-2").companions == kept
