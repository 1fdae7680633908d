"""Taking answers away: from the reviewer's page, from a version's page, and by the vendor in its portal."""

import io
import json

import openpyxl
import pytest

from procurement.accounts.models import Scope
from procurement.exports.formats import FOR_VENDORS, OF_ANSWERS, OF_VERSIONS
from procurement.exports.services import export_assessment, export_own_answers
from tests.factories.questionnaires import a_draft, published
from tests.factories.tokens import program_of
from tests.procurement.exports.conftest import say, with_further_fields
from tests.procurement.questionnaires.conftest import essential, page_of
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.ledger.models import LedgerEntry
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed


def exports_in(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('<a href="')[1:] if "download" in part.split(">")[0]]


@pytest.mark.slow
def test_the_page_leads_to_every_format_and_the_ledger_keeps_who_took_which(ines, submitted, of_review):
    page = ines.get(of_review(submitted)).text
    assert exports_in(page) == [of_review(submitted, f"export/{name}/") for name in OF_ANSWERS]
    for name in ("xlsx", "csv", "json", "oscal"):
        answer = ines.get(of_review(submitted, f"export/{name}/"))
        assert answer.status_code == 200
        ending = OF_ANSWERS[name].ending
        expected = f'attachment; filename="quillhaven-essential-2026-09-01{ending}"'
        assert answer.headers["Content-Disposition"] == expected
        assert answer.headers["Cache-Control"] == "no-store"
        entry = entries_on("assessment", submitted.pk).first()
        assert (entry.verb, entry.actor_label, entry.details["format"]) == (
            "questionnaire.exported",
            "Ines Varga",
            name,
        )
        assert len(entry.details["sha256"]) == 64
    assert ines.get(of_review(submitted, "export/docx/")).status_code == 404


@pytest.mark.slow
def test_the_document_is_downloaded(ines, portal, submitted, of_review):
    for answer in (ines.get(of_review(submitted, "export/pdf/")), portal.get(page_of(submitted, "export/pdf/"))):
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("person", "code"), [("requester", 404), ("approver", 404), ("administrator", 404), ("auditor", 200)]
)
def test_answers_are_taken_by_those_who_read_them(cast, submitted, of_review, person, code):
    before = LedgerEntry.objects.count()
    answer = staff_client(getattr(cast, person)).get(of_review(submitted, "export/json/"))
    assert answer.status_code == code
    assert LedgerEntry.objects.count() - before == (code == 200)


def test_nothing_is_taken_by_asking_whether_it_is_there(ines, submitted, of_review):
    before = LedgerEntry.objects.count()
    assert ines.head(of_review(submitted, "export/json/")).status_code == 405
    assert ines.post(of_review(submitted, "export/json/")).status_code == 405
    assert LedgerEntry.objects.count() == before


def test_the_acts_refuse_whoever_does_not_read_the_answers(asked, cast, jonah, submitted):
    form, now = OF_ANSWERS["json"], clock.now()
    for person in (cast.requester, jonah.user):
        with pytest.raises(NotAllowed):
            export_assessment(assessment=submitted, review=asked.review, form=form, by=person, now=now)
    with pytest.raises(NotAllowed):
        export_own_answers(assessment=submitted, form=form, by=cast.reviewer, now=now)


@pytest.mark.slow
def test_a_vendor_takes_a_copy_of_what_it_has_written_so_far(portal, jonah, assessment):
    say(assessment, {"GO-1": ("yes", "")}, jonah)
    page = portal.get(page_of(assessment)).text
    assert exports_in(page) == [page_of(assessment, f"export/{name}/") for name in FOR_VENDORS]
    answer = portal.get(page_of(assessment, "export/xlsx/"))
    rows = openpyxl.load_workbook(io.BytesIO(answer.content))["Answers"].iter_rows(values_only=True)
    assert next(row[4] for row in rows if row[1] == "GO-1") == "Yes"
    assert entries_on("assessment", assessment.pk).first().actor_label == "Jonah Pell"
    assert portal.get(page_of(assessment, "export/json/")).status_code == 404


@pytest.mark.slow
def test_what_was_sent_back_stands_in_the_vendors_copy_with_our_question(asked, portal, submitted):
    asked.ask_again(submitted, "OP-2", submitted.due_on, clock.today())
    answer = portal.get(page_of(submitted, "export/xlsx/"))
    head, *rows = openpyxl.load_workbook(io.BytesIO(answer.content))["Answers"].iter_rows(values_only=True)
    row = next(dict(zip(head, row, strict=True)) for row in rows if row[1] == "OP-2")
    assert row["State"] == "Sent back"
    assert row["What we asked"].startswith("What stands in for the patch")
    others = [row[head.index("State")] for row in rows if row[1] != "OP-2"]
    assert set(others) == {"Handed over"}, "what we think of the others is not said yet"


def test_a_version_is_taken_as_a_blank_form(ines):
    version = essential()
    address = f"/questionnaires/versions/{version.pk}/"
    page = ines.get(address).text
    assert exports_in(page) == [*(f"{address}export/{name}/" for name in OF_VERSIONS), f"{address}json/"]
    before = LedgerEntry.objects.count()
    book = openpyxl.load_workbook(io.BytesIO(ines.get(f"{address}export/xlsx/").content))
    assert book["Summary"]["B6"].value == version.sha256
    assert [cell.value for cell in book["Questions"][1]][-2:] == ["Answer", "Comment"]
    assert json.loads(ines.get(f"{address}export/oscal/").content)["catalog"]["metadata"]["version"] == str(
        version.number
    )
    assert ines.get(f"{address}export/csv/").content.startswith(b"\xef\xbb\xbf")
    assert ines.get(f"{address}export/pdf/").status_code == 404
    assert LedgerEntry.objects.count() == before


def test_a_blank_form_has_room_for_further_fields(ines):
    version = published(with_further_fields())
    blank = ines.get(f"/questionnaires/versions/{version.pk}/export/csv/").content.decode("utf-8-sig")
    assert blank.splitlines()[0].endswith(",Answer,Comment,Who owns it,Description")


def test_a_draft_is_taken_too(ines):
    draft = a_draft()
    book = openpyxl.load_workbook(io.BytesIO(ines.get(f"/questionnaires/versions/{draft.pk}/export/xlsx/").content))
    assert [cell.value for cell in book["Summary"]["A"]][2:] == ["Questionnaire", "State", "Exported"]


@pytest.mark.slow
def test_a_program_takes_the_same_files(cast, submitted):
    program = program_of(cast.reviewer, Scope.READ)
    for name, form in OF_ANSWERS.items():
        if name == "pdf":
            continue  # printed once, by a browser
        answer = program.get(f"/api/v1/assessments/{submitted.pk}/{name}/")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, form.content_type)
    assert entries_on("assessment", submitted.pk).first().details["format"] == "oscal"
    version = essential().pk
    for name, form in OF_VERSIONS.items():
        answer = program.get(f"/api/v1/questionnaire-versions/{version}/{name}/")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, form.content_type)
    refused = program.get(f"/api/v1/assessments/{submitted.pk}/xlsx/", headers={"Accept": "application/json"})
    assert refused.status_code == 406
