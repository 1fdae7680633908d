"""A workbook goes out, is filled in somewhere else, and comes back: what it would change is shown, then taken in."""

import pytest

from procurement.questionnaires.models import AnswerImport, AnswerRevision
from tests.factories.contacts import make_contact, signed_in
from tests.factories.vault import upload
from tests.factories.workbooks import changed_sheets, filled_in, opened, questions_of
from tests.procurement.questionnaires.conftest import FIRST_DAY, answer_to, page_of, typed
from tests.procurement.questionnaires.offline.bringing import (
    down,
    form_of,
    groups,
    looked_at,
    shown,
    taken_in,
    up,
    words_of,
)
from vendors.ledger.queries import entries_on


@pytest.mark.slow
def test_answers_are_shown_first_and_saved_when_they_are_taken_in(portal, assessment):
    data = filled_in(down(portal, assessment), {"GO-1": "Yes", "OP-2": {"answer": "No", "comment": "From March."}})
    job = looked_at(portal, assessment, data)
    assert groups(portal, job)["new"] == ["GO-1", "OP-2"]
    assert "From March." in shown(portal, job)
    assert answer_to(assessment, "GO-1").value is None

    page = portal.post(job.get_absolute_url(), form_of(portal, job), follow=True)
    assert "2 answers came from answers.xlsx." in words_of(page)
    kept = answer_to(assessment, "OP-2")
    assert (kept.value, kept.comment, kept.answered_by, kept.revision) == ("no", "From March.", "Jonah Pell", 1)
    assert AnswerRevision.objects.get(answer=kept).source == job
    job.refresh_from_db()
    assert (job.state, job.taken, job.reading) == ("applied", 2, {})
    entries = entries_on("assessment", assessment.pk)
    assert entries[0].sentence.endswith("2 answers taken from answers.xlsx")
    assert entries[0].details == {"sha256": job.sha256}
    assert "questionnaire.begun" in [entry.verb for entry in entries]


@pytest.mark.slow
def test_the_reviewer_reads_which_answers_came_with_a_workbook(portal, ines, of_review, asked, jonah, assessment):
    taken_in(portal, looked_at(portal, assessment, filled_in(down(portal, assessment), {"GO-1": "Yes", "GO-2": "Yes"})))
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-2"), "no", "Not since May."))
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.submit(assessment, jonah, FIRST_DAY)
    assert words_of(ines.get(of_review(assessment))).count("Came with the workbook answers.xlsx.") == 1


@pytest.mark.slow
def test_answers_given_already_stand_in_the_workbook_and_come_back_the_same(portal, assessment):
    portal.post(page_of(assessment), typed(answer_to(assessment, "AC-1"), "yes", "Passkeys."))
    job = looked_at(portal, assessment, filled_in(down(portal, assessment), {"GO-1": "Yes"}))
    found = groups(portal, job)
    assert (found["new"], "AC-1" in found["same"]) == (["GO-1"], True)
    taken_in(portal, job)
    assert answer_to(assessment, "AC-1").revision == 1


@pytest.mark.slow
def test_a_row_is_left_out_when_it_is_ticked(portal, assessment):
    job = looked_at(portal, assessment, filled_in(down(portal, assessment), {"GO-1": "Yes", "GO-2": "Yes"}))
    taken_in(portal, job, leave=[answer_to(assessment, "GO-2").pk])
    assert [answer_to(assessment, ref).value for ref in ("GO-1", "GO-2")] == ["yes", None]


@pytest.fixture
def both_sides(portal, assessment) -> AnswerImport:
    """AC-1 was answered in the portal after the workbook was made, GO-1 before; the workbook says otherwise to both,
    and GO-2 is new."""
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "no", "Not yet."))
    data = filled_in(
        down(portal, assessment),
        {"AC-1": "Yes", "GO-1": {"answer": "Yes", "comment": ""}, "GO-2": {"answer": "Partial", "comment": "Half."}},
    )
    dana = signed_in(make_contact(assessment.vendor, "Dana Holt"))
    dana.post(page_of(assessment), typed(answer_to(assessment, "AC-1"), "no", "Only passwords."))
    dana.post(page_of(assessment), typed(answer_to(assessment, "AC-2"), "yes"))
    return looked_at(portal, assessment, data)


def said(assessment) -> list[str | None]:
    return [answer_to(assessment, ref).value for ref in ("AC-1", "GO-1", "GO-2", "AC-2")]


@pytest.mark.slow
def test_what_was_answered_in_the_portal_since_is_a_conflict_and_stays(portal, assessment, both_sides):
    found = groups(portal, both_sides)
    assert (found["conflict"], found["changed"], found["new"]) == (["AC-1"], ["GO-1"], ["GO-2"])
    assert found["empty"] == ["AC-2"]
    page = shown(portal, both_sides)
    assert "Only passwords." in page
    assert "Dana Holt" in page
    taken_in(portal, both_sides)
    assert said(assessment) == ["no", "yes", "partial", "yes"]
    assert answer_to(assessment, "GO-1").comment == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "kept"),
    [("file", ["yes", "yes", "partial", "yes"]), ("portal", ["no", "no", "partial", "yes"])],
)
def test_or_one_side_wins_everywhere(portal, assessment, both_sides, rule, kept):
    taken_in(portal, both_sides, rule=rule)
    assert said(assessment) == kept


@pytest.mark.slow
def test_the_files_answer_is_taken_where_it_is_ticked(portal, assessment, both_sides):
    taken_in(portal, both_sides, take=[answer_to(assessment, "AC-1").pk])
    assert said(assessment) == ["yes", "yes", "partial", "yes"]


@pytest.mark.slow
def test_what_was_answered_since_the_page_was_shown_is_told_and_nothing_is_saved(portal, assessment):
    job = looked_at(portal, assessment, filled_in(down(portal, assessment), {"GO-1": "Yes", "GO-2": "Yes"}))
    form = form_of(portal, job)
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "no", "Not yet."))
    page = portal.post(job.get_absolute_url(), form)
    assert page.status_code == 409
    assert "Meanwhile somebody answered in the portal: GO-1. Nothing was saved" in words_of(page)
    assert [answer_to(assessment, ref).value for ref in ("GO-1", "GO-2")] == ["no", None]
    assert groups(portal, job)["conflict"] == ["GO-1"]
    again = {"rule": "ticked", "seen": page.context["form"]["seen"].value()}
    assert portal.post(job.get_absolute_url(), again).status_code == 302
    assert [answer_to(assessment, ref).value for ref in ("GO-1", "GO-2")] == ["no", "yes"]


@pytest.mark.slow
def test_a_form_that_was_tampered_with_saves_nothing(portal, assessment):
    job = looked_at(portal, assessment, filled_in(down(portal, assessment), {"GO-1": "Yes"}))
    for seen in ("", "x:y 1:", f"{answer_to(assessment, 'GO-1').pk}:{'9' * 30}"):
        assert portal.post(job.get_absolute_url(), {"rule": "ticked", "seen": seen}).status_code == 409
    assert portal.post(job.get_absolute_url(), form_of(portal, job, rule="mine")).status_code == 422
    assert portal.post(job.get_absolute_url(), form_of(portal, job, take=["x"])).status_code == 422
    assert answer_to(assessment, "GO-1").value is None


@pytest.mark.slow
def test_nothing_chosen_is_refused(portal, assessment):
    job = looked_at(portal, assessment, filled_in(down(portal, assessment), {"GO-1": "Yes"}))
    page = taken_in(portal, job, leave=[answer_to(assessment, "GO-1").pk])
    assert page.status_code == 422
    assert "Nothing is chosen." in words_of(page)


@pytest.mark.slow
def test_an_empty_cell_takes_nothing_away(portal, assessment):
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "no", "Not yet."))
    data = filled_in(down(portal, assessment), {"GO-1": {"answer": None, "comment": None}, "GO-2": "Yes"})
    job = looked_at(portal, assessment, data)
    assert groups(portal, job)["empty"] == ["GO-1"]
    taken_in(portal, job, rule="file")
    kept = answer_to(assessment, "GO-1")
    assert (kept.value, kept.comment, kept.revision) == ("no", "Not yet.", 1)


@pytest.mark.slow
def test_what_nobody_touched_in_the_file_leaves_the_newer_answer_alone(portal, assessment):
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "no", "Not yet."))
    data = filled_in(down(portal, assessment), {"GO-2": "Yes"})
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "yes", "Since today."))
    job = looked_at(portal, assessment, data)
    assert groups(portal, job)["newer"] == ["GO-1"]
    assert "Answered in the portal since (1)." in shown(portal, job)
    taken_in(portal, job, rule="file")
    assert answer_to(assessment, "GO-1").comment == "Since today."


def attach(portal, assessment, ref: str, name: str) -> None:
    address = page_of(assessment, f"answers/{answer_to(assessment, ref).pk}/attach/")
    assert portal.post(address, {"file": upload(name=name), "kind": "policy"}).status_code == 302


@pytest.mark.slow
def test_a_file_put_beside_the_answer_meanwhile_is_no_conflict(portal, assessment):
    data = filled_in(down(portal, assessment), {"GO-2": {"answer": "Yes", "evidence": "policy.pdf"}})
    attach(portal, assessment, "GO-2", "policy.pdf")
    assert answer_to(assessment, "GO-2").revision == 1
    job = looked_at(portal, assessment, data)
    assert groups(portal, job)["new"] == ["GO-2"]
    assert "Files that are named but not here" not in shown(portal, job)


@pytest.mark.slow
def test_a_revision_that_nobody_has_any_more_is_a_conflict(portal, assessment):
    """After an older backup was restored: the workbook knew more than the database does now."""
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "no", "Not yet."))
    assessment.answers.filter(question__ref="GO-1").update(revision=7)
    data = filled_in(down(portal, assessment), {"GO-1": "Yes"})
    assessment.answers.filter(question__ref="GO-1").update(revision=1)
    assert groups(portal, looked_at(portal, assessment, data))["conflict"] == ["GO-1"]


@pytest.mark.slow
def test_a_value_on_no_list_is_told_with_its_cell_and_what_is_allowed(portal, assessment):
    job = looked_at(portal, assessment, filled_in(down(portal, assessment), {"GO-1": "Perhaps", "GO-2": "Yes"}))
    page = shown(portal, job)
    assert "1 answer cannot be read" in page
    assert "Perhaps It is not on the list. Allowed: “Yes”, “Partial”, “No”, “Not applicable”." in page
    sheet, row = questions_of(opened(down(portal, assessment)))["GO-1"]
    assert f"{sheet.title}, E{row}" in page
    taken_in(portal, job)
    assert answer_to(assessment, "GO-1").value is None


SPELT = {
    "GO-1": ("Yes ", "yes"),
    "GO-2": ("YES", "yes"),
    "GO-3": ("Oui", "yes"),
    "GO-4": (True, "yes"),
    "AC-1": ("n", "no"),
    "AC-2": ("partially", "partial"),
}


@pytest.mark.slow
def test_what_was_pasted_over_the_list_is_understood_and_shown(portal, assessment):
    given = {ref: written for ref, (written, _kept) in SPELT.items()}
    job = looked_at(portal, assessment, filled_in(down(portal, assessment), given))
    page = shown(portal, job)
    for told in ("YES Yes 1", "Oui Yes 1", "TRUE Yes 1", "n No 1", "partially Partial 1"):
        assert told in page
    taken_in(portal, job)
    assert [answer_to(assessment, ref).value for ref in SPELT] == [kept for _written, kept in SPELT.values()]


@pytest.mark.slow
def test_i_do_not_know_never_becomes_not_applicable(portal, assessment):
    job = looked_at(portal, assessment, filled_in(down(portal, assessment), {"GO-1": "I don't know", "GO-2": "N/A"}))
    assert groups(portal, job)["unknown"] == ["GO-1"]
    taken_in(portal, job)
    assert answer_to(assessment, "GO-2").is_not_applicable


@pytest.mark.slow
def test_changed_words_missing_and_extra_rows_are_told(portal, assessment):
    def change(book):
        sheet, row = questions_of(book)["GO-1"]
        sheet.cell(row, 3).value = "Something quite different?"
        sheet.cell(row, 5).value = "Yes"
        other, gone = questions_of(book)["GO-2"]
        other.delete_rows(gone)
        last = other.max_row + 1
        other.cell(last, 2).value, other.cell(last, 3).value = "X-1", "And what about the moon?"
        other.cell(last, 5).value = "Full"

    job = looked_at(portal, assessment, changed_sheets(down(portal, assessment), change))
    page = shown(portal, job)
    assert "Asked in other words (1)." in page
    assert "Not in the file any more (1)." in page
    assert "1 row that belongs to none of our questions" in page
    assert "And what about the moon?" in page
    taken_in(portal, job)
    assert answer_to(assessment, "GO-1").value == "yes"


@pytest.mark.slow
def test_a_row_that_stands_twice_counts_once(portal, assessment):
    def change(book):
        sheet, row = questions_of(book)["GO-1"]
        sheet.cell(row, 5).value = "Yes"
        last = sheet.max_row + 1
        for column in range(1, 8):
            sheet.cell(last, column).value = sheet.cell(row, column).value
        sheet.cell(last, 5).value = "No"

    job = looked_at(portal, assessment, changed_sheets(down(portal, assessment), change))
    assert "1 row that belongs to none of our questions" in shown(portal, job)
    taken_in(portal, job)
    assert answer_to(assessment, "GO-1").value == "yes"


@pytest.mark.slow
def test_without_the_hidden_column_rows_are_found_by_reference_and_words(portal, assessment):
    def change(book):
        for sheet, row in questions_of(book).values():
            sheet.cell(row, 1).value = None
        for sheet in book.worksheets:
            sheet.insert_cols(2)

    data = changed_sheets(filled_in(down(portal, assessment), {"GO-1": "Yes", "OP-2": "Yes"}), change)
    job = looked_at(portal, assessment, data)
    assert groups(portal, job)["new"] == ["GO-1", "OP-2"]


@pytest.mark.slow
def test_names_of_files_lead_to_where_they_are_sent(portal, assessment):
    given = {"GO-2": {"answer": "Yes", "evidence": "policy.pdf; annex.pdf"}, "GO-3": {"evidence": "annex.pdf"}}
    job = looked_at(portal, assessment, filled_in(down(portal, assessment), given))
    attach(portal, assessment, "GO-4", "annex.pdf")
    page = shown(portal, job)
    assert "GO-2 policy.pdf Send it" in page
    assert "GO-2 annex.pdf You sent it already: use it here" in page
    taken_in(portal, job)
    attach(portal, assessment, "GO-2", "policy.pdf")
    page = words_of(portal.get(page_of(assessment, "offline/")))
    assert "GO-2 annex.pdf" in page
    assert "policy.pdf" not in page


@pytest.mark.slow
def test_undo_gives_back_what_stood_before(portal, assessment):
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "no", "Not yet."))
    job = looked_at(portal, assessment, filled_in(down(portal, assessment), {"GO-1": {"answer": "Yes"}, "GO-2": "Yes"}))
    taken_in(portal, job)
    page = portal.post(f"{job.get_absolute_url()}undo/", follow=True)
    assert "2 answers say again what they said before." in words_of(page)
    kept = answer_to(assessment, "GO-1")
    assert (kept.value, kept.comment, kept.revision) == ("no", "Not yet.", 3)
    assert answer_to(assessment, "GO-2").value is None
    assert list(AnswerRevision.objects.filter(answer=kept).values_list("value", "source")) == [
        ("no", None),
        ("yes", job.pk),
        ("no", None),
    ]
    job.refresh_from_db()
    assert job.state == "undone"
    assert entries_on("assessment", assessment.pk)[0].verb == "answers_file.undone"
    assert portal.post(f"{job.get_absolute_url()}undo/").status_code == 409


@pytest.mark.slow
def test_undo_is_refused_once_an_answer_was_changed_since(portal, assessment):
    job = looked_at(portal, assessment, filled_in(down(portal, assessment), {"GO-1": "Yes", "GO-2": "Yes"}))
    taken_in(portal, job)
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-2"), "no", "After all not."))
    page = portal.post(f"{job.get_absolute_url()}undo/", follow=True)
    assert "Meanwhile somebody answered in the portal: GO-2." in words_of(page)
    assert answer_to(assessment, "GO-1").value == "yes"


@pytest.mark.slow
def test_thrown_away_it_changes_nothing_and_cannot_be_taken_in(portal, assessment):
    job = looked_at(portal, assessment, filled_in(down(portal, assessment), {"GO-1": "Yes"}))
    form = form_of(portal, job)
    page = portal.post(f"{job.get_absolute_url()}discard/", follow=True)
    assert "Thrown away. Nothing was changed." in words_of(page)
    assert portal.post(job.get_absolute_url(), form)["Location"] == page_of(assessment, "offline/")
    assert answer_to(assessment, "GO-1").value is None


@pytest.mark.slow
def test_a_second_file_takes_the_place_of_one_that_waits(portal, assessment):
    data = filled_in(down(portal, assessment), {"GO-1": "Yes"})
    first, second = looked_at(portal, assessment, data), looked_at(portal, assessment, data)
    first.refresh_from_db()
    assert (first.state, first.reading, second.state) == ("discarded", {}, "open")
    assert "answers.xlsx waits for your decision." in words_of(portal.get(page_of(assessment, "offline/")))


def test_the_same_workbook_is_the_same_bytes(portal, assessment):
    assert down(portal, assessment) == down(portal, assessment)
    assert down(portal, assessment)[:2] == b"PK"


def test_an_empty_workbook_brings_nothing_new(portal, assessment):
    job = looked_at(portal, assessment, down(portal, assessment))
    assert "The file brings nothing new." in shown(portal, job)


def test_a_file_without_questions_is_refused(portal, assessment):
    answer = up(portal, assessment, b"hello", "notes.csv")
    assert answer.status_code == 422
    assert "No answer was found in this file." in words_of(answer)
