"""Mail to a server on this machine, claimed and marked one by one, beside Django's batch on one connection."""

import time

from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from tests.bench.figures import Amounts, Figure, Figures
from tests.factories.correspondence import mail
from tests.smtp import free_port
from vendors.calendar import clock
from vendors.correspondence.delivery import Outcome, deliver_due
from vendors.correspondence.models import OutgoingEmail


class _TakesEverything:
    async def handle_DATA(self, _server, _session, _envelope) -> str:
        return "250 OK"


def mails(amounts: Amounts) -> Figures:
    """Sending, message by message."""
    server = Controller(_TakesEverything(), hostname="127.0.0.1", port=free_port())
    before = settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    server.start()
    try:
        for number in range(amounts.mails):
            mail(f"person{number}@quillhaven.example", now=clock.now())
        started = time.perf_counter()
        assert get_connection().send_messages([_as_it_is(row) for row in OutgoingEmail.objects.all()]) == amounts.mails
        batch = amounts.mails / (time.perf_counter() - started)
        started = time.perf_counter()
        assert deliver_due(clock.now())[Outcome.SENT] == amounts.mails
        ours = amounts.mails / (time.perf_counter() - started)
    finally:
        server.stop()
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = before
    yield Figure(work=f"{amounts.mails} mails", unit="/s", floor=batch, ours=ours, goal=0.6, at_least=True)


def _as_it_is(row: OutgoingEmail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(row.subject, row.text, settings.DEFAULT_FROM_EMAIL, [row.to_email])
    message.attach_alternative(row.html, "text/html")
    return message
