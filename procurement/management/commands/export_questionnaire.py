"""`manage.py export_questionnaire core > core.json`: a version as a file of our own format (docs/questionnaires.md)."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from procurement.questionnaires.content import current_content
from procurement.questionnaires.models import QuestionnaireVersion


class Command(BaseCommand):
    """Prints the JSON; nothing is changed."""

    help = "Print a version of a questionnaire as JSON of our own format."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="which questionnaire: its key")
        parser.add_argument("--number", type=int, help="which version; without it the newest that is published")

    def handle(self, *_args: Any, key: str, number: int | None, **_options: Any) -> None:
        versions = QuestionnaireVersion.objects.filter(questionnaire__key=key).order_by("-number")
        found = (versions.filter(number=number) if number else versions.published()).first()
        if found is None:
            raise CommandError("There is no such version. Keys: " + ", ".join(_keys()))
        self.stdout.write(json.dumps(current_content(found), ensure_ascii=False, indent=2))


def _keys() -> list[str]:
    return sorted(set(QuestionnaireVersion.objects.values_list("questionnaire__key", flat=True)))
