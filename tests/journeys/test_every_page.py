"""Every page of the site map, as the first person who may read it: axe finds nothing, no script complains, and nothing
hangs out at the side, on a phone in the dark and at a desk.

The table of tests/repository/test_permissions.py says who reads what, so a new page is looked at without a word here.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from procurement.accounts.models import User
from procurement.engagements.models import Engagement
from procurement.reviews.models import Finding
from tests.journeys.browser import DESK, PHONE, Seat
from tests.repository.permission_stage import PEOPLE, Stage, set_the_stage
from tests.repository.test_permissions import ROWS, own_address
from vendors.directory.models import Vendor
from vendors.reports.models import AuditorFirm, Evidence, Report
from vendors.vault.models import StoredFile

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Whose page is looked at where several may read it: who acts on it comes first.
READERS = ("reviewer", "approver", "administrator", "contact", "requester", "auditor", "nobody")
ENDINGS = (".png", ".csv", ".xlsx", ".zip", ".ics")
FILES = (*ENDINGS, "/file/", "/pdf/", "/json/", "/zip/", "/certificate/", "/receipt/", "/export/<str:form>/")
NO_PAGE = (*FILES, "/files/<int:attachment_pk>/", "/reading/", "/progress/", "healthz", "readyz", "api/v1/")


def reader_of(route: str) -> str | None:
    """Who reads this page; None where it is no page, or nobody's on this stage."""
    if route.endswith(NO_PAGE):
        return None
    answers = dict(zip(PEOPLE, ROWS[route], strict=True))
    return next((person for person in READERS if answers[person] == 200), None)


@pytest.fixture
def stage(transactional_db) -> Stage:
    return set_the_stage()


@pytest.fixture
def seats(stage: Stage, live_server, chrome: Browser) -> Iterator[dict[str, Seat]]:
    """A phone in the dark for each reader, signed in."""
    faults: list[str] = []
    name, found = settings.SESSION_COOKIE_NAME, {}
    for person in READERS:
        found[person] = Seat(chrome, live_server.url, faults=faults, viewport=PHONE)
        found[person].page.emulate_media(color_scheme="dark")
        session = stage.browsers[person].cookies.get(name)
        if session:
            found[person].context.add_cookies([{"name": name, "value": session.value, "url": live_server.url}])
    yield found
    assert not faults, "\n".join(faults)


# What people type as a name, by model: each is made as long as it may be, without a place to break.
NAMES = {
    Vendor: ("name", "legal_name", "domain"),
    Engagement: ("title",),
    User: ("name", "title"),
    Report: ("system_name", "service_organization"),
    AuditorFirm: ("name",),
    Evidence: ("title", "issuer"),
    Finding: ("title",),
    StoredFile: ("name",),
}


@pytest.fixture
def long_names(stage: Stage) -> None:
    """Everything on the stage is renamed, before a browser starts."""
    for model, names in NAMES.items():
        for number, row in enumerate(model.objects.all(), start=10000):
            for name in names:
                wide = "w" * (model._meta.get_field(name).max_length - 6)
                setattr(row, name, f"M{wide}{number}" if getattr(row, name) else "")
            row.save(update_fields=names)


def pages_of(stage: Stage) -> dict[str, tuple[str, str]]:
    """Reader and address by route."""
    return {route: (reader, own_address(route, stage)) for route in ROWS if (reader := reader_of(route))}


def test_no_name_is_too_long_for_a_page(stage: Stage, long_names: None, seats: dict[str, Seat]):
    addresses = pages_of(stage)
    for route, (reader, address) in addresses.items():
        seat = seats[reader]
        seat.go(address)
        seat.fits(f"{route} with the longest names")
        seat.page.set_viewport_size(DESK)
        seat.fits(f"{route} with the longest names, at a desk")
        seat.page.set_viewport_size(PHONE)


def test_every_page_is_fit_for_everybody(stage: Stage, seats: dict[str, Seat]):
    addresses = pages_of(stage)
    assert len(addresses) > 70
    for route, (reader, address) in addresses.items():
        seat = seats[reader]
        seat.go(address)
        seat.look(f"every-{route.strip('/').replace('/', '-') or 'today'}")
        seat.page.set_viewport_size(DESK)
        seat.fits(f"{route} at a desk")
        seat.page.set_viewport_size(PHONE)
