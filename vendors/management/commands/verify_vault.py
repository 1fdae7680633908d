"""`manage.py verify_vault`: every stored file opens and is what was sealed (DESIGN.md, "Contracts")."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from vendors.calendar.clock import now
from vendors.people.actors import Refused
from vendors.vault import orphans
from vendors.vault.queries import files_in_keeping
from vendors.vault.services import verify


class Command(BaseCommand):
    help = "Read every stored file through. Exit 0 when all is well, 1 naming what is not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--remove-orphans",
            action="store_true",
            help="also remove sealed bytes older than an hour that no row can open",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        good, broken = 0, 0
        for stored in files_in_keeping().iterator():
            try:
                verify(stored)
                good += 1
            except Refused:
                broken += 1
                self.stderr.write(f"{stored.pk} ({stored.purpose}, {stored.name}) is missing or not as it was sealed.")
        self.stdout.write(f"{good} of {good + broken} stored files are as they were sealed.")
        if options["remove_orphans"]:
            self.stdout.write(f"Sealed files without a row. Removed: {orphans.remove_orphans(now=now())}.")
        elif left := orphans.orphans(now=now()):
            self.stdout.write(f"Sealed files without a row: {len(left)}. --remove-orphans removes them.")
        if broken:
            raise SystemExit(1)
