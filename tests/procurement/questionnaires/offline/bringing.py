"""The way of a workbook: down from the portal, filled in, up again, taken in."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from procurement.questionnaires.models import AnswerImport, Assessment
from tests.procurement.questionnaires.conftest import page_of

TAG = re.compile(r"<[^>]+>")


def down(client: Client, assessment: Assessment, rest: str = "") -> bytes:
    """The workbook as the portal gives it."""
    answer = client.get(page_of(assessment, f"offline/workbook.xlsx{rest}"))
    assert answer.status_code == 200
    return b"".join(answer)


def up(client: Client, assessment: Assessment, data: bytes, name: str = "answers.xlsx") -> HttpResponse:
    return client.post(page_of(assessment, "offline/"), {"file": SimpleUploadedFile(name, data)})


def looked_at(client: Client, assessment: Assessment, data: bytes, name: str = "answers.xlsx") -> AnswerImport:
    """The file, read and waiting for a decision."""
    answer = up(client, assessment, data, name)
    assert answer.status_code == 302, words_of(answer)
    return AnswerImport.objects.latest("pk")


def shown(client: Client, job: AnswerImport) -> str:
    """The page of what would change, in words."""
    return words_of(client.get(job.get_absolute_url()))


def form_of(client: Client, job: AnswerImport, **changes: Any) -> dict[str, Any]:
    """What the page sends when nothing is ticked."""
    form = client.get(job.get_absolute_url()).context["form"]
    return {"rule": form["rule"].value().value, "seen": form["seen"].value(), **changes}


def taken_in(client: Client, job: AnswerImport, **changes: Any) -> HttpResponse:
    return client.post(job.get_absolute_url(), form_of(client, job, **changes))


def groups(client: Client, job: AnswerImport) -> dict[str, list[str]]:
    """The references in each group of the comparison."""
    found: dict[str, list[str]] = {}
    for line in client.get(job.get_absolute_url()).context["comparison"].lines:
        found.setdefault(line.group.value, []).append(line.answer.question.ref)
    return found


def words_of(page: HttpResponse) -> str:
    return " ".join(TAG.sub(" ", page.text).split())
