"""The content of a version as plain JSON, and the hash that pins it: what was sent can be told from anything else."""

import hashlib
import json
from typing import Any

from procurement.questionnaires.models import QuestionnaireVersion

FORMAT = "countersign-questionnaire/1"


def version_content(version: QuestionnaireVersion) -> dict[str, Any]:
    """Everything a vendor reads in this version, in order. State and times are no content."""
    return {
        "format": FORMAT,
        "questionnaire": version.questionnaire.key,
        "number": version.number,
        "title": version.title,
        "intro": version.intro,
        "sections": [
            {
                "title": section.title,
                "questions": [
                    {
                        "key": question.key,
                        "ref": question.ref,
                        "text": question.text,
                        "help": question.help,
                        "kind": question.kind,
                        "evidence": question.evidence,
                        "criteria": question.criteria,
                    }
                    for question in section.questions.all()
                ],
            }
            for section in version.sections.prefetch_related("questions")
        ],
    }


def sha256_of(content: dict[str, Any]) -> str:
    """SHA-256 of the content as UTF-8 JSON with sorted keys and no spare space, in hexadecimal."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def version_sha256(version: QuestionnaireVersion) -> str:
    return sha256_of(version_content(version))
