"""What a contact has written and not handed over is the vendor's: bringing in a file tells nothing of it."""

import pytest

from tests.procurement.questionnaires.brought.bringing_in import finished, groups, looked_at, taken_in
from tests.procurement.questionnaires.conftest import FIRST_DAY, answer_to, page_of, typed
from tests.procurement.questionnaires.offline.bringing import words_of

SECRET = "Only for our own eyes."


@pytest.fixture
def written(portal, assessment):
    """GO-1 says Yes and GO-2 says No, each with a comment, and neither is handed over."""
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "yes", SECRET))
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-2"), "no", SECRET))
    return assessment


@pytest.mark.slow
def test_the_comparison_does_not_tell_whether_the_file_says_the_same(ines, bring, written):
    job = looked_at(ines, bring, finished(written, {"GO-1": "Yes", "GO-2": "Yes", "GO-3": "Yes"}))
    assert groups(ines, bring, job) == {"conflict": ["GO-1", "GO-2"], "new": ["GO-3"]}
    page = words_of(ines.get(f"{bring}{job.pk}/"))
    assert page.count("The vendor has written an answer and not handed it over") == 2
    assert SECRET not in page
    assert "Jonah Pell" not in page


@pytest.mark.slow
def test_it_stays_unless_somebody_takes_the_files(ines, bring, written):
    taken_in(ines, bring, looked_at(ines, bring, finished(written, {"GO-2": "Yes", "GO-3": "Yes"})))
    assert [answer_to(written, ref).value for ref in ("GO-2", "GO-3")] == ["no", "yes"]
    job = looked_at(ines, bring, finished(written, {"GO-2": ("Yes", "Since May.")}))
    taken_in(ines, bring, job, take=[answer_to(written, "GO-2").pk])
    kept = answer_to(written, "GO-2")
    assert (kept.value, kept.comment, kept.brought_with) == ("yes", "Since May.", job)


@pytest.mark.slow
@pytest.mark.parametrize("comment", ["", SECRET])
def test_what_is_taken_is_what_the_page_showed_whatever_stood_there(ines, bring, written, comment):
    """Also where both say the same: nobody can tell by what becomes of it, and undo gives back the contact's words."""
    job = looked_at(ines, bring, finished(written, {"GO-1": ("Yes", comment)}))
    taken_in(ines, bring, job, rule="file")
    kept = answer_to(written, "GO-1")
    assert (kept.value, kept.comment, kept.revision, kept.brought_with) == ("yes", comment, 2, job)
    ines.post(f"{bring}{job.pk}/undo/")
    back = answer_to(written, "GO-1")
    assert (back.value, back.comment, back.brought_with) == ("yes", SECRET, None)


@pytest.mark.slow
def test_what_was_handed_over_once_is_compared_in_words(ines, bring, asked, jonah, assessment):
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.submit(assessment, jonah, FIRST_DAY)
    asked.ask_again(assessment, "OP-2", FIRST_DAY, FIRST_DAY)
    job = looked_at(ines, bring, finished(assessment, {"OP-2": ("Partial", "30 days from January.")}))
    assert groups(ines, bring, job) == {"conflict": ["OP-2"]}
    assert "Seven are older than 30 days today." in words_of(ines.get(f"{bring}{job.pk}/"))


@pytest.mark.slow
def test_what_we_brought_in_ourselves_is_shown(ines, bring, waiting, of_review, assessment):
    taken_in(ines, bring, waiting)
    job = looked_at(ines, bring, finished(assessment, {"GO-1": "Yes", "OP-2": ("No", "60 days.")}))
    assert groups(ines, bring, job) == {"same": ["GO-1"], "conflict": ["OP-2"]}
    assert "45 days for libraries." in ines.get(f"{bring}{job.pk}/").text
    assert "45 days for libraries." in ines.get(of_review(assessment)).text
