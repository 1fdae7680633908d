"""A questionnaire of 260: sent, opened by the vendor and the reviewer, one answer saved, and fifty saves at once."""

import time
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from procurement.demo.answers import Questioned
from procurement.questionnaires import services
from procurement.questionnaires.models import Assessment
from procurement.questionnaires.services import Saved
from tests.bench.figures import Amounts, Figure, Figures, milliseconds
from tests.bench.pages import getter
from tests.databases import in_threads
from tests.factories.contacts import signed_in, speaking
from tests.factories.questionnaires import long_content, published
from tests.factories.stories import FIRST_DAY, cast_of, collecting
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.calendar.days import plus_days

QUESTIONS = 260
MOST_QUERIES = 15
MOST_QUERIES_TO_SEND = 40
PAGE_MS, SAVE_MS, SEND_MS = 800, 150, 1000
PEOPLE = 50


def answering(amounts: Amounts) -> Figures:
    story, review = collecting(cast_of())
    contact = speaking(review.vendor.contacts.get())
    asked, version = Questioned(story, review), published(long_content(QUESTIONS))
    vendor, reviewer = signed_in(contact), staff_client(story.cast.reviewer)

    started = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        sent = asked.send(contact, plus_days(clock.today(), 14), FIRST_DAY, version=version)
    took = (time.perf_counter() - started) * 1000
    yield Figure(
        work=f"send a questionnaire of {QUESTIONS}",
        ours=took,
        goal=SEND_MS,
        queries=(len(queries), MOST_QUERIES_TO_SEND),
    )
    page = f"/portal/questionnaires/{sent.pk}/"
    yield _page("vendor opens it", vendor, page, amounts)
    yield _page("reviewer opens it", reviewer, f"/reviews/{review.pk}/questionnaires/{sent.pk}/", amounts)
    yield _save(vendor, sent, amounts)
    yield _at_once(sent, contact.user)


def _page(work: str, client: Client, address: str, amounts: Amounts) -> Figure:
    ours = milliseconds(getter(client, address), repeats=amounts.repeats)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return Figure(work=f"{work}, {QUESTIONS} questions", ours=ours, goal=PAGE_MS, queries=(len(queries), MOST_QUERIES))


def _save(client: Client, sent: Assessment, amounts: Amounts) -> Figure:
    """The script's save of one answer, a new comment each time."""
    answer = sent.answers.get(question__ref="Q-2")

    def saver() -> Callable[[], None]:
        revision = 0

        def save() -> None:
            nonlocal revision
            form = {"value": "yes", "comment": f"Revision {revision}.", "revision": str(revision)}
            told = client.post(
                f"/portal/questionnaires/{sent.pk}/answers/{answer.pk}/",
                {f"a{answer.pk}-{name}": value for name, value in form.items()},
            )
            assert told.status_code == 200
            revision += 1

        return save

    save = saver()
    ours = milliseconds(save, repeats=amounts.repeats)
    with CaptureQueriesContext(connection) as queries:
        save()
    return Figure(work=f"save one answer of {QUESTIONS}", ours=ours, goal=SAVE_MS, queries=(len(queries), MOST_QUERIES))


def _at_once(sent: Assessment, by: object) -> Figure:
    """Everybody saves the same answer, having seen the same one: whose words are gone without being told?"""
    pk = sent.answers.get(question__ref="Q-3").pk

    def save(number: int) -> Saved:
        mine = services.Given(answer_id=pk, revision=0, value="no", comment=f"Person {number}")
        return services.save_answers(assessment=sent, given=[mine], by=by, now=clock.now())

    results = in_threads(PEOPLE, save)
    told = sum(isinstance(each, Saved) and bool(each.conflicts) for each in results)
    kept = sum(isinstance(each, Saved) and bool(each.changed) for each in results)
    work = f"{PEOPLE} saves of one answer at once, lost"
    return Figure(work=work, unit="saves", ours=PEOPLE - told - min(kept, 1), goal=0)
