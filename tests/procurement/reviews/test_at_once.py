"""Many clicks at the same moment, on both databases."""

import pytest

from procurement.reviews import services
from procurement.reviews.models import Remediation, Review, State
from tests.conftest import member_of_staff
from tests.databases import in_threads
from tests.factories.directory import make_vendor
from tests.factories.engagements import use_details
from tests.factories.reports import whole_facts
from tests.factories.reviews import QUALIFIED, recorded_report, requested_review, taken_review
from vendors.calendar import clock
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import Refused, Role


@pytest.mark.slow
def test_of_eight_reviewers_who_take_a_review_at_once_one_has_it(real_database):
    requester = member_of_staff("Adaeze Lind", Role.REQUESTER)
    reviewers = [member_of_staff(f"Reviewer {n}", Role.REVIEWER) for n in range(8)]
    review = requested_review(make_vendor("Quillhaven"), by=requester)

    answers = in_threads(8, lambda n: services.take_review(review=review, by=reviewers[n], now=clock.now()))

    took = [n for n, answer in enumerate(answers) if isinstance(answer, Review)]
    assert len(took) == 1
    assert all(isinstance(answer, Refused) for n, answer in enumerate(answers) if n not in took)
    kept = Review.objects.get()
    assert (kept.state, kept.reviewer) == (State.COLLECTING, reviewers[took[0]])
    assert LedgerEntry.objects.filter(verb="review.taken").count() == 1


def test_eight_who_ask_at_once_get_eight_numbers(real_database):
    people = [member_of_staff(f"Requester {n}", Role.REQUESTER) for n in range(8)]
    vendor, day = make_vendor("Quillhaven"), clock.today()

    def ask(n: int) -> Review:
        return services.ask_for_review(vendor=vendor, **use_details(), by=people[n], on=day, now=clock.now())

    answers = in_threads(8, ask)

    assert sorted(answer.number for answer in answers) == [f"R-{day.year}-{n:03}" for n in range(1, 9)]


def test_one_person_who_clicks_eight_times_asks_once(real_database):
    requester = member_of_staff("Adaeze Lind", Role.REQUESTER)
    vendor = make_vendor("Quillhaven")
    answers = in_threads(8, lambda _n: requested_review(vendor, by=requester))
    assert sum(isinstance(answer, Review) for answer in answers) == 1
    assert Review.objects.count() == 1


@pytest.mark.slow
def test_two_reviews_of_a_vendor_and_an_acceptance_clicked_four_times(real_database):
    requester = member_of_staff("Adaeze Lind", Role.REQUESTER)
    reviewer = member_of_staff("Ines Varga", Role.REVIEWER)
    vendor = make_vendor("Quillhaven")
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    taken_review(vendor, asked_by=requester, reviewer=reviewer, title="Payroll")
    report = recorded_report(vendor, by=reviewer, facts=whole_facts(**QUALIFIED))

    def accept(_n: int) -> object:
        return services.accept_report(
            review=review, report=report, revision=report.revision, by=reviewer, on=clock.today(), now=clock.now()
        )

    answers = in_threads(4, accept)

    assert sum(isinstance(answer, Refused) for answer in answers) == 3
    assert {each.state for each in Review.objects.all()} == {State.REMEDIATION}
    assert Remediation.objects.count() == 2
    assert LedgerEntry.objects.filter(verb="report.accepted").count() == 1
