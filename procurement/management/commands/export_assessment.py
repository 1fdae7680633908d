"""`manage.py export_assessment 12 --format xlsx --out answers.xlsx`: the answers to a questionnaire as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from procurement.exports import json_file
from procurement.exports.formats import OF_ANSWERS
from procurement.exports.handing_out import add_out, hand_out
from procurement.exports.services import MadeFile, export_assessment, made_of
from procurement.questionnaires.models import Assessment
from procurement.reviews.between import review_of
from vendors.calendar import clock
from vendors.people.actors import SYSTEM, Refused


class Command(BaseCommand):
    """From the database, which the ledger records; or from an export as JSON, which needs no database."""

    help = "Write the answers to a questionnaire as a workbook, table, document, JSON or OSCAL assessment results."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="which questionnaire: its id, or a file that was exported as JSON")
        parser.add_argument("--format", choices=list(OF_ANSWERS), default="json", dest="form")
        add_out(parser)

    def handle(self, *_args: Any, source: str, form: str, out: str, **_options: Any) -> None:
        try:
            made = _from_database(int(source), form) if source.isdecimal() else _from_file(source, form)
        except (Refused, json_file.NotAnExport, OSError) as reason:
            raise CommandError(str(reason)) from reason
        hand_out(self, made.content, out=out, is_text=OF_ANSWERS[form].is_text)


def _from_database(pk: int, form: str) -> MadeFile:
    found = Assessment.objects.select_related("vendor").filter(pk=pk).first()
    if found is None:
        raise CommandError(f"There is no questionnaire {pk} that was sent.")
    return export_assessment(
        assessment=found, review=review_of(found), form=OF_ANSWERS[form], by=SYSTEM, now=clock.now()
    )


def _from_file(name: str, form: str) -> MadeFile:
    return made_of(json_file.read(Path(name).read_bytes()), OF_ANSWERS[form])
