"""`manage.py import_questionnaire FILE --json --dry-run`: what an import would make of a file (DESIGN.md, "Contracts").
Without --dry-run it becomes the draft of a new questionnaire, to be looked over in the browser.

The file is read in the confined child: a hostile one costs a sentence.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from procurement.questionnaires import services
from procurement.questionnaires.importing.draft import Draft, contract
from procurement.questionnaires.importing.jobs import READ_QUESTIONNAIRE
from procurement.questionnaires.importing.limits import SENTENCES, UPLOAD
from procurement.questionnaires.models import QuestionnaireVersion
from vendors.calendar import clock
from vendors.confinement.errors import ConfinedJobFailed
from vendors.confinement.services import run_confined
from vendors.people.actors import SYSTEM, Refused

TIMEOUT = 60.0  # a workbook at its limits; nobody waits at a page for this command


class Command(BaseCommand):
    help = "Read a questionnaire. Exit 0 also for a file that cannot be read (its error says why), 2 for wrong usage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print everything as one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="show what would be imported and save nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.", returncode=2)
        content = _read(path)
        version = None
        if not options["dry_run"] and not content["error"]:
            try:
                version = _saved(path)
            except Refused as refusal:
                content["error"] = str(refusal)
        if options["json"]:
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))
            return
        for line in _in_words(content):
            self.stdout.write(line)
        if version:
            self.stdout.write(f"draft: {version} at {version.get_absolute_url()}")


def _read(path: Path) -> dict[str, Any]:
    if path.stat().st_size > UPLOAD:
        return contract(None, SENTENCES["too_large"])
    try:
        found, _ = run_confined(READ_QUESTIONNAIRE, params={"name": path.name}, data=path.read_bytes(), timeout=TIMEOUT)
    except ConfinedJobFailed as failure:
        return contract(None, str(failure))
    draft = Draft.from_json(found["draft"])
    return contract(draft, None if draft.questions else SENTENCES["no_questions"])


def _saved(path: Path) -> QuestionnaireVersion:
    """The draft. Raises Refused."""
    job = services.begin_import(data=path.read_bytes(), name=path.name, by=SYSTEM, now=clock.now())
    return services.make_draft(job=job, title="", family=None, by=SYSTEM, now=clock.now())


def _in_words(content: dict[str, Any]) -> Iterator[str]:
    if content["error"]:
        yield content["error"]
        return
    yield f"{content['title']}: {content['question_count']} questions in {content['section_count']} sections"
    for section in content["sections"]:
        yield f"  {section['title']}: {section['questions']}"
    for warning in content["warnings"]:
        yield f"look at: {warning}"
