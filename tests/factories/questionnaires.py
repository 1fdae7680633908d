"""Questionnaires made for a test: content in short, published versions, and a long one."""

from typing import Any

from django.apps import apps

from procurement.questionnaires.content import filled
from procurement.questionnaires.content_check import problems_in
from procurement.questionnaires.models import Questionnaire, QuestionnaireVersion
from procurement.questionnaires.services.writing import write_version
from vendors.calendar import clock


def question(ref: str, kind: str = "yes_no_partial_na", **differs: Any) -> dict[str, Any]:
    return {"key": ref.lower(), "ref": ref, "text": f"What about {ref}?", "kind": kind, **differs}


def option(value: str, **more: Any) -> dict[str, Any]:
    return {"value": value, "label": value.replace("-", " ").capitalize(), **more}


def content(*questions: dict[str, Any], key: str = "made", title: str = "Made for a test") -> dict[str, Any]:
    """Content with one section."""
    return with_sections({"title": "Everything", "questions": list(questions)}, key=key, title=title)


def with_sections(*sections: dict[str, Any], key: str = "made", title: str = "Made for a test") -> dict[str, Any]:
    return {
        "format": "countersign-questionnaire/2",
        "questionnaire": key,
        "number": 1,
        "title": title,
        "sections": list(sections),
    }


def published(given: dict[str, Any]) -> QuestionnaireVersion:
    """A published version with this content, in a family of its own."""
    assert problems_in(given) == []
    family, _is_new = Questionnaire.objects.get_or_create(
        key=given["questionnaire"], defaults={"title": given["title"]}
    )
    return write_version(apps.get_model, filled(given), family=family, published_at=clock.now())


def a_draft() -> QuestionnaireVersion:
    """A version nobody can be sent yet."""
    family = Questionnaire.objects.create(key="unfinished", title="Unfinished")
    given = filled(content(question("A-1"), key="unfinished"))
    return write_version(apps.get_model, given, family=family, published_at=None)


def long_content(count: int, key: str = "long") -> dict[str, Any]:
    """As many questions as wanted, twenty a section, each section behind a gate that the first question opens."""
    sections = []
    for start in range(0, count, 20):
        numbers = range(start, min(start + 20, count))
        sections.append(
            {
                "title": f"Part {start // 20 + 1}",
                "questions": [question(f"Q-{n + 1}", evidence="optional", criteria=["CC6.1"]) for n in numbers],
                "visible_if": {"not": {"q": "q-1", "op": "is", "v": "no"}} if start else None,
            }
        )
    return with_sections(*sections, key=key, title="A long one")


def every_kind(key: str = "every-kind") -> dict[str, Any]:
    """One question of each kind, some behind a gate."""
    gate = {"q": "yn", "op": "is", "v": "yes"}
    company = [{"key": "name", "title": "Company"}, {"key": "country", "title": "Country"}]
    return with_sections(
        {
            "title": "Choices",
            "intro": "Read this first.",
            "questions": [
                question("NOTE", "info", help="Nothing to answer here."),
                question("YN", "yes_no"),
                question("YPN", help="A sentence goes with all but Yes."),
                question("ONE", "single", options=[option("cloud"), option("own", needs_words=True)], visible_if=gate),
                question("MANY", "multi", options=[option("phone"), option("app"), option("key")], allows_na=True),
            ],
        },
        {
            "title": "Words and figures",
            "questions": [
                question("LINE", "short_text"),
                question("TEXT", "long_text", visible_if=gate),
                question("DAYS", "number", shape={"unit": "days", "min": 0, "max": 365}),
                question("WHY", "long_text", visible_if={"q": "days", "op": "gt", "v": 30}),
                question("DATE", "date"),
                question("TEST", "date_range"),
            ],
        },
        {
            "title": "Lists",
            "visible_if": gate,
            "questions": [
                question("FIRMS", "table", shape={"columns": company}),
                question("PLACES", "location"),
                question("USA", "yes_no", visible_if={"q": "places", "op": "contains", "v": "US"}),
                question("WHO", "contact"),
                question(
                    "PROOF", "file", evidence="required", evidence_kinds=["penetration_test"], evidence_max_months=12
                ),
            ],
        },
        key=key,
        title="Every kind of question",
    )
