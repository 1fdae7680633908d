"""Reading questionnaires and their versions: what there is, how much is in it, what stands before what."""

from typing import Any

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from procurement.questionnaires.models import Assessment, Question, Questionnaire, QuestionnaireVersion, Section

PLACES = 100_000  # more than a position can be


def with_amounts(versions: QuerySet[QuestionnaireVersion]) -> QuerySet[QuestionnaireVersion]:
    """Each with `asked` (questions, texts to read left out), `parts` (sections) and `sent` (how often).

    Counted one by one: joined, a long version that was sent often would be counted through millions of rows.
    """
    asked = Question.objects.exclude(kind=Question.Kind.INFO)
    return versions.annotate(
        asked=_count(asked, "section__version"),
        parts=_count(Section.objects.all(), "version"),
        sent=_count(Assessment.objects.all(), "version"),
    )


def _count(rows: QuerySet[Any], version: str) -> Coalesce:
    """How many of the rows belong to the version; `version` is the way from a row to it."""
    of_this = rows.filter(**{version: OuterRef("pk")}).order_by().values(version)
    return Coalesce(Subquery(of_this.annotate(count=Count("pk")).values("count")), 0)


def sections_with_place(sections: QuerySet[Section]) -> QuerySet[Any]:
    """Each with `place`: one number that sorts the sections of all versions, for lists that are read on from a row."""
    return sections.annotate(place=_long(Cast("version_id", BigIntegerField()) * PLACES + F("position")))


def questions_with_place(questions: QuerySet[Question]) -> QuerySet[Any]:
    """The same for questions."""
    of_section = _long(Cast("section__version_id", BigIntegerField()) * PLACES + F("section__position"))
    return questions.annotate(place=_long(of_section * PLACES + F("position")))


def _long(number: Any) -> ExpressionWrapper:
    """PostgreSQL compares numbers within the range that their field has."""
    return ExpressionWrapper(number, output_field=BigIntegerField())


def families() -> list[tuple[Questionnaire, list[QuestionnaireVersion]]]:
    """Every questionnaire with its versions, the newest first; versions with amounts."""
    found: dict[int, tuple[Questionnaire, list[QuestionnaireVersion]]] = {
        family.pk: (family, []) for family in Questionnaire.objects.order_by("title")
    }
    for version in with_amounts(QuestionnaireVersion.objects.all()).order_by("-number"):
        found[version.questionnaire_id][1].append(version)
    return list(found.values())


def questions_before(section: Section, question: Question | None = None) -> list[Question]:
    """What a condition may ask: every question before this section, or before this question of it.

    Of a question that is not written yet, all of its section count as well: it will stand at the end.
    """
    before = Q(section__position__lt=section.position)
    if question is not None:
        here = Q(section=section)
        before |= here if question.pk is None else here & Q(position__lt=question.position)
    asked = Question.objects.filter(before, section__version=section.version_id).exclude(kind=Question.Kind.INFO)
    if question is not None:
        asked = asked.exclude(pk=question.pk)  # on its way to a later section it still stands in the earlier one
    return list(asked.select_related("section").order_by("section__position", "position"))
