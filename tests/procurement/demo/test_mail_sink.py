"""The demo's mail server keeps every message as a file, whole, with who really got it."""

import email
import email.policy
import os
import signal
import smtplib
import socket
import threading
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from procurement.demo.mailbox import letters
from procurement.demo.sink import Mailbox
from tests.smtp import free_port


def letter(subject: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Northmoor Health security review <reviews@northmoor.example>"
    message["To"] = "Jonah Pell <jonah.pell@quillhaven.example>"
    message.set_content("Your code is 493 221. Grüße")
    return message


def once_it_listens(port: int, act) -> threading.Thread:
    """Does `act` when the sink answers, and then stops the sink the way honcho does."""

    def run() -> None:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        try:
            act()
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_every_message_is_kept_with_its_real_recipients_until_the_sink_is_stopped(settings, tmp_path):
    settings.VAR = tmp_path
    port = free_port()

    def send_two() -> None:
        with smtplib.SMTP("127.0.0.1", port) as server:
            server.send_message(letter("Please upload your SOC 2 report"), to_addrs=["hidden@quillhaven.example"])
            server.send_message(letter("Grüße"))

    sender = once_it_listens(port, send_two)
    call_command("mail_sink", "--port", str(port))
    sender.join()

    kept = sorted((tmp_path / "mailbox").iterdir())
    assert [path.suffix for path in kept] == [".eml", ".eml"]
    first, second = (email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in kept)
    assert first["Subject"] == "Please upload your SOC 2 report"
    assert first["X-RcptTo"] == "hidden@quillhaven.example"
    assert first["X-MailFrom"] == "reviews@northmoor.example"
    assert "493 221" in first.get_content()
    assert second["Subject"] == "Grüße"
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept), "codes and links are for the demo's owner"


def test_production_has_no_sink(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="Production needs a mail server"):
        call_command("mail_sink")


def test_a_port_that_is_taken_is_named(settings, tmp_path: Path):
    settings.VAR = tmp_path
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is not free"):
            call_command("mail_sink", "--port", str(port))


def test_links_into_the_house_lead_to_where_it_listens_today(settings, tmp_path):
    settings.BASE_URL = "http://127.0.0.1:8003"
    message = letter("Your invitation")
    message.set_content("Come in:\nhttp://127.0.0.1:8000/portal/invitation/abc/\nOurs: http://127.0.0.1.example:80/")
    message.add_alternative('<a href="http://127.0.0.1:8000/portal/invitation/abc/">Come in</a>', subtype="html")
    Mailbox(tmp_path).keep(message.as_bytes())
    (kept,) = letters(tmp_path)
    assert "http://127.0.0.1:8003/portal/invitation/abc/" in kept.text
    assert "http://127.0.0.1.example:80/" in kept.text
    assert 'href="http://127.0.0.1:8003/portal/invitation/abc/"' in kept.html
