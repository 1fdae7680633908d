"""A campaign of a thousand vendors; one questionnaire opened, made and answered beside fifty and beside a thousand.

Fifty fill one page of a list: few and many are compared by as many rows on the page.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from procurement.accounts.models import User
from procurement.campaigns import services
from procurement.campaigns.models import Campaign
from procurement.questionnaires.models import Answer, Assessment, QuestionnaireVersion
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from tests.bench.figures import Amounts, Figure, Figures, flatness, in_turns
from tests.bench.pages import bare_page, getter
from tests.bench.stock import FIRST_KEY, analyse, first_vendor, multiply
from tests.factories.contacts import signed_in, speaking
from tests.factories.questionnaires import long_content, published
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.calendar.days import plus_days

QUESTIONS = 261
MOST_QUERIES, MOST_QUERIES_OF_A_LIST = 15, 12
# The nearest peer, with 260 questions at 1,000 vendors, on another day (SPEED.md).
PEER_MS = {"open": 2_076, "create": 249 + 33, "save": 701}
GOAL_MS = {"open": PEER_MS["open"] / 20, "create": PEER_MS["create"] / 5, "save": PEER_MS["save"] / 40}


def campaigns(amounts: Amounts) -> Figures:
    """The same few acts with few and with many questionnaires in the tables; what makes them many is a campaign."""
    review = first_vendor()
    reviewer = User.objects.get(pk=review.reviewer_id)
    spare = amounts.repeats + 2
    multiply(review, amounts.asked + 2 * spare)
    version = published(long_content(QUESTIONS))
    sent = _sent(review, version, reviewer)
    with_few: dict[str, float] = {}
    for count, first in ((amounts.asked_few, 0), (amounts.asked, amounts.asked_few)):
        yield from _campaign(_copies(first, count - first), version, reviewer)
        analyse()
        fresh = iter(_copies(amounts.asked + (spare if first else 0), spare))
        for figure in _one_of(sent, fresh, version, reviewer, count, amounts):
            yield figure
            work = figure.work.partition(", ")[0]
            assert figure.ours is not None
            assert figure.pace is not None
            if first:
                yield flatness(work, with_few[work], figure.ours / figure.pace)
            with_few[work] = figure.ours / figure.pace


def _campaign(chosen: list[Review], version: QuestionnaireVersion, by: User) -> Figures:
    """Started, then sent to the last one as a worker does it."""
    started = time.perf_counter()
    campaign = services.start_campaign(
        version=version,
        reviews=chosen,
        title="Everybody",
        due_on=plus_days(clock.today(), 14),
        by=by,
        now=clock.now(),
        on=clock.today(),
    )
    while services.send_next(campaign_id=campaign.pk, now=clock.now(), on=clock.today()):
        pass
    took = time.perf_counter() - started
    assert campaign.recipients.filter(state="sent").count() == len(chosen)
    rows = Answer.objects.filter(assessment__recipient__campaign=campaign).count()
    goal = round(len(chosen) * GOAL_MS["create"] / 1000, 1)
    work = f"campaign of {len(chosen):,} × {QUESTIONS}"
    yield Figure(work=work, unit="s", ours=took, goal=goal)
    yield Figure(work=f"{work}: answers a second", unit="rows", ours=rows / took)


def _one_of(
    sent: Assessment,
    fresh: Iterator[Review],
    version: QuestionnaireVersion,
    by: User,
    count: int,
    amounts: Amounts,
) -> Figures:
    vendor, staff = signed_in(speaking(sent.contact)), staff_client(by)
    beside = f"beside {count:,} sent"
    review = Review.objects.get(engagement=sent.engagement_id)
    page, of_review = f"/portal/questionnaires/{sent.pk}/", f"/reviews/{review.pk}/questionnaires/{sent.pk}/"
    for work, client, address, most in (
        (f"vendor opens {QUESTIONS} questions, {beside}", vendor, page, MOST_QUERIES),
        (f"reviewer opens {QUESTIONS} questions, {beside}", staff, of_review, MOST_QUERIES),
        (f"list of sent questionnaires, {beside}", staff, "/questionnaires/sent/?segment=all", MOST_QUERIES_OF_A_LIST),
        (f"page of a campaign, {beside}", staff, Campaign.objects.latest("pk").get_absolute_url(), MOST_QUERIES),
    ):
        yield _page(work, client, address, amounts, most)
    pace, ours = in_turns(bare_page, lambda: _sent(next(fresh), version, by), repeats=amounts.repeats)
    goal = round(GOAL_MS["create"])
    yield Figure(work=f"make one of {QUESTIONS} questions, {beside}", ours=ours, goal=goal, pace=pace)
    yield _save(vendor, sent, f"save one answer of {QUESTIONS}, {beside}", amounts)


def _page(work: str, client: Client, address: str, amounts: Amounts, most: int) -> Figure:
    pace, ours = in_turns(bare_page, getter(client, address), repeats=amounts.repeats)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return Figure(work=work, ours=ours, goal=round(GOAL_MS["open"]), queries=(len(queries), most), pace=pace)


def _save(client: Client, sent: Assessment, work: str, amounts: Amounts) -> Figure:
    """The script's save of one answer, a new comment each time."""
    answer = sent.answers.get(question__ref="Q-2")
    save = _saver(client, answer)
    pace, ours = in_turns(bare_page, save, repeats=amounts.repeats)
    with CaptureQueriesContext(connection) as queries:
        save()
    goal = round(GOAL_MS["save"], 1)
    return Figure(work=work, ours=ours, goal=goal, queries=(len(queries), MOST_QUERIES), pace=pace)


def _saver(client: Client, answer: Any) -> Callable[[], None]:
    """One more save of the answer each time it is called."""
    revision = Answer.objects.get(pk=answer.pk).revision

    def save() -> None:
        nonlocal revision
        form = {"value": "yes", "comment": f"Revision {revision}.", "revision": str(revision)}
        told = client.post(
            f"/portal/questionnaires/{answer.assessment_id}/answers/{answer.pk}/",
            {f"a{answer.pk}-{name}": value for name, value in form.items()},
        )
        assert told.status_code == 200
        revision += 1

    return save


def _sent(review: Review, version: QuestionnaireVersion, by: User) -> Assessment:
    return reviews.send_questionnaire(
        review=review,
        version=version,
        contact=review.vendor.contacts.get(),
        due_on=plus_days(clock.today(), 14),
        by=by,
        now=clock.now(),
        on=clock.today(),
    )


def _copies(first: int, count: int) -> list[Review]:
    """So many of the copied reviews, each of another vendor."""
    found = Review.objects.filter(pk__gte=FIRST_KEY).select_related("vendor").order_by("pk")
    return list(found[first : first + count])
