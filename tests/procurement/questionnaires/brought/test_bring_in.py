"""A reviewer brings in what the vendor publishes or mails: it says where it came from, is looked at first, taken in at
once, thrown away or undone."""

import pytest

from procurement.questionnaires.models import AnswerImport, AnswerRevision
from tests.factories.workbooks import filled_in
from tests.procurement.questionnaires.brought.bringing_in import (
    SOURCE,
    finished,
    form_of,
    groups,
    looked_at,
    taken_in,
    up,
)
from tests.procurement.questionnaires.conftest import answer_to, page_of, typed
from tests.procurement.questionnaires.offline.bringing import words_of
from vendors.ledger.queries import entries_on


def test_the_questionnaires_page_leads_there_while_the_vendor_has_it(ines, bring, of_review, assessment):
    assert bring in ines.get(of_review(assessment)).text
    page = ines.get(bring).text
    assert "Where it came from" in page
    assert of_review(assessment, "workbook.xlsx") in page


def test_once_submitted_nothing_is_brought_in(ines, submitted, of_review):
    bring = of_review(submitted, "bring/")
    assert bring not in ines.get(of_review(submitted)).text
    assert ines.get(bring).status_code == 409
    refused = up(ines, bring, b"x")
    assert refused.status_code == 409
    assert "This questionnaire is submitted." in words_of(refused)
    assert not AnswerImport.objects.exists()


@pytest.mark.slow
def test_a_finished_questionnaire_is_shown_first_and_saved_when_it_is_taken_in(ines, bring, waiting, assessment):
    assert (waiting.received_from, waiting.origin, waiting.begun_by) == (SOURCE, "foreign", "Ines Varga")
    assert groups(ines, bring, waiting)["new"] == ["GO-1", "OP-2"]
    assert "45 days for libraries." in ines.get(f"{bring}{waiting.pk}/").text
    assert answer_to(assessment, "GO-1").value is None

    page = ines.post(f"{bring}{waiting.pk}/", form_of(ines, bring, waiting), follow=True)
    assert "2 answers came from caiq.xlsx." in words_of(page)
    kept = answer_to(assessment, "OP-2")
    assert (kept.value, kept.comment, kept.revision) == ("no", "45 days for libraries.", 1)
    revision = AnswerRevision.objects.get(answer=kept)
    assert (revision.by, revision.source) == ("Ines Varga", waiting)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.taken, waiting.reading) == ("applied", 2, {})


@pytest.mark.slow
def test_the_ledger_says_from_where_at_every_step(ines, bring, waiting, assessment):
    taken_in(ines, bring, waiting)
    ines.post(f"{bring}{waiting.pk}/undo/")
    entries = list(entries_on("assessment", assessment.pk))
    assert [entry.verb for entry in entries[:4]] == [
        "answers_file.undone",
        "answers_file.applied",
        "questionnaire.begun",
        "answers_file.read",
    ]
    assert entries[1].sentence.endswith(f"2 answers taken from caiq.xlsx; it came from: {SOURCE}")
    assert entries[1].details == {"sha256": waiting.sha256, "received_from": SOURCE}
    assert entries[2].sentence.endswith("the first answers of Quillhaven were brought in from caiq.xlsx")
    assert {entry.actor_label for entry in entries[:4]} == {"Ines Varga"}


def test_without_saying_where_it_came_from_it_is_refused(ines, bring, assessment):
    data = finished(assessment, {"GO-1": "Yes"})
    for source, told in (
        ("", "Say where the file came from"),
        (" \t ", "Say where the file came from"),
        ("x" * 201, "at most 200 characters"),
    ):
        refused = up(ines, bring, data, source=source)
        assert refused.status_code == 422
        assert told in words_of(refused)
    assert not AnswerImport.objects.exists()


def test_a_source_stands_on_one_line(ines, bring, assessment):
    job = looked_at(ines, bring, finished(assessment, {"GO-1": "Yes"}), source="By e-mail\r\nfrom  Jonah Pell")
    assert job.received_from == "By e-mail from Jonah Pell"


def test_a_file_that_cannot_be_read_is_refused_beside_its_field(ines, bring):
    refused = up(ines, bring, b"hello", name="notes.csv")
    assert refused.status_code == 422
    assert "No answer was found in this file." in words_of(refused)


@pytest.mark.slow
def test_our_own_workbook_that_was_mailed_back_goes_the_same_way(ines, bring, of_review, assessment):
    blank = b"".join(ines.get(of_review(assessment, "workbook.xlsx")))
    job = looked_at(
        ines, bring, filled_in(blank, {"GO-1": "Yes", "GO-2": "Perhaps"}), source="By e-mail from Jonah Pell"
    )
    assert job.origin == "own"
    assert groups(ines, bring, job)["unknown"] == ["GO-2"]
    page = words_of(ines.get(f"{bring}{job.pk}/"))
    assert "Bring another file, or let a contact of the vendor answer them in the portal." in page
    taken_in(ines, bring, job)
    assert answer_to(assessment, "GO-1").value == "yes"


@pytest.mark.slow
def test_rows_are_left_out_or_taken_one_by_one(ines, bring, waiting, assessment):
    taken_in(ines, bring, waiting, leave=[answer_to(assessment, "OP-2").pk])
    assert [answer_to(assessment, ref).value for ref in ("GO-1", "OP-2")] == ["yes", None]
    again = looked_at(ines, bring, finished(assessment, {"GO-1": ("No", "After all not."), "OP-2": "Yes"}))
    assert groups(ines, bring, again) == {"conflict": ["GO-1"], "new": ["OP-2"]}
    taken_in(ines, bring, again, take=[answer_to(assessment, "GO-1").pk])
    assert [answer_to(assessment, ref).value for ref in ("GO-1", "OP-2")] == ["no", "yes"]


def test_nothing_chosen_is_refused(ines, bring, waiting, assessment):
    leave = [answer_to(assessment, ref).pk for ref in ("GO-1", "OP-2")]
    page = taken_in(ines, bring, waiting, leave=leave)
    assert page.status_code == 422
    assert "Nothing is chosen." in words_of(page)


@pytest.mark.slow
def test_what_a_contact_answered_since_the_page_was_shown_stops_the_act(ines, portal, bring, waiting, assessment):
    form = form_of(ines, bring, waiting)
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "no", "Not yet."))
    page = ines.post(f"{bring}{waiting.pk}/", form)
    assert page.status_code == 409
    assert "Meanwhile somebody answered in the portal: GO-1. Nothing was saved" in words_of(page)
    assert [answer_to(assessment, ref).value for ref in ("GO-1", "OP-2")] == ["no", None]


@pytest.mark.slow
def test_thrown_away_it_changes_nothing_and_cannot_be_taken_in(ines, bring, waiting, assessment):
    form = form_of(ines, bring, waiting)
    page = ines.post(f"{bring}{waiting.pk}/discard/", follow=True)
    assert "Thrown away. Nothing was changed." in words_of(page)
    assert ines.post(f"{bring}{waiting.pk}/", form)["Location"] == bring
    assert ines.post(f"{bring}{waiting.pk}/discard/").status_code == 409
    assert answer_to(assessment, "GO-1").value is None


@pytest.mark.slow
def test_a_second_file_takes_the_place_of_one_that_waits(ines, bring, waiting, assessment):
    looked_at(ines, bring, finished(assessment, {"GO-1": "Yes"}), name="newer.xlsx")
    waiting.refresh_from_db()
    assert waiting.state == "discarded"
    assert "newer.xlsx waits for your decision." in words_of(ines.get(bring))


@pytest.mark.slow
def test_undo_gives_back_what_stood_before(ines, bring, waiting, assessment):
    taken_in(ines, bring, waiting)
    assert "Undo : caiq.xlsx" in words_of(ines.get(bring))
    page = ines.post(f"{bring}{waiting.pk}/undo/", follow=True)
    assert "2 answers say again what they said before." in words_of(page)
    kept = answer_to(assessment, "GO-1")
    assert (kept.value, kept.revision, kept.brought_with) == (None, 2, None)
    assert ines.post(f"{bring}{waiting.pk}/undo/").status_code == 409


@pytest.mark.slow
def test_undo_is_refused_once_a_contact_changed_an_answer(ines, portal, bring, waiting, assessment):
    taken_in(ines, bring, waiting)
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "no", "After all not."))
    page = ines.post(f"{bring}{waiting.pk}/undo/", follow=True)
    assert "Meanwhile somebody answered in the portal: GO-1." in words_of(page)
    assert answer_to(assessment, "OP-2").value == "no"


@pytest.mark.slow
def test_undo_gives_back_the_file_that_was_brought_in_before(ines, bring, waiting, assessment):
    taken_in(ines, bring, waiting)
    newer = looked_at(ines, bring, finished(assessment, {"GO-1": ("No", "After all not.")}), name="newer.xlsx")
    taken_in(ines, bring, newer, rule="file")
    ines.post(f"{bring}{newer.pk}/undo/")
    kept = answer_to(assessment, "GO-1")
    assert (kept.value, kept.brought_with) == ("yes", waiting)


@pytest.mark.slow
def test_files_that_it_names_are_the_contacts_to_send(ines, portal, bring, of_review, assessment):
    blank = b"".join(ines.get(of_review(assessment, "workbook.xlsx")))
    given = {"GO-2": {"answer": "Yes", "evidence": "policy.pdf"}}
    job = looked_at(ines, bring, filled_in(blank, given))
    page = ines.get(f"{bring}{job.pk}/")
    assert "The vendor's contacts send them in the portal" in words_of(page)
    assert "/attach/" not in page.text
    taken_in(ines, bring, job)
    assert "GO-2 policy.pdf" in words_of(ines.get(bring))
    assert "/attach/" in portal.get(page_of(assessment, "offline/")).text
