"""The forms beside the answers of the reviewer's page: the same beside each but for the key of the answer and the
reference of its question. Each is drawn once a page, with blanks in their place."""

import re
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from procurement.questionnaires.forms import NoteForm
from procurement.questionnaires.models import Answer, Assessment, Verdict
from procurement.reviews.models import Review

KEY, REF = BLANKS = ("\x00key\x00", "\x00ref\x00")
_BLANK = re.compile("|".join(BLANKS))


class FormsBeside:
    """The forms of one page.

    context  what their templates read beside the answer, with the token of the request
    refused  the note that was refused, with the key of its answer
    """

    def __init__(
        self, review: Review, assessment: Assessment, context: dict[str, Any], refused: tuple[int, NoteForm] | None
    ) -> None:
        self._answers = reverse("reviews:accept_answer", args=[review.pk, assessment.pk, 0]).removesuffix("0/accept/")
        self._context = context
        self._refused = refused
        self._drawn: dict[str, str] = {}

    def draw(self, name: str, answer: Answer) -> SafeString:
        """The form of that name (templates/procurement/reviews/beside/) for this answer."""
        own = self._asked(answer) if name == "send_back" else {}
        if own:
            return SafeString(self._rendered(name, str(answer.pk), answer.question.ref, own))
        if name not in self._drawn:
            self._drawn[name] = self._rendered(name, KEY, REF, {})
        words = {KEY: str(answer.pk), REF: escape(answer.question.ref)}
        drawn = _BLANK.sub(lambda blank: words[blank[0]], self._drawn[name])
        return mark_safe(drawn)  # noqa: S308 - each word is escaped

    def _asked(self, answer: Answer) -> dict[str, Any]:
        """What was asked about this answer before, or was refused just now."""
        own: dict[str, Any] = {}
        if answer.verdict == Verdict.SENT_BACK:
            own = {"is_sent_back": True, "note": answer.note}
        if self._refused is not None and self._refused[0] == answer.pk:
            own["form"] = self._refused[1]
        return own

    def _rendered(self, name: str, key: str, ref: str, own: dict[str, Any]) -> str:
        words = {"address": f"{self._answers}{key}/", "key": key, "ref": ref}
        return render_to_string(f"procurement/reviews/beside/{name}.html", {**self._context, **words, **own})
