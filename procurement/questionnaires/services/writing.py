"""Writing the rows of a version from its content: the only place that does, for migrations and for acts alike."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from procurement.questionnaires.content_hash import sha256_of

GetModel = Callable[[str, str], Any]


def write_version(get_model: GetModel, content: dict[str, Any], *, family: Any, published_at: datetime | None) -> Any:
    """Write the version with everything in it; published when a moment is given, else a draft. Returns the row.

    get_model  `apps.get_model` of the product or of a migration: only columns that migration 0008 makes are named here
    content    whole and checked (`content.filled`, `content_check.problems_in`)
    """
    version = get_model("procurement", "QuestionnaireVersion").objects.create(
        questionnaire=family, number=content["number"], title=content["title"], intro=content["intro"]
    )
    questions = get_model("procurement", "Question").objects
    rows = []
    for section, asked in _sections(get_model, version, content["sections"], parent=None):
        rows += [
            questions.model(section=section, position=position, **question)
            for position, question in enumerate(asked, start=1)
        ]
    questions.bulk_create(rows)
    if published_at is not None:
        questions.filter(section__version=version).update(is_published=True)
        version.sections.update(is_published=True)
        version.state, version.published_at, version.sha256 = "published", published_at, sha256_of(content)
        version.save()
    return version


def _sections(
    get_model: GetModel, version: Any, sections: list[dict[str, Any]], parent: Any
) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """Each section as it is written, a part right after its parent, with the questions it holds."""
    for section in sections:
        row = get_model("procurement", "Section").objects.create(
            version=version,
            parent=parent,
            position=version.sections.count() + 1,
            title=section["title"],
            intro=section["intro"],
            visible_if=section["visible_if"],
        )
        yield row, section["questions"]
        yield from _sections(get_model, version, section["sections"], parent=row)


def write_set(get_model: GetModel, content: dict[str, Any], *, purpose: str, now: datetime) -> Any:
    """Write the first version of a family that ships, published."""
    family = get_model("procurement", "Questionnaire").objects.create(
        key=content["questionnaire"], title=content["title"], purpose=purpose
    )
    return write_version(get_model, content, family=family, published_at=now)
