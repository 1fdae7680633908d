"""Files beside an answer: under the NDA, for its vendor, for the reviewer and the approver."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from procurement.questionnaires import services
from procurement.questionnaires.models import AnswerRevision, Attachment
from tests.factories.contacts import signed_in
from tests.factories.pictures import PLACE, photo_bytes, png_bytes
from tests.factories.vault import pdf_bytes, stored_file, upload
from tests.procurement.questionnaires.conftest import FIRST_DAY, answer_to, days, page_of
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import Refused
from vendors.vault.models import CustodyEntry, StoredFile


def address(assessment, ref: str) -> str:
    """Where the files of this answer are sent."""
    return page_of(assessment, f"answers/{answer_to(assessment, ref).pk}/attach/")


def of_file(assessment, ref: str, attachment, act: str = "") -> str:
    return page_of(assessment, f"answers/{answer_to(assessment, ref).pk}/files/{attachment.pk}/{act}")


def attached(jonah, assessment, ref: str = "GO-2"):
    """The contact has sent a file with this answer."""
    return services.attach_file(
        answer=answer_to(assessment, ref),
        upload=upload(name="policy.pdf"),
        by=jonah.user,
        now=clock.now(),
        on=FIRST_DAY,
    )


def make_attachment(vendor) -> Attachment:
    file = stored_file(purpose="answer", vendor_id=vendor.pk)
    return Attachment.objects.create(vendor=vendor, file=file, sent_by="Rosa Quint", sent_at=clock.now())


def end_the_nda(assessment) -> None:
    assessment.vendor.ndas.update(starts_on=days(-9), ends_on=days(-1))


def test_the_contact_attaches_a_pdf(portal, assessment):
    page = portal.post(address(assessment, "GO-2"), {"file": upload(name="policy.pdf")}, follow=True)
    kept = answer_to(assessment, "GO-2")
    assert "The file is here, beside GO-2." in page.text
    attachment = kept.attachments.get()
    file = attachment.file
    assert (file.name, file.purpose, file.vendor_id) == ("policy.pdf", "answer", assessment.vendor_id)
    assert AnswerRevision.objects.get(answer=kept, revision=1).files == [
        {"attachment": attachment.pk, "name": "policy.pdf", "sha256": file.sha256}
    ]
    received = entries_on("assessment", assessment.pk).first()
    assert (received.verb, received.details["sha256"]) == ("answer.file_received", file.sha256)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [("shot.png", png_bytes(), "image/png"), ("desk.jpg", photo_bytes(), "image/jpeg")],
)
def test_a_picture_is_kept_as_it_was_sent_and_handed_out_as_a_download_only(
    portal, assessment, name, content, content_type
):
    posted = {"file": SimpleUploadedFile(name, content, content_type), "kind": "screenshot"}
    assert "The file is here, beside GO-2." in portal.post(address(assessment, "GO-2"), posted, follow=True).text
    attachment = answer_to(assessment, "GO-2").attachments.get()
    file = attachment.file
    assert (file.name, file.content_type, file.page_count) == (name, content_type, None)
    opened = portal.get(of_file(assessment, "GO-2", attachment))
    assert b"".join(opened) == content
    assert (opened["Content-Type"], opened["X-Content-Type-Options"]) == (content_type, "nosniff")
    assert opened["Content-Disposition"] == f'attachment; filename="{name}"'
    assert opened["Content-Security-Policy"] == "sandbox; default-src 'none'"
    for page in (portal.get(page_of(assessment)), portal.get(address(assessment, "GO-2"))):
        assert name in page.text
        assert PLACE not in page.text
        assert of_file(assessment, "GO-2", attachment) not in re.findall(r'<img[^>]+src="([^"]+)"', page.text)


@pytest.mark.slow
def test_the_reviewer_takes_a_picture_as_a_download(portal, ines, asked, jonah, assessment, of_review):
    portal.post(address(assessment, "GO-2"), {"file": SimpleUploadedFile("desk.jpg", photo_bytes(), "image/jpeg")})
    attachment = answer_to(assessment, "GO-2").attachments.get()
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.submit(assessment, jonah, FIRST_DAY)
    page = ines.get(of_review(assessment)).text
    assert "desk.jpg" in page
    assert PLACE not in page
    taken = ines.get(of_review(assessment, f"files/{attachment.pk}/"))
    assert b"".join(taken) == photo_bytes()
    assert (taken["Content-Type"], taken["Content-Disposition"]) == (
        "image/jpeg",
        'attachment; filename="desk.jpg"',
    )


def test_the_script_is_told_where_to_go(portal, assessment):
    sent = portal.post(address(assessment, "GO-2"), {"file": upload()}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert sent.json() == {"redirect": page_of(assessment, "#q-go-2")}


def test_a_second_file_stands_beside_the_first(portal, jonah, assessment):
    attached(jonah, assessment)
    portal.post(address(assessment, "GO-2"), {"file": upload(pdf_bytes(pages=2), name="policy-2.pdf")})
    kept = answer_to(assessment, "GO-2")
    assert [str(each) for each in kept.attachments.all()] == ["policy.pdf", "policy-2.pdf"]
    assert [len(revision.files) for revision in kept.revisions.all()] == [1, 2]


@pytest.mark.slow
def test_a_file_that_was_sent_once_is_used_for_another_answer(portal, jonah, assessment):
    attachment = attached(jonah, assessment).attachments.get()
    assert "Use this file" in portal.get(address(assessment, "GO-3")).text
    page = portal.post(of_file(assessment, "GO-3", attachment, "use/"), follow=True)
    assert "policy.pdf stands beside GO-3 too." in page.text
    assert StoredFile.objects.filter(purpose="answer").count() == 1
    assert attachment.answers.count() == 2
    assert portal.post(of_file(assessment, "GO-3", attachment, "use/")).status_code == 409


def test_a_file_of_another_vendor_is_not_there_to_be_used(jonah, stranger, assessment):
    attachment = attached(jonah, assessment).attachments.get()
    rosa = signed_in(stranger)
    assert rosa.post(of_file(assessment, "GO-3", attachment, "use/")).status_code == 404
    other = make_attachment(stranger.vendor)
    assert signed_in(jonah).post(of_file(assessment, "GO-3", other, "use/")).status_code == 404
    with pytest.raises(Refused, match="sent by another vendor"):
        services.use_attachment(
            answer=answer_to(assessment, "GO-3"), attachment=other, by=jonah.user, now=clock.now(), on=FIRST_DAY
        )


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (
            SimpleUploadedFile("shot.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40, "image/png"),
            "This is no picture that opens",
        ),
        (SimpleUploadedFile("list.xlsx", b"PK\x03\x04"), "is neither a PDF nor a picture (PNG, JPEG)"),
        (SimpleUploadedFile("empty.pdf", b""), "This file is empty"),
        (None, "No file arrived"),
    ],
)
def test_what_is_neither_pdf_nor_picture_is_refused_and_nothing_is_kept(portal, assessment, file, sentence):
    page = portal.post(address(assessment, "GO-2"), {"file": file} if file else {})
    assert page.status_code == 422
    assert sentence in page.text
    assert not StoredFile.objects.filter(purpose="answer").exists()
    assert answer_to(assessment, "GO-2").revision == 0


def test_a_question_that_takes_no_file_has_no_place_for_one(portal, assessment):
    assert portal.get(address(assessment, "GO-1")).status_code == 409
    assert portal.post(address(assessment, "GO-1"), {"file": upload()}).status_code == 409


def test_without_an_nda_nothing_is_received(portal, assessment):
    end_the_nda(assessment)
    assert "The NDA comes first" in portal.get(address(assessment, "GO-2")).text
    assert "Attach a file" not in portal.get(page_of(assessment)).text
    assert portal.post(address(assessment, "GO-2"), {"file": upload()}).status_code == 409
    assert not StoredFile.objects.filter(purpose="answer").exists()


def test_the_contact_takes_it_away_again(portal, jonah, assessment):
    attachment = attached(jonah, assessment).attachments.get()
    page = portal.post(of_file(assessment, "GO-2", attachment, "remove/"), follow=True)
    assert "The file is taken away from GO-2." in page.text
    assert not answer_to(assessment, "GO-2").attachments.exists()
    assert portal.get(of_file(assessment, "GO-2", attachment)).status_code == 404
    assert portal.post(of_file(assessment, "GO-2", attachment, "remove/")).status_code == 404


def test_the_vendor_reads_its_own_file(portal, jonah, assessment):
    attachment = attached(jonah, assessment).attachments.get()
    answer = portal.get(of_file(assessment, "GO-2", attachment))
    assert b"".join(answer.streaming_content) == pdf_bytes()
    assert answer["Content-Disposition"] == 'attachment; filename="policy.pdf"'
    opened = CustodyEntry.objects.exclude(action="sealed").get()
    assert (opened.who, opened.purpose) == ("Jonah Pell", "Opened by the vendor itself")


@pytest.mark.slow
def test_who_of_the_staff_opens_it(cast, jonah, asked, assessment, of_review):
    answer = attached(jonah, assessment)
    file = of_review(assessment, f"files/{answer.attachments.get().pk}/")
    codes = {
        person: staff_client(getattr(cast, person)).get(file).status_code
        for person in ("reviewer", "second_reviewer", "auditor", "requester", "approver", "administrator")
    }
    assert codes == {
        "reviewer": 200,
        "second_reviewer": 403,
        "auditor": 403,
        "requester": 404,
        "approver": 404,
        "administrator": 404,
    }
    opened = CustodyEntry.objects.exclude(action="sealed").get()
    assert (opened.who, opened.purpose) == ("Ines Varga", asked.review.number)
    end_the_nda(assessment)
    assert staff_client(cast.reviewer).get(file).status_code == 409


def test_another_vendors_contact_finds_no_file(jonah, stranger, assessment):
    attachment = attached(jonah, assessment).attachments.get()
    rosa = signed_in(stranger)
    assert rosa.get(of_file(assessment, "GO-2", attachment)).status_code == 404
    assert rosa.post(address(assessment, "GO-2"), {"file": upload()}).status_code == 404


def test_after_submitting_no_file_follows(jonah, submitted):
    with pytest.raises(Refused, match="This questionnaire is submitted"):
        attached(jonah, submitted)
    assert not StoredFile.objects.filter(purpose="answer").exists()
