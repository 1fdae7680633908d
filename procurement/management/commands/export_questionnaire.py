"""`manage.py export_questionnaire core > core.json`: a version as a file, in our own format (docs/questionnaires.md) or
another."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from procurement.exports.formats import OF_VERSIONS
from procurement.exports.handing_out import add_out, hand_out
from procurement.exports.services import export_version
from procurement.questionnaires.content import current_content
from procurement.questionnaires.models import QuestionnaireVersion
from vendors.calendar import clock

OUR_OWN = "json"


class Command(BaseCommand):
    """Prints or writes the file; nothing is changed."""

    help = "Write a version of a questionnaire: JSON of our own format, a blank workbook or table, an OSCAL catalog."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="which questionnaire: its key")
        parser.add_argument("--number", type=int, help="which version; without it the newest that is published")
        parser.add_argument("--format", choices=[OUR_OWN, *OF_VERSIONS], default=OUR_OWN, dest="form")
        add_out(parser)

    def handle(self, *_args: Any, key: str, number: int | None, form: str, out: str, **_options: Any) -> None:
        versions = QuestionnaireVersion.objects.filter(questionnaire__key=key).order_by("-number")
        found = (versions.filter(number=number) if number else versions.published()).first()
        if found is None:
            raise CommandError("There is no such version. Keys: " + ", ".join(_keys()))
        if form == OUR_OWN:
            content = json.dumps(current_content(found), ensure_ascii=False, indent=2).encode() + b"\n"
            hand_out(self, content, out=out)
        else:
            made = export_version(version=found, form=OF_VERSIONS[form], now=clock.now())
            hand_out(self, made.content, out=out, is_text=OF_VERSIONS[form].is_text)


def _keys() -> list[str]:
    return sorted(set(QuestionnaireVersion.objects.values_list("questionnaire__key", flat=True)))
