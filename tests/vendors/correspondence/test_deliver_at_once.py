"""Several deliverers, and an act that calls a mail back, at the same moment. On real databases."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.databases import in_threads
from tests.factories.correspondence import NINE, mail
from tests.smtp import Hold
from vendors.correspondence.delivery import Outcome, deliver, deliver_due
from vendors.correspondence.models import OutgoingEmail, State
from vendors.correspondence.services import cancel
from vendors.people.actors import SYSTEM


@pytest.fixture(autouse=True)
def server(smtp_server, mail_goes_to):
    mail_goes_to(smtp_server)
    return smtp_server


@pytest.mark.slow
def test_eight_deliverers_send_each_mail_once(real_database, server):
    for number in range(20):
        mail(f"person{number}@quillhaven.example")

    tallies = in_threads(8, lambda _: deliver_due(NINE))

    assert sum((each for each in tallies), Counter())[Outcome.SENT] == 20
    assert sorted(each.recipients[0] for each in server.received) == sorted(
        f"person{number}@quillhaven.example" for number in range(20)
    )


@pytest.mark.parametrize(("answer", "becomes"), [("250 OK", State.SENT), ("451 later", State.CANCELLED)])
def test_a_mail_called_back_while_it_is_handed_over_is_what_the_server_makes_of_it(
    real_database, server, answer, becomes
):
    email, hold = mail(), Hold(reply=answer)
    server.next(hold)

    def call_back(_: int) -> int:
        hold.wait_until_reached()
        called_back = cancel(about=email.about, by=SYSTEM, now=NINE)
        hold.release()
        return called_back

    acts = (lambda _: deliver(email.pk, NINE), call_back)
    assert in_threads(2, lambda number: acts[number](number))[1] == 1
    assert OutgoingEmail.objects.get().state == becomes
    assert deliver_due(NINE + timedelta(days=1)) == Counter()
