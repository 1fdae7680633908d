"""Where every answer of a questionnaire stands, in narrow rows: a save of one answer looks at all the others, and whole
models of hundreds of them take longer than all the rest of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from procurement.questionnaires.conditions import Rule
from procurement.questionnaires.models import Answer, Assessment
from procurement.questionnaires.wholeness import value_for_conditions


@dataclass(slots=True)
class Standing:
    """One answer, of which the questions after it and the counts know no more than this.

    part  the position of the section that its question stands in
    """

    pk: int
    key: str
    kind: str
    part: int
    visible_if: Rule | None
    value: Any
    is_not_applicable: bool
    has_file: bool
    is_visible: bool
    is_covered: bool
    is_whole: bool
    is_with_vendor: bool

    @property
    def is_asked(self) -> bool:
        """Whether the vendor is asked: its conditions hold and no report answers it."""
        return self.is_visible and not self.is_covered

    @property
    def said(self) -> object:
        """What conditions see of it."""
        return value_for_conditions(self, kind=self.kind, has_file=self.has_file)


def standings_of(assessment: Assessment) -> list[Standing]:
    """Every answer in the order of the questions, hidden ones too."""
    files = Answer.attachments.through.objects.filter(answer=OuterRef("pk"))
    rows = assessment.answers.order_by("question__section__position", "question__position").values_list(
        "pk",
        "question__key",
        "question__kind",
        "question__section__position",
        "question__visible_if",
        "value",
        "is_not_applicable",
        Exists(files),
        "is_visible",
        "is_covered",
        "is_whole",
        "is_with_vendor",
    )
    return [Standing(*row) for row in rows]
