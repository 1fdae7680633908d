"""Comments: among ourselves, or shared with whoever asked. Never changed, withdrawn by whoever wrote them."""

import pytest
from django.db import IntegrityError, transaction

from procurement.reviews import access, services
from procurement.reviews.models import Comment, Review
from tests.conftest import member_of_staff
from tests.factories.findings import make_finding
from tests.factories.reviews import taken_review
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail
from vendors.ledger.models import LedgerEntry
from vendors.ledger.queries import entries_on
from vendors.people.actors import Refused


@pytest.fixture
def review(vendor, requester, reviewer) -> Review:
    return taken_review(vendor, asked_by=requester, reviewer=reviewer)


@pytest.fixture
def finding(vendor, review, reviewer, approver):
    return make_finding(review, by=reviewer, owner=approver)


def write(client, review: Review, text: str, **more: str):
    return client.post(f"/reviews/{review.pk}/comment/", {"text": text, **more})


@pytest.mark.slow
def test_an_internal_comment_stays_among_ourselves(as_staff, letters, review, reviewer, second_reviewer, requester):
    letters()
    answer = write(as_staff(second_reviewer), review, "Their last report came late.")
    assert answer.headers["Location"] == f"/reviews/{review.pk}/#comments"
    assert [letter.to for letter in letters()] == [["Ines Varga <ines.varga@northmoor.example>"]]
    page = as_staff(reviewer).get(f"/reviews/{review.pk}/").text
    assert "Their last report came late." in page
    assert "Internal" in page
    assert "Their last report came late." not in as_staff(requester).get(f"/reviews/{review.pk}/").text


def test_a_shared_comment_reaches_whoever_asked_by_mail_without_its_words(
    as_staff, letters, review, reviewer, requester
):
    letters()
    write(as_staff(reviewer), review, "We wait for their NDA.", shared="on")
    (letter,) = letters()
    assert letter.to == ["Adaeze Lind <adaeze.lind@northmoor.example>"]
    assert "We wait for their NDA." not in letter.body
    page = as_staff(requester).get(f"/reviews/{review.pk}/").text
    assert "We wait for their NDA." in page
    assert "Shared with the requester" in page


def test_what_the_requester_writes_is_shared_whatever_they_send_and_the_reviewer_is_told(
    as_staff, letters, review, requester
):
    letters()
    page = as_staff(requester).get(f"/reviews/{review.pk}/").text
    assert 'name="shared"' not in page
    write(as_staff(requester), review, "We need it by October.")
    assert Comment.objects.get().shared
    (letter,) = letters()
    assert letter.to == ["Ines Varga <ines.varga@northmoor.example>"]


def test_while_nobody_reviews_it_a_comment_is_kept_for_whoever_comes(as_staff, letters, vendor, requester, review):
    Review.objects.filter(pk=review.pk).update(reviewer=None)
    letters()
    write(as_staff(requester), review, "It is for the new office.")
    assert Comment.objects.count() == 1
    assert letters() == []


@pytest.mark.slow
def test_a_comment_on_a_finding_goes_to_its_owner_and_is_never_shared(
    as_staff, letters, finding, reviewer, second_reviewer
):
    letters()
    path = f"/findings/{finding.pk}/comment/"
    assert as_staff(second_reviewer).post(path, {"text": "Ask for the restore log.", "shared": "on"}).status_code == 302
    comment = Comment.objects.get()
    assert (comment.finding, comment.shared) == (finding, False)
    assert {letter.to[0].split(" <")[0] for letter in letters()} == {"Ines Varga", "Tomasz Reyk"}
    assert "Ask for the restore log." in as_staff(reviewer).get(f"/findings/{finding.pk}/").text
    assert "Ask for the restore log." not in as_staff(reviewer).get(f"/reviews/{finding.review_id}/").text


@pytest.mark.slow
def test_withdrawing_takes_the_text_and_leaves_that_there_was_one(as_staff, letters, review, reviewer, requester):
    letters()
    write(as_staff(reviewer), review, "Their price is 40,000.", shared="on")
    comment = Comment.objects.get()
    path = f"/comments/{comment.pk}/withdraw/"
    assert path in as_staff(reviewer).get(f"/reviews/{review.pk}/").text
    assert as_staff(reviewer).post(path).status_code == 302
    page = as_staff(requester).get(f"/reviews/{review.pk}/").text
    assert "40,000" not in page
    assert "Withdrawn on" in page
    assert [entry.verb for entry in entries_on("review", review.pk)[:2]] == ["comment.withdrawn", "comment.written"]
    assert not any("40,000" in f"{entry.sentence}{entry.details}" for entry in LedgerEntry.objects.all())
    assert letters() == []
    assert OutgoingEmail.objects.filter(about=f"comment:{comment.pk}", state="cancelled").exists()
    assert as_staff(reviewer).post(path).status_code == 409


def test_a_comment_on_a_finding_is_withdrawn_on_its_page(as_staff, finding, approver):
    as_staff(approver).post(f"/findings/{finding.pk}/comment/", {"text": "Mine."})
    comment = Comment.objects.get()
    answer = as_staff(approver).post(f"/comments/{comment.pk}/withdraw/")
    assert answer.headers["Location"] == f"/findings/{finding.pk}/#comments"


def test_nobody_withdraws_what_another_wrote(as_staff, review, reviewer, second_reviewer, requester):
    write(as_staff(reviewer), review, "Mine alone.")
    path = f"/comments/{Comment.objects.get().pk}/withdraw/"
    assert as_staff(second_reviewer).post(path).status_code == 403
    assert as_staff(requester).post(path).status_code == 404
    assert as_staff(requester).post("/comments/987654/withdraw/").status_code == 404
    assert Comment.objects.get().text == "Mine alone."


def test_a_stranger_can_neither_find_nor_withdraw_a_shared_comment(as_staff, review, reviewer):
    write(as_staff(reviewer), review, "For the requester.", shared="on")
    stranger = member_of_staff("Nora Lake")
    assert as_staff(stranger).post(f"/comments/{Comment.objects.get().pk}/withdraw/").status_code == 404


@pytest.mark.slow
def test_an_auditor_reads_and_says_nothing(as_staff, review, finding, auditor):
    page = as_staff(auditor).get(f"/reviews/{review.pk}/").text
    assert "Write the comment" not in page
    assert write(as_staff(auditor), review, "Hm.").status_code == 403
    assert as_staff(auditor).post(f"/findings/{finding.pk}/comment/", {"text": "Hm."}).status_code == 403
    assert "Nobody has said anything." in as_staff(auditor).get(f"/findings/{finding.pk}/").text
    assert not Comment.objects.exists()


@pytest.mark.slow
def test_a_comment_without_words_is_said_to_be_one(as_staff, review, finding, reviewer):
    answer = as_staff(reviewer).post(f"/reviews/{review.pk}/comment/", {"text": " "}, follow=True)
    assert "Write what you want to say." in answer.text
    answer = as_staff(reviewer).post(f"/findings/{finding.pk}/comment/", {"text": ""}, follow=True)
    assert "Write what you want to say." in answer.text
    with pytest.raises(Refused):
        services.comment_on_review(review=review, text="  ", shared=False, by=reviewer, now=clock.now())
    assert not Comment.objects.exists()


def test_a_contact_never_reads_one(contact_client, review, reviewer, as_staff, contact):
    write(as_staff(reviewer), review, "Ask Jonah for the log.", shared="on")
    assert contact_client.post(f"/comments/{Comment.objects.get().pk}/withdraw/").status_code == 404
    assert "Ask Jonah for the log." not in contact_client.get("/portal/").text
    assert not access.can_comment(contact.user, review)


def test_the_database_keeps_withdrawn_text_and_shared_finding_comments_out(review, finding, reviewer):
    comment = services.comment_on_finding(finding=finding, text="Ours.", by=reviewer, now=clock.now())
    for wrong in ({"withdrawn_at": clock.now()}, {"text": ""}, {"shared": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(**wrong)
