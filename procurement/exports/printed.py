"""The answers as a PDF in the look of the memo, printed in the confined child. Reads nothing but the record."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from procurement.exports import json_file, words
from procurement.exports.record import Answered, AssessmentRecord, SectionScore
from vendors.people.actors import Refused
from vendors.printing.services import PrintJobFailed, print_pdf

TEMPLATE = "procurement/exports/answers.html"
LONG, MANY_LINES = 1500, 25


@dataclass(frozen=True)
class Line:
    """One question as it is printed: sentences below the answer, each with what it is about."""

    answered: Answered
    state: str
    points: str
    notes: list[words.Fact]

    @property
    def is_long(self) -> bool:
        """Whether it may have to go on over the page; every other stays in one piece."""
        texts = (self.answered.answer, self.answered.comment, *(text for _label, text in self.notes))
        return sum(len(text) for text in texts) > LONG or sum(text.count("\n") for text in texts) > MANY_LINES


@dataclass(frozen=True)
class Block:
    """One section of the document."""

    title: str
    score: SectionScore | None
    lines: list[Line]


def answers_as_pdf(record: AssessmentRecord) -> bytes:
    """PDF/A-3a with page numbers and tags; our own copy carries the record as JSON. Raises Refused where it cannot be
    printed."""
    content = json_file.write(record)
    name = f"{record.version.questionnaire}-{record.id}.json"
    try:
        return print_pdf(
            html=answers_html(record),
            created=record.exported.at,
            identifier=hashlib.sha256(content).digest()[:16],
            attachments=[(name, content, "The answers from which this PDF was made")] if record.is_ours else [],
        )
    except PrintJobFailed as reason:
        raise Refused(_("%(reason)s Take the workbook instead.") % {"reason": reason}) from reason


def answers_html(record: AssessmentRecord) -> str:
    """The document before printing."""
    context = {
        "record": record,
        "version": words.version_in_words(record),
        "facts": words.facts_of(record),
        "counts": words.counts_in_words(record.counts),
        "score": words.score_in_words(record.scores.score) if record.scores else "",
        "risk": words.risk_in_words(record.scores.risk) if record.scores else "",
        "blocks": _blocks(record),
    }
    return render_to_string(TEMPLATE, context)


def _blocks(record: AssessmentRecord) -> list[Block]:
    sections = record.scores.sections if record.scores else ()
    named = Counter(each.title for each in sections)
    scores = {each.title: each for each in sections if named[each.title] == 1}  # which of two of a name, nobody knows
    return [
        Block(": ".join(path), scores.get(path[-1]), [_line(each) for each in group])
        for path, group in groupby(record.answers, key=lambda each: each.section)
    ]


def _line(answered: Answered) -> Line:
    notes = [
        *((field.title, field.said) for field in answered.companions),
        *((_("File"), words.file_in_words(file)) for file in answered.files),
        (_("Said by"), answered.answered_by if answered.brought_in else ""),
        (_("Report"), words.report_in_words(answered)),
        (_("Hidden"), answered.because),
        (_("We asked"), answered.judgement.note if answered.judgement else ""),
        (_("Since last year"), words.last_year_in_words(answered)),
        *((_("Rating"), rating) for rating in words.ratings_in_words(answered.worth)),
        *((_("Flag"), words.flag_in_words(flag)) for flag in answered.flags),
        *((_("Finding"), words.finding_in_words(found)) for found in answered.findings),
        (_("Accepted by"), _accepted_by(answered)),
    ]
    return Line(
        answered=answered,
        state=words.stands_in_words(answered),
        points=words.worth_in_words(answered.worth),
        notes=[(label, text) for label, text in notes if text],
    )


def _accepted_by(answered: Answered) -> str:
    if answered.judgement is None or not answered.judgement.seconded_by:
        return ""  # one name a line would say the same on every page
    return f"{words.judged_in_words(answered)}; {words.seconded_in_words(answered)}"
