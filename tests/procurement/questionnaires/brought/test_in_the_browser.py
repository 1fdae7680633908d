"""The pages of what a reviewer brings in, in a real browser, on a phone and at a desk: axe finds nothing, nothing hangs
out at the side; and the whole way is gone without a script."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

from procurement.demo.answers import Questioned
from procurement.questionnaires.models import Assessment
from tests.factories.contacts import signed_in, speaking
from tests.factories.stories import FIRST_DAY, cast_of, collecting
from tests.journeys.browser import DESK, FLAGS, PHONE, Seat
from tests.machine import chromium
from tests.procurement.questionnaires.brought.bringing_in import SOURCE, finished, looked_at, taken_in
from tests.procurement.questionnaires.conftest import DUE, answer_to, page_of, typed
from tests.signing_in import staff_client
from vendors.calendar import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG_WORD = "Unternehmensinformationssicherheitsmanagementsystembeauftragter"


@pytest.fixture(autouse=True)
def _the_story_day():
    """Sessions end by the browser's real clock, so nothing is frozen here."""


@pytest.fixture
def stage(transactional_db) -> dict[str, Client | Assessment | str]:
    """A file is taken in, and another waits: new, in conflict with what is not shown, unreadable, in long words."""
    cast = cast_of()
    story, review = collecting(cast)
    jonah = speaking(review.vendor.contacts.get())
    assessment = Questioned(story, review).send(jonah, max(DUE, clock.today()), FIRST_DAY)
    ines, portal = staff_client(cast.reviewer), signed_in(jonah)
    page = f"/reviews/{review.pk}/questionnaires/{assessment.pk}/"
    bring = f"{page}bring/"
    first = finished(assessment, {"GO-3": "Yes", "OP-2": ("No", "45 days for libraries.")})
    taken_in(ines, bring, looked_at(ines, bring, first))
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "no", "Not yet."))
    said = {"GO-1": ("Yes", LONG_WORD), "GO-2": "Y", "GO-4": LONG_WORD, "OP-2": ("Partial", "30 days.")}
    job = looked_at(ines, bring, finished(assessment, said), name=f"{LONG_WORD}.xlsx", source=LONG_WORD * 3)
    rest = dict.fromkeys(assessment.answers.values_list("question__ref", flat=True), "Yes")
    return {
        "ines": ines,
        "portal": portal,
        "page": page,
        "bring": bring,
        "job": f"{bring}{job.pk}/",
        "rest": finished(assessment, rest),
        "theirs": page_of(assessment),
    }


@pytest.fixture
def sit(live_server) -> Iterator[Callable[..., Seat]]:
    """Somebody's browser."""
    faults: list[str] = []
    name = settings.SESSION_COOKIE_NAME
    with ExitStack() as ending:
        chrome = ending.enter_context(sync_playwright()).chromium.launch(executable_path=chromium(), args=list(FLAGS))
        ending.callback(chrome.close)

        def open_seat(client: Client, **how: object) -> Seat:
            seat = Seat(chrome, live_server.url, faults=faults, **how)
            session = client.cookies[name].value
            seat.context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
            return seat

        yield open_seat
    assert not faults, "\n".join(faults)


def test_every_page_is_fit_for_everybody(stage, sit):
    sessions = (stage["ines"], stage["portal"])
    for viewport in (DESK, PHONE):
        ines, jonah = (sit(each, viewport=viewport) for each in sessions)
        for name in ("page", "bring", "job"):
            ines.go(stage[name])
            ines.look(f"brought-{name}")
        for rest in ("", "offline/"):
            jonah.go(f"{stage['theirs']}{rest}")
            jonah.look(f"brought-portal-{rest.strip('/') or 'page'}")


def test_the_whole_way_goes_without_a_script(stage, sit):
    ines = sit(stage["ines"], scripts=False)
    ines.go(stage["job"])
    ines.press("Throw away")
    ines.reads("Thrown away. Nothing was changed.")
    ines.fill({"received_from": SOURCE})
    rest = {"name": "caiq.xlsx", "mimeType": "application/octet-stream", "buffer": stage["rest"]}
    ines.page.locator('[name="file"]').set_input_files(rest)
    ines.press("Look at it")
    ines.heading("What the file would change")
    ines.page.locator('[name="rule"][value="file"]').check()
    ines.press("Take the answers in")
    ines.reads("24 answers came from caiq.xlsx.")
    ines.press("Take it as the vendor's answer")
    ines.reads("It is taken as the vendor's answer.")
    looking = sit(stage["ines"], viewport=PHONE)  # axe needs a script
    looking.go(stage["page"])
    looking.look("brought-taken")
