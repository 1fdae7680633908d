"""What follows from the answers: which questions are asked, which answers are whole. Every act that changes an answer
settles the assessment before it ends."""

from collections import defaultdict
from collections.abc import Sequence

from procurement.questionnaires.models import Answer, Assessment, Question, Section, State
from procurement.questionnaires.visibility import Conditioned, rules_of_sections, visible_keys
from procurement.questionnaires.wholeness import value_for_conditions, why_not_whole


def settle(assessment: Assessment, answers: Sequence[Answer]) -> None:
    """Write `is_visible`, `is_whole` and, for what a returned answer brought to light, `is_with_vendor`.

    answers  all of the assessment, as `queries.answers_of` gives them, with the change in them
    """
    with_file = {answer.pk for answer in answers if answer.attachments.all()}
    said = {answer.question.key: value_for_conditions(answer, has_file=answer.pk in with_file) for answer in answers}
    visible = visible_keys(conditioned(assessment, [answer.question for answer in answers]), said, assessment.facts)
    changed: defaultdict[tuple[bool, bool, bool], list[int]] = defaultdict(list)
    for answer in answers:
        is_visible = answer.question.key in visible
        is_whole = not why_not_whole(answer.question, answer, has_file=answer.pk in with_file)
        if (is_visible, is_whole) == (answer.is_visible, answer.is_whole):
            continue
        comes_to_light = is_visible and not answer.is_visible and assessment.state == State.CLARIFICATION
        answer.is_visible, answer.is_whole = is_visible, is_whole
        answer.is_with_vendor = answer.is_with_vendor or comes_to_light
        changed[is_visible, is_whole, answer.is_with_vendor].append(answer.pk)
    for (is_visible, is_whole, is_with_vendor), keys in changed.items():  # a `bulk_update` of hundreds takes seconds
        Answer.objects.filter(pk__in=keys).update(
            is_visible=is_visible, is_whole=is_whole, is_with_vendor=is_with_vendor
        )


def conditioned(assessment: Assessment, questions: Sequence[Question]) -> list[Conditioned]:
    """The questions with the rules they stand under."""
    sections = Section.objects.filter(version=assessment.version_id).order_by("position")
    above = rules_of_sections(sections.values_list("pk", "parent_id", "visible_if"))
    return [
        Conditioned(each.key, (*above[each.section_id], *([each.visible_if] if each.visible_if else [])))
        for each in questions
    ]
