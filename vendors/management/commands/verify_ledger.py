"""`manage.py verify_ledger`: exit 0 when the ledger is whole, 1 naming the first entry that is not."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vendors.ledger.verification import verify


def noted_entry(text: str) -> tuple[int, str]:
    """`SEQ:HASH` as an earlier run printed it."""
    seq, separator, noted = text.partition(":")
    if not (separator and seq.isdecimal() and len(noted) == 64):
        raise ArgumentTypeError("Write the entry as an earlier run printed it: 148:3fa9… (64 hexadecimal digits).")
    return int(seq), noted.lower()


class Command(BaseCommand):
    help = "Check that no entry of the ledger was edited, deleted, inserted or reordered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--noted",
            type=noted_entry,
            metavar="SEQ:HASH",
            help="an entry noted outside the database: shows whether the end was cut off or all was written anew",
        )

    def handle(self, *_arguments: Any, **options: Any) -> None:
        verdict = verify(options["noted"])
        if verdict.fault:
            raise CommandError(verdict.fault.sentence, returncode=1)
        if verdict.count == 0:
            self.stdout.write("The ledger is whole and empty.")
            return
        self.stdout.write(f"The ledger is whole: {verdict.count} entries.")
        self.stdout.write(f"Note the last one outside this database: {verdict.count}:{verdict.head}")
