"""`manage.py mail_sink --port N`: the demo's mail server."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from procurement.demo.sink import serve


class Command(BaseCommand):
    help = "Take every mail on 127.0.0.1 and keep it under var/mailbox. The demo only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=1025)

    def handle(self, *_args: Any, port: int, **_options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The mail sink keeps codes and links in plain files. Production needs a mail server.")
        try:
            serve(host="127.0.0.1", port=port, folder=Path(settings.VAR) / "mailbox")
        except OSError as error:
            raise CommandError(f"Port {port} is not free. Choose another with --port.") from error
