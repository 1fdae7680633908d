"""A row for every question that takes an answer, written by the database itself: a campaign makes them by the hundred
thousand, and as objects they took longer than all the rest of it (`make bench`, row "campaign")."""

from django.db import connection
from django.db.models import F

from procurement.questionnaires.models import Assessment, Question
from procurement.questionnaires.services.settling import conditioned
from procurement.questionnaires.visibility import visible_keys

# Everything else as `Answer` has it while nothing is said. No question has the key 0.
_OPEN = """
    INSERT INTO procurement_answer (
        assessment_id, question_id, is_visible, is_covered, is_whole, is_with_vendor, is_not_applicable,
        comment, companions, revision, answered_by, verdict, note, judged_by, seconded_by
    )
    SELECT %s, question.id, question.id NOT IN (0{hidden}), FALSE, FALSE, TRUE, FALSE,
        '', '{{}}', 0, '', 'open', '', '', ''
    FROM procurement_question AS question JOIN procurement_section AS section ON section.id = question.section_id
    WHERE section.version_id = %s AND question.kind <> 'info'
    ORDER BY section.position, question.position
"""


def open_answers(assessment: Assessment) -> None:
    """A row for every question that takes an answer, in their order, and whether it is asked as long as nothing is
    answered."""
    questions = (
        Question.objects.filter(section__version=assessment.version_id)
        .exclude(kind=Question.Kind.INFO)
        .annotate(part=F("section__position"))
        .order_by("part", "position")
        .values_list("pk", "part", "key", "visible_if", named=True)
    )
    visible = visible_keys(conditioned(assessment, questions), {}, assessment.facts)
    hidden = [each.pk for each in questions if each.key not in visible]
    with connection.cursor() as cursor:
        statement = _OPEN.format(hidden=", %s" * len(hidden))
        cursor.execute(statement, [assessment.pk, *hidden, assessment.version_id])
