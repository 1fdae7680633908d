"""A long report in the viewer: its first page from nothing, the same page again, the next one, and a search."""

import io

from django.test import Client
from pypdf import PdfReader, PdfWriter

from procurement.accounts.models import User
from tests.bench.figures import Amounts, Figure, Figures, milliseconds
from tests.factories.directory import make_vendor
from tests.factories.ndas import record
from tests.factories.readings import finished_reading
from tests.factories.reports import received_report, sample_pdf
from tests.factories.stories import cast_of
from tests.signing_in import staff_client
from vendors.confinement.services import stop_child
from vendors.reports.models import Report
from vendors.vault.models import PageImage, PageText

MOST_MS = 1000
AGAIN_MS = 200
PAGES = 120


def viewer(amounts: Amounts) -> Figures:
    """The page and its picture, as a browser fetches them one after the other."""
    reviewer = cast_of().reviewer
    report = _long_report(reviewer)
    client = staff_client(reviewer)

    def cold() -> None:
        stop_child()
        PageImage.objects.all().delete()
        _open(client, report, 3)

    def drawn() -> None:
        PageImage.objects.all().delete()
        _open(client, report, 3)

    def first_search() -> None:
        PageText.objects.all().delete()
        _get(client, f"/reports/{report.pk}/read/?q=controls")

    works = {
        f"first page of {PAGES}, cold: no child, no picture": cold,
        f"page of {PAGES}, drawn for its first reader": drawn,
        f"page of {PAGES}, warm: marked for another reader": lambda: _open(client, report, 3),
        f"search of {PAGES} pages, the first": first_search,
        f"search of {PAGES} pages, once more": lambda: _get(client, f"/reports/{report.pk}/read/?q=controls"),
    }
    for work, act in works.items():
        goal = AGAIN_MS if work.endswith("once more") else MOST_MS
        yield Figure(work=work, ours=milliseconds(act, repeats=amounts.repeats), goal=goal)


def _long_report(reviewer: User) -> Report:
    """The sample report ten times over, with what the reader finds in it once."""
    long, sample = PdfWriter(), PdfReader(io.BytesIO(sample_pdf()))
    while len(long.pages) < PAGES:
        long.append(sample)
    content = io.BytesIO()
    long.write(content)
    vendor = make_vendor("Quillhaven")
    record(vendor, by=reviewer)
    report = received_report(vendor, by=reviewer, content=content.getvalue())
    finished_reading(report)
    return report


def _open(client: Client, report: Report, page: int) -> None:
    _get(client, f"/reports/{report.pk}/read/?page={page}")
    _get(client, f"/reports/{report.pk}/pages/{page}.png?zoom=100")


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
