"""One questionnaire from sending to memo, through the pages alone."""

import json
import re

import pytest

from procurement.decisions.models import Memo
from procurement.questionnaires.models import Assessment
from procurement.reviews.models import Review
from tests.factories.contacts import signed_in, speaking
from tests.factories.stories import in_review
from tests.factories.vault import upload
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, days, page_of, typed
from tests.signing_in import staff_client

SIGNED = {"signer_name": "Jonah Pell", "signer_title": "Security lead", "states": "on"}


@pytest.fixture
def read(cast):
    """The review whose report is read and judged; nothing is asked beside it yet."""
    return in_review(cast)


@pytest.mark.slow
def test_from_sending_to_memo(cast, read, letters):
    story, review = read
    ines, tomasz = staff_client(cast.reviewer), staff_client(cast.approver)
    jonah = signed_in(speaking(review.vendor.contacts.get()))
    letters()

    form = {"contact": review.vendor.contacts.get().pk, "due_on": DUE}
    page = ines.post(f"/reviews/{review.pk}/questionnaires/send/", form, follow=True)
    assert "Jonah Pell gets a mail." in page.text
    assessment = Assessment.objects.get()
    judged = f"/reviews/{review.pk}/questionnaires/{assessment.pk}/"

    link = re.search(r"http\S+(/portal/questionnaires/\d+/)", letters()[0].body).group(1)
    assert "0 of 25 answered" in jonah.get(link).text
    everything = {}
    for answer in assessment.answers.select_related("question"):
        is_op2 = answer.question.ref == "OP-2"
        everything |= typed(answer, "no" if is_op2 else "yes", "45 days." if is_op2 else "")
    assert jonah.post(link, {**everything, "go": "submit"}).url == page_of(assessment, "submit/")
    attach = page_of(assessment, f"answers/{answer_to(assessment, 'GO-2').pk}/attach/")
    jonah.post(attach, {"file": upload(name="rules.pdf")})
    jonah.post(page_of(assessment, "submit/"), SIGNED)

    assert "Quillhaven has answered the questionnaire" in ines.get("/").text
    for answer in assessment.answers.select_related("question"):
        act, note = ("send-back/", {"note": "When 30?"}) if answer.question.ref == "OP-2" else ("accept/", {})
        ines.post(f"{judged}answers/{answer.pk}/{act}", note)
    ines.post(f"{judged}return/", {"due_on": days(7)})
    assert [letter.subject for letter in letters()][-1] == (
        "One of your answers needs another look by 8 September 2026"
    )

    assert "When 30?" in jonah.get(link).text
    jonah.post(link, typed(answer_to(assessment, "OP-2"), "partial", "30 days from January."))
    jonah.post(page_of(assessment, "submit/"), SIGNED)
    page = ines.get(judged).text
    assert "45 days." in page
    assert "30 days from January." in page
    ines.post(f"{judged}answers/{answer_to(assessment, 'OP-2').pk}/accept/")
    page = ines.post(f"{judged}complete/", follow=True).text
    assert "25 of 25 answers accepted." in page

    story.draft(review, FIRST_DAY)
    story.submit(review, FIRST_DAY)
    assert "30 days from January." in tomasz.get(f"/reviews/{review.pk}/decide/").text
    story.decide(Review.objects.get(pk=review.pk), days(1))
    memo = Memo.objects.get()
    content = json.loads(tomasz.get(f"/memos/{memo.number}/json/").getvalue())["questionnaire"]
    assert content["stands"] == "Complete: every answer is accepted."
    listed = [answer["ref"] for answer in content["answers"] if not answer["is_plain_yes"]]
    assert listed == ["OP-2"]
    files = [answer["file"]["name"] for answer in content["answers"] if answer["file"]]
    assert files == ["rules.pdf"]
