"""Each kind of question through the portal without a script, to the reviewer's page."""

import pytest

from procurement.questionnaires.models import Assessment
from tests.factories.questionnaires import every_kind, published
from tests.factories.vault import upload
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, days, page_of
from vendors.vault.models import StoredFile

GIVEN: dict[str, dict[str, object]] = {
    "YN": {"value": "yes"},
    "YPN": {"value": "not_applicable", "comment": "There is none."},
    "ONE": {"value": "own", "comment": "In Cork."},
    "MANY": {"value": ["app", "key"]},
    "LINE": {"value": "One line"},
    "TEXT": {"value": "Two\r\nlines"},
    "DAYS": {"value": "31"},
    "WHY": {"value": "Libraries take longer."},
    "DATE": {"value": "2026-06-30"},
    "TEST": {"from": "2026-01-01", "to": "2026-03-31"},
    "FIRMS": {"r0-name": "Acme", "r0-country": "Ireland", "r1-name": ""},
    "PLACES": {"value": "Germany, usa"},
    "USA": {"value": "no", "comment": "Not yet."},
    "WHO": {"name": "Jo Pell", "email": "jo@quillhaven.example"},
}
KEPT = {
    "YPN": None,
    "MANY": ["app", "key"],
    "TEXT": "Two\nlines",
    "DAYS": 31,
    "TEST": {"from": "2026-01-01", "to": "2026-03-31"},
    "FIRMS": [{"name": "Acme", "country": "Ireland"}],
    "PLACES": ["DE", "US"],
    "WHO": {"name": "Jo Pell", "email": "jo@quillhaven.example", "role": "", "phone": ""},
}
READ = (
    "Not applicable.",
    "Own.",
    "App, Key.",
    "31 days",
    "30 June 2026",
    "Germany, United States",
    "Ireland",
    "Jo Pell",
)
SIGNED = {"signer_name": "Jonah Pell", "signer_title": "Security lead", "states": "on"}


@pytest.fixture
def assessment(asked, jonah) -> Assessment:
    return asked.send(jonah, DUE, FIRST_DAY, version=published(every_kind()))


def form_of(assessment: Assessment, given: dict[str, dict[str, object]]) -> dict[str, object]:
    form: dict[str, object] = {}
    for ref, fields in given.items():
        answer = answer_to(assessment, ref)
        form |= {f"a{answer.pk}-{name}": value for name, value in fields.items()}
        form[f"a{answer.pk}-revision"] = answer.revision
    return form


def proof(assessment: Assessment) -> str:
    return page_of(assessment, f"answers/{answer_to(assessment, 'PROOF').pk}/attach/")


@pytest.mark.slow
def test_every_kind_is_answered_submitted_and_read(portal, ines, assessment, of_review):
    page = portal.post(page_of(assessment), form_of(assessment, GIVEN), follow=True)
    assert "Saved. 14 of 15 answered." in page.text
    assert {ref: answer_to(assessment, ref).value for ref in KEPT} == KEPT
    again = portal.post(page_of(assessment), form_of(assessment, GIVEN), follow=True)
    assert "Saved. 14 of 15 answered." in again.text
    assert answer_to(assessment, "FIRMS").revision == 1

    portal.post(proof(assessment), {"file": upload(name="letter.pdf"), "kind": "penetration_test", "as_of": days(-30)})
    portal.post(page_of(assessment, "submit/"), SIGNED)
    read = ines.get(of_review(assessment)).text
    assert [words for words in READ if words not in read] == []
    assert "letter.pdf" in read
    assert "Letter on a penetration test, of 2 Aug 2026, 1 page." in " ".join(read.split())


def test_what_cannot_be_stands_beside_its_question_and_nothing_is_kept(portal, assessment):
    wrong = {"DAYS": {"value": "400"}, "PLACES": {"value": "Atlantis"}, "LINE": {"value": "fine"}}
    page = portal.post(page_of(assessment), form_of(assessment, wrong))
    assert page.status_code == 422
    assert "Write a number from 0 to 365." in page.text
    assert "We do not know the country “Atlantis”." in page.text
    assert answer_to(assessment, "LINE").revision == 0


def test_not_applicable_needs_its_reason(portal, assessment):
    portal.post(page_of(assessment), form_of(assessment, {"MANY": {"na": "on", "value": ["app"]}}))
    answer = answer_to(assessment, "MANY")
    assert (answer.value, answer.is_not_applicable, answer.is_whole) == (None, True, False)
    portal.post(page_of(assessment), form_of(assessment, {"MANY": {"na": "on", "comment": "No staff."}}))
    assert answer_to(assessment, "MANY").is_whole


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "policy", "as_of": days(-1)}, "Choose one of the list."),
        ({"kind": "penetration_test"}, "Choose a day."),
        ({"kind": "penetration_test", "as_of": days(1)}, "The date of the document is still to come."),
        ({"kind": "penetration_test", "as_of": days(-400)}, "The document is too old."),
    ],
)
def test_a_file_of_another_kind_or_age_is_refused(portal, assessment, fields, sentence):
    page = portal.post(proof(assessment), {"file": upload(), **fields})
    assert page.status_code == 422
    assert sentence in page.text
    assert not StoredFile.objects.filter(purpose="answer").exists()


@pytest.mark.slow
def test_both_answers_are_put_together_without_a_script(portal, assessment):
    stale = form_of(assessment, {"LINE": {"value": "Mine.", "comment": "My reason."}})
    portal.post(page_of(assessment), form_of(assessment, {"LINE": {"value": "Theirs.", "comment": "Their reason."}}))
    pk = answer_to(assessment, "LINE").pk
    clash = portal.post(page_of(assessment), stale)
    assert clash.status_code == 409
    assert "Put both together" in clash.text
    page = portal.post(page_of(assessment), {**stale, f"a{pk}-revision": 1, "merge": pk})
    assert page.status_code == 200
    assert 'value="Theirs. Mine."' in page.text
    assert "Their reason.\n\nMy reason." in page.text
    assert answer_to(assessment, "LINE").value == "Theirs."
