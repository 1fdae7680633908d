"""A reviewer and a vendor at work, over HTTP, while the web processes are killed under them."""

import contextlib
import http.client
import os
import socket
import threading
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from procurement.accounts.models import User
from tests.factories.contacts import signed_in
from tests.factories.vault import pdf_bytes
from tests.soak.stage import Stage
from vendors.calendar import clock
from vendors.calendar.days import plus_days
from vendors.contacts.models import Contact
from vendors.correspondence.models import OutgoingEmail, State
from vendors.reports.models import Report, ReportRequest

CSRF = "a" * 32
BOUNDARY = "----report"
SYSTEM = "Asked while the web process died"
PATIENCE_SECONDS = 60


def ask_every_vendor_while_the_web_process_dies(stage: Stage) -> None:
    """Every vendor is asked for its report once. A page that broke is opened again, as a person does.

    Fails when a vendor was asked twice or not at all, or when a request has no mail, or its mail did not arrive.
    """
    cookie = _cookie_of(_reviewer())
    contacts = list(Contact.objects.order_by("pk"))
    last = len(contacts) - 1
    dies_at = {stage.chance.randint(0, last) for _ in range(stage.strikes)}
    _open_the_web(stage)
    for number, contact in enumerate(contacts):
        bang = threading.Timer(stage.chance.uniform(0, 0.05), stage.web.kill)
        if number in dies_at:
            bang.start()
        while not _is_asked(contact):
            if not _post_request(stage, contact, cookie):
                bang.join()
                _open_the_web(stage)
        if number in dies_at:
            bang.join()
            _open_the_web(stage)
    asked = ReportRequest.objects.filter(system=SYSTEM)
    assert asked.count() == len(contacts)
    abouts = {f"report-request:{pk}" for pk in asked.values_list("pk", flat=True)}

    def all_sent() -> bool:
        return OutgoingEmail.objects.filter(about__in=abouts, state=State.SENT).count() >= len(contacts)

    assert stage.recover(all_sent), "a request was made and its mail did not leave"
    mails = OutgoingEmail.objects.filter(about__in=abouts, kind="vendors/reports/email/report_requested")
    arrived = [str(each.message["Message-ID"]) for each in stage.mail.received]
    assert [arrived.count(each) for each in mails.values_list("message_id", flat=True)] == [1] * len(contacts)


def cut_an_upload(stage: Stage) -> None:
    """kill -9 in the middle of an upload keeps nothing; the second try keeps the file, once."""
    contact = Contact.objects.select_related("user", "vendor").order_by("pk").first()
    assert contact is not None
    contact.user.contact = contact
    request = ReportRequest.objects.get(system=SYSTEM, contact=contact)
    cookie = _cookie_of(signed_in(contact))
    content = pdf_bytes(pages=200, text=f"Sent on day {stage.chance.random()}")
    before = Report.objects.filter(vendor=contact.vendor).count()
    head, body = _upload(stage, request, cookie, content)
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", stage.web_port), timeout=10) as wire:
        wire.sendall(head + body[: int(len(body) * stage.chance.uniform(0.2, 0.9))])
        stage.web.kill()
    assert Report.objects.filter(vendor=contact.vendor).count() == before
    _open_the_web(stage)
    with socket.create_connection(("127.0.0.1", stage.web_port), timeout=PATIENCE_SECONDS) as wire:
        wire.sendall(head + body)
        answer = wire.makefile("rb").read()
    assert answer.startswith((b"HTTP/1.1 302", b"HTTP/1.1 200")), answer[:400]
    assert Report.objects.filter(vendor=contact.vendor).count() == before + 1


def _post_request(stage: Stage, contact: Contact, cookie: str) -> bool:
    """Whether an answer came."""
    typed = {
        "csrfmiddlewaretoken": CSRF,
        "what": "soc2_type2",
        "system": SYSTEM,
        "contact": contact.pk,
        "due_on": plus_days(clock.today(), 60).isoformat(),
    }
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    site = http.client.HTTPConnection("127.0.0.1", stage.web_port, timeout=PATIENCE_SECONDS)
    try:
        site.request("POST", f"/vendors/{contact.vendor_id}/requests/new/", urlencode(typed), headers)
        answer = site.getresponse()
        page = answer.read().decode()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        site.close()
    assert answer.status == 302, f"{answer.status}: {page[-2000:]}"
    return True


def _is_asked(contact: Contact) -> bool:
    return ReportRequest.objects.filter(system=SYSTEM, contact=contact).exists()


def _open_the_web(stage: Stage) -> None:
    stage.web.kill()
    stage.web.start()
    stage.web.wait_until(lambda: _answers(stage.web_port), "gunicorn")


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError, http.client.HTTPException):
        site = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        site.request("GET", "/healthz")
        return site.getresponse().status == 200
    return False


def _reviewer() -> Client:
    client = Client()
    client.force_login(User.objects.filter(is_reviewer=True).order_by("pk")[0])
    return client


def _cookie_of(client: Client) -> str:
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"


def _upload(stage: Stage, request: ReportRequest, cookie: str, content: bytes) -> tuple[bytes, bytes]:
    parts = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{CSRF}\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="report-{os.getpid()}.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    body = parts.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    head = (
        f"POST /portal/requests/{request.pk}/upload/ HTTP/1.1\r\nHost: 127.0.0.1:{stage.web_port}\r\n"
        f"Cookie: {cookie}\r\nOrigin: http://127.0.0.1:{stage.web_port}\r\nX-Requested-With: XMLHttpRequest\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\n\r\n"
    )
    return head.encode(), body
