"""Fifty people save one answer at the same moment: one of them is kept, everybody else is told."""

import pytest

from procurement.demo.answers import Questioned
from procurement.questionnaires import services
from procurement.questionnaires.services import Saved
from tests.databases import in_threads
from tests.factories.contacts import speaking
from tests.factories.questionnaires import content, published, question
from tests.factories.stories import FIRST_DAY, cast_of, collecting
from tests.procurement.questionnaires.conftest import answer_to, days
from vendors.calendar import clock

PEOPLE = 50


@pytest.fixture(autouse=True)
def _the_story_day():
    """Threads and a frozen clock do not go together."""


@pytest.mark.slow
def test_no_save_writes_over_another_one_silently(real_database):
    story, review = collecting(cast_of())
    contact = speaking(review.vendor.contacts.get())
    version = published(content(question("LINE", "short_text")))
    sent = Questioned(story, review).send(contact, days(14), FIRST_DAY, version=version)
    pk = answer_to(sent, "LINE").pk

    def save(number: int) -> Saved:
        mine = services.Given(answer_id=pk, revision=0, value=f"Person {number}", comment="")
        return services.save_answers(assessment=sent, given=[mine], by=contact.user, now=clock.now())

    saved = in_threads(PEOPLE, save)
    assert [each for each in saved if not isinstance(each, Saved)] == []
    kept = [number for number, each in enumerate(saved) if each.changed]
    answer = answer_to(sent, "LINE")
    assert len(kept) == 1
    assert (answer.revision, answer.value) == (1, f"Person {kept[0]}")
    assert answer.revisions.count() == 1
    theirs = {conflict.theirs.value for each in saved for conflict in each.conflicts}
    assert (theirs, sum(len(each.conflicts) for each in saved)) == ({answer.value}, PEOPLE - 1)
