"""Answering in the portal: one answer as it is typed, or the whole form at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.questionnaires import services
from procurement.questionnaires.models import AnswerRevision
from tests.factories.contacts import make_contact, signed_in
from tests.factories.questionnaires import long_content, published
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, page_of, typed
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused

MOST_QUERIES = 15


def one(assessment, ref: str) -> str:
    return page_of(assessment, f"answers/{answer_to(assessment, ref).pk}/")


def test_an_answer_is_saved_as_it_is_given(portal, assessment):
    told = portal.post(one(assessment, "GO-1"), typed(answer_to(assessment, "GO-1"), "yes", "  The CISO. ")).json()
    kept = answer_to(assessment, "GO-1")
    assert (kept.value, kept.comment, kept.answered_by) == ("yes", "The CISO.", "Jonah Pell")
    assert told == {
        "revision": 1,
        "saved": "Saved 10:00",
        "progress": "1 of 25 answered",
        "said": "yes",
        "hidden": [],
        "sections": {
            "1": "1 of 4 answered",
            "2": "0 of 3 answered",
            "3": "0 of 4 answered",
            "4": "0 of 6 answered",
            "5": "0 of 4 answered",
            "6": "0 of 4 answered",
        },
    }


@pytest.mark.slow
def test_a_save_asks_as_often_beside_sixty_questions_as_beside_twenty_five(asked, jonah, portal, assessment):
    long = asked.send(jonah, DUE, FIRST_DAY, version=published(long_content(60)))
    counts = []
    for sent, ref in ((assessment, "GO-1"), (long, "Q-2")):
        portal.post(one(sent, ref), typed(answer_to(sent, ref), "no", "Not yet."))
        form = typed(answer_to(sent, ref), "yes")
        with CaptureQueriesContext(connection) as queries:
            assert portal.post(one(sent, ref), form).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_each_change_is_kept_and_saying_it_again_changes_nothing(portal, assessment):
    for comment in ("Soon.", "From March.", "From March."):
        portal.post(one(assessment, "OP-2"), typed(answer_to(assessment, "OP-2"), "no", comment))
    kept = answer_to(assessment, "OP-2")
    said = AnswerRevision.objects.filter(answer=kept).values_list("revision", "value", "comment", "by")
    assert list(said) == [(1, "no", "Soon.", "Jonah Pell"), (2, "no", "From March.", "Jonah Pell")]
    assert kept.revision == 2


def test_everything_but_a_plain_yes_counts_once_it_says_why(portal, assessment):
    answer = answer_to(assessment, "OP-2")
    assert portal.post(one(assessment, "OP-2"), typed(answer, "partial")).json()["progress"] == "0 of 25 answered"
    told = portal.post(one(assessment, "OP-2"), typed(answer, "partial", "Half.", revision=1)).json()
    assert told["progress"] == "1 of 25 answered"


def test_the_first_answer_begins_it_and_the_ledger_says_so_once(portal, assessment):
    for ref in ("GO-1", "GO-2"):
        portal.post(one(assessment, ref), typed(answer_to(assessment, ref), "yes"))
    assessment.refresh_from_db()
    assert assessment.state == "in_progress"
    verbs = [entry.verb for entry in entries_on("assessment", assessment.pk)]
    assert verbs == ["questionnaire.begun", "questionnaire.sent"]


def test_a_late_save_is_answered_with_both_values_and_keeps_theirs(portal, assessment):
    dana = signed_in(make_contact(assessment.vendor, "Dana Holt"))
    stale = answer_to(assessment, "AC-1")
    dana.post(one(assessment, "AC-1"), typed(stale, "no", "Not yet."))
    answer = portal.post(one(assessment, "AC-1"), typed(stale, "yes", "Passkeys."))
    assert answer.status_code == 409
    assert "Dana Holt changed this answer at 10:00." in answer.text
    assert "Not yet." in answer.text
    assert "Passkeys." in answer.text
    kept = answer_to(assessment, "AC-1")
    assert (kept.value, kept.comment, kept.answered_by) == ("no", "Not yet.", "Dana Holt")


@pytest.mark.slow
def test_whoever_has_seen_theirs_may_keep_mine(portal, assessment):
    stale = answer_to(assessment, "AC-1")
    portal.post(one(assessment, "AC-1"), typed(stale, "no", "Not yet."))
    clash = portal.post(page_of(assessment), typed(stale, "yes", "Passkeys."))
    assert (clash.status_code, answer_to(assessment, "AC-1").value) == (409, "no")
    assert f'name="a{stale.pk}-revision" value="1"' in clash.text
    kept = portal.post(page_of(assessment), {**typed(stale, "yes", "Passkeys.", revision=1), "keep": str(stale.pk)})
    assert kept.url == page_of(assessment, "#q-ac-1")
    assert answer_to(assessment, "AC-1").comment == "Passkeys."


def test_or_takes_theirs_and_the_rest_is_saved(portal, assessment):
    stale, other = answer_to(assessment, "AC-1"), answer_to(assessment, "AC-2")
    portal.post(one(assessment, "AC-1"), typed(stale, "no", "Not yet."))
    form = {**typed(stale, "yes", "Passkeys."), **typed(other, "yes", "SAML."), "take": str(stale.pk)}
    assert portal.post(page_of(assessment), form).url == page_of(assessment, "#q-ac-1")
    assert answer_to(assessment, "AC-1").value == "no"
    assert answer_to(assessment, "AC-2").comment == "SAML."


def test_or_puts_both_together_which_is_not_saved_before_somebody_saves_it(portal, assessment):
    stale = answer_to(assessment, "AC-1")
    portal.post(one(assessment, "AC-1"), typed(stale, "no", "Not yet."))
    page = portal.post(page_of(assessment), {**typed(stale, "yes", "Passkeys."), "merge": str(stale.pk)})
    above, _row, below = page.text.partition('id="q-ac-1"')
    assert "Two answers are put together and not saved yet." in above
    assert "Both stand here now, not saved yet." in below.partition("</li>")[0]
    assert "Saved 10:00" not in page.text
    assert answer_to(assessment, "AC-1").comment == "Not yet."


def test_saying_the_same_as_somebody_else_is_no_clash(portal, assessment):
    stale = answer_to(assessment, "AC-1")
    for _twice in range(2):
        assert portal.post(one(assessment, "AC-1"), typed(stale, "yes", "Passkeys.")).json()["revision"] == 1


@pytest.mark.slow
def test_without_a_script_the_whole_form_is_saved_at_once(portal, assessment):
    form = {}
    for answer in assessment.answers.all():
        form |= typed(answer, "yes")
    page = portal.post(page_of(assessment), form, follow=True)
    assert "Saved. 25 of 25 answered." in page.text
    assert assessment.answers.filter(value="yes", revision=1).count() == 25


def test_the_form_keeps_what_it_can_and_shows_the_clash(portal, assessment):
    stale, other = answer_to(assessment, "AC-1"), answer_to(assessment, "AC-2")
    portal.post(one(assessment, "AC-1"), typed(stale, "no", "Not yet."))
    page = portal.post(page_of(assessment), {**typed(stale, "yes"), **typed(other, "yes")})
    assert page.status_code == 409
    assert page.text.count("Keep mine") == 1
    told = " ".join(page.text.partition("data-focus")[2].partition("</ul>")[0].split())
    assert "Somebody else changed one answer meanwhile. Yours is not saved; everything else is." in told
    assert '<a href="#q-ac-1">AC-1</a>: Jonah Pell changed it at 10:00.' in told
    assert answer_to(assessment, "AC-2").value == "yes"


@pytest.mark.parametrize(
    ("go", "to"), [("submit", "submit/"), ("save", ""), ("file:9x", ""), ("file:999", "answers/999/attach/")]
)
def test_the_pressed_button_says_where_to_go_after_saving(portal, assessment, go, to):
    answer = answer_to(assessment, "GO-1")
    assert portal.post(page_of(assessment), {**typed(answer, "yes"), "go": go}).url == page_of(assessment, to)
    assert answer_to(assessment, "GO-1").value == "yes"


@pytest.mark.parametrize(
    ("value", "comment", "sentence"),
    [("maybe", "", "Choose one of the answers."), ("yes", "x" * 4001, "At most 4000 characters")],
)
def test_what_cannot_be_is_told_beside_the_question_and_changes_nothing(portal, assessment, value, comment, sentence):
    form = typed(answer_to(assessment, "GO-1"), value, comment)
    for address in (one(assessment, "GO-1"), page_of(assessment)):
        page = portal.post(address, form)
        assert page.status_code == 422
        assert sentence in page.text
    above, _fields, _rest = page.text.partition('id="q-go-1"')
    assert "Nothing is saved yet: one answer needs you." in above
    assert f'<a href="#q-go-1">GO-1</a>: {sentence}' in above
    assert answer_to(assessment, "GO-1").revision == 0


def test_the_act_refuses_the_same_for_a_program(jonah, assessment):
    answer = answer_to(assessment, "GO-1")
    for value, comment in (("maybe", ""), ("yes", "x" * 4001)):
        given = services.Given(answer_id=answer.pk, revision=0, value=value, comment=comment)
        with pytest.raises(Refused, match=r"Choose one of the answers|longer than 4000"):
            services.save_answers(assessment=assessment, given=[given], by=jonah.user, now=clock.now())


def test_an_answer_of_another_questionnaire_is_refused(asked, jonah, assessment):
    services.cancel(assessment=assessment, reason="Sent again.", by=asked.story.cast.reviewer, now=clock.now())
    second = asked.send(jonah, DUE, FIRST_DAY)
    given = services.Given(answer_id=answer_to(assessment, "GO-1").pk, revision=0, value="yes", comment="")
    with pytest.raises(Refused, match="belongs to another questionnaire"):
        services.save_answers(assessment=second, given=[given], by=jonah.user, now=clock.now())
    assert answer_to(assessment, "GO-1").revision == 0


def test_an_answer_that_is_not_there_is_not_found(portal, assessment):
    assert portal.post(page_of(assessment, "answers/987654/"), {}).status_code == 404


def test_a_form_without_a_revision_is_no_answer(portal, assessment):
    form = typed(answer_to(assessment, "GO-1"), "yes")
    form = {name: value for name, value in form.items() if not name.endswith("revision")}
    assert portal.post(one(assessment, "GO-1"), form).status_code == 422
    portal.post(page_of(assessment), form)
    assert answer_to(assessment, "GO-1").revision == 0


def test_after_submitting_nothing_can_be_changed(portal, submitted):
    form = typed(answer_to(submitted, "GO-1"), "no", "Changed my mind.")
    assert portal.post(one(submitted, "GO-1"), form).status_code == 409
    assert portal.post(page_of(submitted), form).status_code == 409
    assert answer_to(submitted, "GO-1").value == "yes"
    page = portal.get(page_of(submitted)).text
    assert "<textarea" not in page
    assert "Submitted on 1 September 2026, signed by Jonah Pell." in page


def test_another_vendors_contact_finds_nothing(assessment, stranger):
    rosa = signed_in(stranger)
    form = typed(answer_to(assessment, "GO-1"), "no", "Mischief.")
    for address in (page_of(assessment), one(assessment, "GO-1")):
        assert rosa.post(address, form).status_code == 404
    assert answer_to(assessment, "GO-1").revision == 0
    with pytest.raises(NotAllowed, match="Only a contact of the vendor"):
        services.save_answers(assessment=assessment, given=[], by=stranger.user, now=clock.now())


def test_a_staff_member_does_not_answer_for_the_vendor(assessment, cast):
    with pytest.raises(NotAllowed):
        services.save_answers(assessment=assessment, given=[], by=cast.reviewer, now=clock.now())
