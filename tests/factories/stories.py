"""Reviews told up to a point, through the same acts as the product's own demo."""

from dataclasses import replace
from datetime import date
from functools import cache

from procurement.accounts.models import User
from procurement.demo.cast import Cast
from procurement.demo.paper import Paper, paper_of
from procurement.demo.sample_report import SampleReport, adverse, qualified
from procurement.demo.seeding import QUILLHAVEN
from procurement.demo.story import Plot, Story, issue_nda_text
from procurement.reviews.models import Review
from tests.factories.told import told_once
from vendors.calendar.days import plus_days
from vendors.ndas.models import NdaText
from vendors.people.actors import Role

# The story's first day; the report's period ended on 30 June 2026 and counts until 30 June 2027.
FIRST_DAY = date(2026, 9, 1)
PERIOD = (date(2025, 7, 1), date(2026, 6, 30))
PLAIN = replace(QUILLHAVEN, conditions=())


def cast_of(**people: User) -> Cast:
    """The people of a story: those given, the others made here."""
    wanted = {
        "requester": ("Adaeze Lind", Role.REQUESTER),
        "reviewer": ("Ines Varga", Role.REVIEWER),
        "second_reviewer": ("Laszlo Oduya", Role.REVIEWER),
        "approver": ("Tomasz Reyk", Role.APPROVER),
        "auditor": ("Priya Holm", Role.AUDITOR),
        "administrator": ("Mei Okafor", Role.ADMINISTRATOR),
    }
    for part, (name, role) in wanted.items():
        if part not in people:
            address = f"{name.lower().replace(' ', '.')}@northmoor.example"
            people[part] = User.objects.filter(email=address).first() or User.objects.create_staff(
                email=address, name=name, roles=frozenset({role})
            )
    return Cast(**people)


@cache
def paper(opinion: str = "unqualified") -> Paper:
    """The sample report, printed once for all tests."""
    modified = {"qualified": qualified, "adverse": adverse}
    sample = SampleReport(*PERIOD)
    return paper_of(modified[opinion](sample) if opinion in modified else sample)


@told_once
def collecting(cast: Cast, plot: Plot = PLAIN) -> tuple[Story, Review]:
    """Taken by the reviewer, NDA accepted, report received."""
    if not NdaText.objects.exists():
        story = Story(plot, cast)
        issue_nda_text(cast, story.at(plus_days(FIRST_DAY, -1)))
    story = Story(plot, cast)
    review = story.take(story.ask(FIRST_DAY), FIRST_DAY)
    contact = story.invite(review.vendor, FIRST_DAY)
    story.accept_nda(contact, FIRST_DAY)
    return story, Review.objects.get(pk=review.pk)


@told_once
def in_review(cast: Cast, plot: Plot = PLAIN, opinion: str = "unqualified") -> tuple[Story, Review]:
    """The report's facts are accepted and everything in it is judged."""
    story, review = collecting(cast, plot)
    contact = review.vendor.contacts.get()
    report = story.send_report(contact, None, paper(opinion), FIRST_DAY)
    report = story.record_facts(review, report, paper(opinion), FIRST_DAY)
    story.accept_report(review, report, FIRST_DAY)
    story.judge(review, paper(opinion), FIRST_DAY)
    return story, Review.objects.get(pk=review.pk)


@told_once
def drafted(cast: Cast, plot: Plot = PLAIN) -> tuple[Story, Review]:
    story, review = in_review(cast, plot)
    story.draft(review, FIRST_DAY)
    return story, Review.objects.get(pk=review.pk)


@told_once
def awaiting_approval(cast: Cast, plot: Plot = PLAIN) -> tuple[Story, Review]:
    story, review = drafted(cast, plot)
    story.submit(review, FIRST_DAY)
    return story, Review.objects.get(pk=review.pk)


@told_once
def approved(cast: Cast, plot: Plot = PLAIN) -> tuple[Story, Review]:
    story, review = awaiting_approval(cast, plot)
    story.decide(review, plus_days(FIRST_DAY, 1))
    return story, Review.objects.get(pk=review.pk)
