"""Bad days as people see them, in a running house: a dead broker, and a day without the mail server."""

import re
import time
from datetime import timedelta

import pytest

from tests.journeys.browser import PASSWORD
from tests.journeys.house import House, code_in, link_in, wait_until
from tests.journeys.visitor import Visitor
from vendors.calendar import clock
from vendors.correspondence.models import MailOutage, OutgoingEmail, State
from vendors.correspondence.tasks import deliver_due_mail
from vendors.nudging import services as nudging

pytestmark = [pytest.mark.broker, pytest.mark.slow]

ROSA = "rosa.quint@tarnledger.example"
QUICK_SECONDS = 10


def come_in(house: House, email: str) -> Visitor:
    visitor = Visitor(house.address)
    visitor.go("/account/login/")
    visitor.submit({"login": email, "password": PASSWORD}, to="/account/login/")
    return visitor


def ask_for_a_review(adaeze: Visitor) -> None:
    adaeze.go("/reviews/new/")
    adaeze.submit(
        {
            "vendor_name": "Quillhaven",
            "vendor_domain": "quillhaven.example",
            "title": "People Cloud",
            "description": "Reviews of the year.",
            "data_classes": ["personal"],
            "criticality": "medium",
        },
        to="/reviews/new/",
    )
    adaeze.reads("Quillhaven: People Cloud", "Requested")


def as_beat_does(house: House, nudges_go_to) -> None:
    nudges_go_to(house.broker)
    nudging._found_dead_at = None
    assert nudging.nudge(deliver_due_mail.name)


def test_with_a_dead_broker_people_work_on_come_in_and_get_every_letter_later(
    sqlite_database, open_house, people, nudges_go_to
):
    cast, house = people(), open_house(sqlite_database)
    adaeze, ines = come_in(house, cast.requester.email), come_in(house, cast.reviewer.email)
    house.broker.kill()

    started = time.monotonic()
    ask_for_a_review(adaeze)
    assert time.monotonic() - started < QUICK_SECONDS
    adaeze.go("/readyz")
    assert adaeze.status == 200, "people may still be sent here"
    assert b"The broker does not answer. Mail and PDFs wait until it does." in adaeze.content
    assert not house.mail.received

    ines.go("/")
    ines.reads("Quillhaven")
    ines.go(ines.link_to("/reviews/"))
    house.broker.start()
    as_beat_does(house, nudges_go_to)
    house.letter_to(cast.reviewer.email, "a review waits for a reviewer")
    assert len(house.letters_to(cast.reviewer.email, "a review waits for a reviewer")) == 1


def test_a_contact_who_waits_for_a_code_gets_it_with_a_dead_broker(sqlite_database, open_house, people, nudges_go_to):
    cast, house = people(), open_house(sqlite_database)
    ines = invite_rosa(house, cast)
    invitation = house.letter_to(ROSA, "your invitation")
    house.broker.kill()

    rosa = Visitor(house.address)
    rosa.go(link_in(invitation, "/portal/i/"))
    rosa.submit(to="/portal/i/")
    rosa.submit({"code": code_in(house.letter_to(ROSA, "Your code"))}, to="/portal/code/")
    assert rosa.path == "/portal/"
    assert ines.status == 200


def test_a_day_without_mail_server_is_said_to_everybody_who_waits_and_loses_nothing(
    sqlite_database, open_house, people, nudges_go_to
):
    cast, house = people(), open_house(sqlite_database)
    ines = invite_rosa(house, cast)
    invitation = house.letter_to(ROSA, "your invitation")
    house.mail.stop()

    rosa = Visitor(house.address)
    rosa.go(link_in(invitation, "/portal/i/"))
    rosa.submit(to="/portal/i/")
    as_beat_does(house, nudges_go_to)
    wait_until(MailOutage.objects.exists, lambda: "nobody noticed that the mail server is away")
    rosa.go("/portal/code/")
    rosa.reads("Our mail server has not answered since")
    ines.go("/mail/")
    ines.reads("The mail server does not answer", "All mail waits and none is lost")
    ask_for_a_review(come_in(house, cast.requester.email))
    a_day_passes()

    house.mail.start()
    as_beat_does(house, nudges_go_to)
    house.letter_to(cast.reviewer.email, "a review waits for a reviewer")
    wait_until(lambda: not OutgoingEmail.objects.waiting().exists(), lambda: "mail waits still")
    assert not MailOutage.objects.exists()
    assert not house.letters_to(ROSA, "Your code"), "a code of yesterday is of no use to anybody"
    assert OutgoingEmail.objects.filter(state=State.FAILED).count() == 0
    ids = [str(each.message["Message-ID"]) for each in house.mail.received]
    assert len(ids) == len(set(ids))
    ines.go("/mail/")
    assert not re.search("All mail waits", ines.text)


def invite_rosa(house: House, cast) -> Visitor:
    """Ines Varga puts Tarn Ledger on file and invites its contact."""
    ines = come_in(house, cast.reviewer.email)
    ines.go("/vendors/new/")
    ines.submit(
        {"name": "Tarn Ledger", "domain": "tarnledger.example", "category": "business_software"},
        to="/vendors/new/",
    )
    ines.go(f"{ines.link_to('/contacts/').split('contacts/')[0]}contacts/invite/")
    ines.submit({"name": "Rosa Quint", "email": ROSA, "title": "Compliance"}, to="/contacts/invite/")
    ines.reads(ROSA)
    return ines


def a_day_passes() -> None:
    """What waits since this morning waits since yesterday."""
    day = timedelta(days=1)
    for row in OutgoingEmail.objects.waiting():
        row.next_try_at, row.queued_at = min(row.next_try_at, clock.now()) - day, row.queued_at - day
        row.not_after = row.not_after and row.not_after - day
        row.save()
    MailOutage.objects.update(next_try_at=clock.now() - timedelta(minutes=1), since=clock.now() - day)
