"""One file beside an answer: under the NDA, for its vendor, for the reviewer and the approver."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from procurement.questionnaires import services
from procurement.questionnaires.models import AnswerRevision
from tests.factories.contacts import signed_in
from tests.factories.vault import pdf_bytes, upload
from tests.procurement.questionnaires.conftest import FIRST_DAY, answer_to, days, page_of
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import Refused
from vendors.vault.models import CustodyEntry, StoredFile


def address(assessment, ref: str, what: str = "attach") -> str:
    return page_of(assessment, f"answers/{answer_to(assessment, ref).pk}/{what}/")


def attached(jonah, assessment, ref: str = "GO-2"):
    """The contact has sent a file with this answer."""
    return services.attach_file(
        answer=answer_to(assessment, ref),
        upload=upload(name="policy.pdf"),
        by=jonah.user,
        now=clock.now(),
        on=FIRST_DAY,
    )


def end_the_nda(assessment) -> None:
    assessment.vendor.ndas.update(starts_on=days(-9), ends_on=days(-1))


def test_the_contact_attaches_a_pdf(portal, assessment):
    page = portal.post(address(assessment, "GO-2"), {"file": upload(name="policy.pdf")}, follow=True)
    kept = answer_to(assessment, "GO-2")
    assert "The file is here, beside GO-2." in page.text
    assert (kept.file.name, kept.file.purpose, kept.file.vendor_id) == ("policy.pdf", "answer", assessment.vendor_id)
    assert (kept.revision, AnswerRevision.objects.get(answer=kept).file) == (1, kept.file)
    received = entries_on("assessment", assessment.pk).first()
    assert (received.verb, received.details["sha256"]) == ("answer.file_received", kept.file.sha256)


def test_the_script_is_told_where_to_go(portal, assessment):
    sent = portal.post(address(assessment, "GO-2"), {"file": upload()}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert sent.json() == {"redirect": page_of(assessment, "#q-go-2")}


def test_another_file_takes_its_place_and_the_earlier_revision_keeps_the_first(portal, jonah, assessment):
    first = attached(jonah, assessment).file
    assert "It takes the place of policy.pdf." in portal.get(address(assessment, "GO-2")).text
    portal.post(address(assessment, "GO-2"), {"file": upload(pdf_bytes(pages=2), name="policy-2.pdf")})
    kept = answer_to(assessment, "GO-2")
    assert kept.file.name == "policy-2.pdf"
    assert kept.revisions.first().file == first


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("shot.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40), "is not a PDF"),
        (SimpleUploadedFile("empty.pdf", b""), "This file is empty"),
        (None, "No file arrived"),
    ],
)
def test_what_is_no_pdf_is_refused_and_nothing_is_kept(portal, assessment, file, sentence):
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
    attached(jonah, assessment)
    page = portal.post(address(assessment, "GO-2", "remove"), follow=True)
    assert "The file is taken away from GO-2." in page.text
    assert answer_to(assessment, "GO-2").file is None
    assert portal.get(address(assessment, "GO-2", "file")).status_code == 404
    assert portal.post(address(assessment, "GO-2", "remove")).status_code == 409


def test_the_vendor_reads_its_own_file(portal, jonah, assessment):
    attached(jonah, assessment)
    answer = portal.get(address(assessment, "GO-2", "file"))
    assert b"".join(answer.streaming_content) == pdf_bytes()
    assert answer["Content-Disposition"] == 'attachment; filename="policy.pdf"'
    opened = CustodyEntry.objects.exclude(action="sealed").get()
    assert (opened.who, opened.purpose) == ("Jonah Pell", "Opened by the vendor itself")


def test_who_of_the_staff_opens_it(cast, jonah, asked, assessment, of_review):
    answer = attached(jonah, assessment)
    file = of_review(assessment, f"answers/{answer.pk}/file/")
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
    attached(jonah, assessment)
    rosa = signed_in(stranger)
    assert rosa.get(address(assessment, "GO-2", "file")).status_code == 404
    assert rosa.post(address(assessment, "GO-2"), {"file": upload()}).status_code == 404


def test_after_submitting_no_file_follows(jonah, submitted):
    with pytest.raises(Refused, match="This questionnaire is submitted"):
        attached(jonah, submitted)
    assert not StoredFile.objects.filter(purpose="answer").exists()
