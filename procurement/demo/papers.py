"""Further papers of the walkthrough, printed by us: a Type I report, letters, certificates. All invented."""

from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils.text import slugify

from procurement.demo.paper import Paper
from procurement.demo.sample_report import CUECS, SUBSERVICE, american
from vendors.calendar.days import plus_days
from vendors.printing.services import print_pdf
from vendors.reports.facts import CuecRow, RecordedFacts, SubserviceRow
from vendors.reports.terms import Category

VENDOR, SYSTEM, AUDITOR = "Quillhaven Software, Inc.", "People Cloud", "Rookhope CPA Group"
CATEGORIES = (Category.SECURITY, Category.AVAILABILITY, Category.CONFIDENTIALITY)
DAYS_TO_SIGN = 30


def type_1_paper(as_of: date) -> Paper:
    """A SOC 2 Type I report as of that day: design only, no tests."""
    signed = plus_days(as_of, DAYS_TO_SIGN)
    words = {
        "vendor": VENDOR,
        "system": SYSTEM,
        "auditor": AUDITOR,
        "categories": "Security, Availability, and Confidentiality",
        "as_of": american(as_of),
        "signed_on": american(signed),
        "subservice": SUBSERVICE[0].name,
        "cuecs": CUECS,
    }
    facts = RecordedFacts(
        kind="soc2",
        type="type1",
        service_organization=VENDOR,
        system_name=SYSTEM,
        categories=[category.value for category in CATEGORIES],
        as_of=as_of,
        report_date=signed,
        auditor=AUDITOR,
        opinion="unqualified",
        pages={"kind": 1, "as_of": 2, "opinion": 2, "report_date": 2, "auditor": 2, "system_name": 3},
        cuecs=tuple(CuecRow(row.text, row.reference, row.criterion, 3) for row in CUECS),
        subservice=(SubserviceRow(SUBSERVICE[0].name, SUBSERVICE[0].service, SUBSERVICE[0].method.value, 3),),
    )
    content = _printed("procurement/demo/sample_type1.html", words, signed)
    return Paper(f"Quillhaven-SOC2-TypeI-{as_of.year}.pdf", content, facts, scope_page=3)


def letter(title: str, *paragraphs: str, dated: date) -> SimpleUploadedFile:
    """A page with these words, ready to be uploaded."""
    content = _printed("procurement/demo/sample_letter.html", {"title": title, "paragraphs": paragraphs}, dated)
    return SimpleUploadedFile(f"{slugify(title)}.pdf", content, content_type="application/pdf")


def _printed(template: str, words: dict[str, Any], dated: date) -> bytes:
    html = render_to_string(template, words)
    created = datetime.combine(dated, time(9), tzinfo=UTC)
    identifier = sha256(html.encode()).digest()[:16]
    return print_pdf(html=html, created=created, identifier=identifier, stylesheet_names=())
