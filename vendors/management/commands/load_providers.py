"""`manage.py load_providers`: puts the starter list of well-known providers on file, those that are not there yet."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from vendors.calendar import clock
from vendors.directory import services
from vendors.directory.providers import starter_list
from vendors.directory.queries import providers_not_on_file
from vendors.people.actors import SYSTEM


class Command(BaseCommand):
    help = "Put well-known AI and cloud providers on file, each without a report. Vendors on file stay as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only print who would be added")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["dry_run"]:
            names = [provider.name for provider in providers_not_on_file()]
            said = "would be added"
        else:
            names = [vendor.name for vendor in services.load_providers(by=SYSTEM, at=clock.now())]
            said = "added"
        for name in names:
            self.stdout.write(name)
        on_file = len(starter_list().providers) - len(names)
        self.stdout.write(f"{len(names)} {said}, {on_file} on file already. Facts as of {starter_list().as_of}.")
