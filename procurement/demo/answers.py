"""How a vendor of the demo answers the questionnaire: mostly Yes, and a few answers to think about."""

from dataclasses import dataclass
from datetime import date

from procurement.demo.story import Story, as_contact
from procurement.questionnaires import services as questionnaires
from procurement.questionnaires.models import Answer, Assessment, QuestionnaireVersion, Verdict
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from vendors.contacts.models import Contact
from vendors.people.actors import Actor

# By reference; every other question is answered with a plain Yes.
OTHER_THAN_YES = {
    "GO-4": ("partial", "Tested in March by an outside firm; two findings of medium severity are open until January."),
    "AC-2": ("yes", "SAML and OpenID Connect, in every plan."),
    "DA-6": ("not_applicable", "No model is trained on anything customers send; none is used in this service."),
    "OP-2": ("no", "Our rule is 45 days for libraries. Seven are older than 30 days today."),
    "IN-4": ("yes", "Restored in May within 5 hours; no data was lost."),
}
ASKED = "What stands in for the patch until then, and until when is 30 days the rule?"
ANSWERED_AGAIN = ("partial", "From 1 January the rule is 30 days. Until then a filter in front blocks known attacks.")


@dataclass(frozen=True)
class Questioned:
    """The questionnaire of one story, act by act."""

    story: Story
    review: Review

    def send(
        self,
        contact: Contact,
        due_on: date,
        on: date,
        *,
        version: QuestionnaireVersion | None = None,
        leans_on_report: bool = False,
    ) -> Assessment:
        return reviews.send_questionnaire(
            review=self.review,
            version=version,
            due_on=due_on,
            contact=contact,
            leans_on_report=leans_on_report,
            by=self.story.cast.reviewer,
            now=self.story.at(on),
            on=on,
        )

    def answer(self, assessment: Assessment, contact: Contact, on: date, *, count: int | None = None) -> None:
        """The contact answers everything it is asked, or the first `count` questions."""
        answers = list(assessment.answers.filter(is_covered=False).select_related("question"))[:count]
        self._save(
            assessment,
            {answer: OTHER_THAN_YES.get(answer.question.ref, ("yes", "")) for answer in answers},
            contact,
            on,
        )

    def submit(self, assessment: Assessment, contact: Contact, on: date) -> Assessment:
        return questionnaires.submit(
            assessment=assessment,
            signer_name=contact.name,
            signer_title=contact.title,
            by=as_contact(contact),
            now=self.story.at(on),
        )

    def ask_again(self, assessment: Assessment, ref: str, due_on: date, on: date) -> None:
        """The reviewer accepts every answer but one, and sends that one back."""
        by = self.story.cast.reviewer
        others = assessment.answers.filter(is_covered=False).exclude(question__ref=ref)
        for answer in others.select_related("question", "assessment"):
            reviews.accept_answer(review=self.review, answer=answer, by=by, now=self.story.at(on))
        asked = assessment.answers.select_related("question", "assessment").get(question__ref=ref)
        reviews.send_back_answer(review=self.review, answer=asked, note=ASKED, by=by, now=self.story.at(on))
        reviews.return_questionnaire(
            review=self.review, assessment=assessment, due_on=due_on, by=by, now=self.story.at(on), on=on
        )

    def answer_again(self, assessment: Assessment, contact: Contact, on: date) -> None:
        """The contact answers what was sent back, and submits once more."""
        asked = assessment.answers.filter(verdict=Verdict.SENT_BACK).select_related("question")
        self._save(assessment, dict.fromkeys(asked, ANSWERED_AGAIN), contact, on)
        self.submit(assessment, contact, on)

    def complete(self, assessment: Assessment, on: date) -> Assessment:
        """The reviewer accepts what is left."""
        by: Actor = self.story.cast.reviewer
        asked = assessment.answers.filter(is_covered=False).exclude(verdict=Verdict.ACCEPTED)
        for answer in asked.select_related("question", "assessment"):
            reviews.accept_answer(review=self.review, answer=answer, by=by, now=self.story.at(on))
        return reviews.complete_questionnaire(review=self.review, assessment=assessment, by=by, now=self.story.at(on))

    def _save(self, assessment: Assessment, said: dict[Answer, tuple[str, str]], contact: Contact, on: date) -> None:
        questionnaires.save_answers(
            assessment=assessment,
            given=[
                questionnaires.Given(answer_id=answer.pk, revision=answer.revision, value=value, comment=comment)
                for answer, (value, comment) in said.items()
            ],
            by=as_contact(contact),
            now=self.story.at(on),
        )
