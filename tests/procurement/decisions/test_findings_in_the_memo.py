"""Findings beside the decision: what weighs against it, and what the memo says of them."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from procurement.decisions import services
from procurement.decisions.models import Memo
from procurement.reviews import services as reviews
from procurement.reviews.models import Review, State
from tests.factories.findings import make_finding
from tests.factories.stories import FIRST_DAY, drafted
from tests.signing_in import staff_client
from vendors.calendar import clock


@pytest.fixture
def told(cast) -> tuple:
    """Drafted, with a critical finding open, one closed, and one that was none."""
    story, review = drafted(cast)
    make_finding(review, by=cast.reviewer, owner=cast.requester, severity="critical")
    closed = make_finding(review, by=cast.reviewer, title="Logs are kept for a week", severity="low")
    reviews.close_finding(finding=closed, note="A year since August.", by=cast.reviewer, now=clock.now())
    none = make_finding(review, by=cast.reviewer, title="No such thing", severity="low")
    reviews.withdraw_finding(finding=none, reason="Misread.", by=cast.reviewer, now=clock.now())
    return story, review


def test_a_critical_open_finding_stands_on_the_draft_as_what_weighs_against(told, cast):
    _story, review = told
    page = staff_client(cast.reviewer).get(f"/reviews/{review.pk}/decision/").text
    assert "F-1 weighs against an approval." in page
    assert "Restores are never tried" in page
    assert "F-2" not in page


@pytest.mark.slow
def test_the_approver_reads_of_it_first_and_it_holds_nothing_up(told, cast):
    story, review = told
    story.submit(review, FIRST_DAY)
    page = staff_client(cast.approver).get(f"/reviews/{review.pk}/decide/").text
    assert "F-1 weighs against an approval." in page
    assert "Logs are kept for a week" in page
    assert "No such thing" not in page
    story.decide(review, FIRST_DAY)
    assert Review.objects.get(pk=review.pk).state == State.APPROVED


@pytest.mark.slow
def test_the_memo_lists_open_and_closed_findings_on_screen_and_on_paper(told, cast):
    story, review = told
    story.submit(review, FIRST_DAY)
    story.decide(review, FIRST_DAY)
    memo = services.make_pdf(memo_id=Memo.objects.get().pk, now=clock.now())
    assert [row["label"] for row in memo.content["findings"]] == ["F-1", "F-2"]
    client = staff_client(cast.requester)
    pdf = PdfReader(io.BytesIO(b"".join(client.get(f"/memos/{memo.number}/pdf/").streaming_content)))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    due = clock.today() + timedelta(days=28)
    for words in (
        f"Weighs against: critical finding F-1, Restores are never tried, open, due {due.day} September 2026.",
        "A year since August. Ines Varga, 1 September 2026",
    ):
        assert words in text, words
    assert "No such thing" not in text
    assert "A year since August." in client.get(f"/memos/{memo.number}/").text


@pytest.mark.slow
def test_a_finding_that_stays_open_is_in_the_next_memo_with_its_review(told, cast):
    story, review = told
    story.submit(review, FIRST_DAY)
    story.decide(review, FIRST_DAY)
    following = reviews.ask_again(review=review, by=cast.requester, on=FIRST_DAY, now=clock.now())
    following = reviews.take_review(review=following, by=cast.reviewer, now=clock.now())
    following = reviews.begin_review(review=following, by=cast.reviewer, now=clock.now())
    page = staff_client(cast.reviewer).get(f"/reviews/{following.pk}/decision/").text
    assert "F-1 weighs against an approval." in page
