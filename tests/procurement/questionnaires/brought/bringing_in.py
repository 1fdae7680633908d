"""The way of a file that a reviewer brings in for the vendor: up with its source, looked at, taken in."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from procurement.questionnaires.models import AnswerImport, Assessment
from tests.factories.questionnaire_files import workbook
from tests.procurement.questionnaires.offline.bringing import words_of

SOURCE = "Trust center of Quillhaven, 1 September 2026"
TOLD = f"Brought in by Ines Varga from caiq.xlsx ({SOURCE})"
HEAD = ["Question ID", "Question", "Answer", "Comment"]


def finished(assessment: Assessment, said: Mapping[str, str | tuple[str, str]]) -> bytes:
    """A questionnaire of another make with these of our questions, filled in: an answer, or one with its comment."""
    rows = []
    for answer in assessment.answers.select_related("question").filter(question__ref__in=said):
        told = said[answer.question.ref]
        rows.append([answer.question.ref, answer.question.text, *((told, "") if isinstance(told, str) else told)])
    return workbook({"CAIQ": [HEAD, *rows]})


def up(client: Client, bring: str, data: bytes, *, name: str = "caiq.xlsx", source: str = SOURCE) -> HttpResponse:
    return client.post(bring, {"file": SimpleUploadedFile(name, data), "received_from": source})


def looked_at(client: Client, bring: str, data: bytes, **told: str) -> AnswerImport:
    """The file, read and waiting for a decision."""
    answer = up(client, bring, data, **told)
    assert answer.status_code == 302, words_of(answer)
    return AnswerImport.objects.latest("pk")


def form_of(client: Client, bring: str, job: AnswerImport, **changes: Any) -> dict[str, Any]:
    """What the page of the file sends when nothing is ticked."""
    form = client.get(f"{bring}{job.pk}/").context["form"]
    return {"rule": form["rule"].value().value, "seen": form["seen"].value(), **changes}


def taken_in(client: Client, bring: str, job: AnswerImport, **changes: Any) -> HttpResponse:
    return client.post(f"{bring}{job.pk}/", form_of(client, bring, job, **changes))


def groups(client: Client, bring: str, job: AnswerImport) -> dict[str, list[str]]:
    """The references in each group of the comparison."""
    found: dict[str, list[str]] = {}
    for line in client.get(f"{bring}{job.pk}/").context["comparison"].lines:
        found.setdefault(line.group.value, []).append(line.answer.question.ref)
    return found
