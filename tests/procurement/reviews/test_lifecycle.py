"""The table of moves: every state and every move, and the page drawn from it."""

from itertools import product

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from procurement.reviews import services
from procurement.reviews.lifecycle import (
    BEING_WORKED_ON,
    MEANING_OF,
    MOVES,
    OWNER_OF,
    Mover,
    can_move,
    check_can_move,
    move_between,
)
from procurement.reviews.models import UNDECIDED, Review, State
from tests.factories.reviews import requested_review
from vendors.calendar import clock
from vendors.people.actors import SYSTEM, Refused

# DESIGN.md, "States of a review", written down once more by hand.
DESIGNED = {
    ("draft", "collecting"),
    ("collecting", "in_review"),
    ("in_review", "awaiting_approval"),
    ("awaiting_approval", "approved"),
    ("awaiting_approval", "approved_with_conditions"),
    ("awaiting_approval", "rejected"),
    ("in_review", "remediation"),
    ("remediation", "in_review"),
    ("in_review", "collecting"),
    ("awaiting_approval", "in_review"),
    ("draft", "withdrawn"),
    ("collecting", "withdrawn"),
    ("in_review", "withdrawn"),
    ("remediation", "withdrawn"),
    ("awaiting_approval", "withdrawn"),
}
EVERY_PAIR = list(product(State, State))


def test_the_table_holds_exactly_the_moves_of_the_design():
    assert {(move.origin.value, move.to.value) for move in MOVES} == DESIGNED
    assert len(MOVES) == len(DESIGNED)


def test_every_state_names_who_has_to_act_and_what_it_means():
    assert set(OWNER_OF) == set(State)
    assert set(MEANING_OF) == set(State)


def test_nobody_has_to_act_exactly_where_no_move_leads_on():
    waits_for_nobody = {state for state, owner in OWNER_OF.items() if owner is Mover.NOBODY}
    assert waits_for_nobody == set(State) - {move.origin for move in MOVES} == set(State) - set(UNDECIDED)


def test_nothing_is_worked_on_once_it_is_put_before_an_approver():
    assert set(BEING_WORKED_ON) == {State.COLLECTING, State.IN_REVIEW, State.REMEDIATION}


@pytest.mark.parametrize(("origin", "to"), EVERY_PAIR)
def test_a_move_is_possible_exactly_when_the_table_holds_it(origin, to):
    allowed = (origin.value, to.value) in DESIGNED
    assert can_move(origin, to) is allowed
    assert (move_between(origin, to) is not None) is allowed
    if allowed:
        check_can_move(origin, to)
    else:
        with pytest.raises(Refused, match=r"closed|no step leads"):
            check_can_move(origin, to)


@pytest.mark.parametrize(("origin", "to"), EVERY_PAIR)
def test_the_row_moves_exactly_when_the_table_holds_the_move(origin, to, vendor, requester):
    review = requested_review(vendor, by=requester)
    Review.objects.update(state=origin)
    now = clock.now()

    if (origin.value, to.value) not in DESIGNED:
        with pytest.raises(Refused):
            services.move(review=review, to=to, by=SYSTEM, reason="because", now=now)
        assert Review.objects.get().state == origin
        return
    services.move(review=review, to=to, by=SYSTEM, reason="because", now=now)
    kept = Review.objects.get()
    assert (kept.state, kept.state_since, kept.state_by, kept.state_reason) == (to, now, "Countersign", "because")
    assert kept.revision == 1


def test_a_closed_review_says_that_what_follows_is_a_new_one():
    with pytest.raises(Refused, match="What follows is a new review"):
        check_can_move(State.REJECTED, State.IN_REVIEW)


def test_the_drawn_page_is_fresh(capsys):
    call_command("review_states", "--check")
    assert "fresh" in capsys.readouterr().out


def test_a_stale_page_fails_the_check_until_it_is_drawn_again(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match=r"manage\.py review_states"):
        call_command("review_states", "--check")
    call_command("review_states")
    call_command("review_states", "--check")
    page = tmp_path / "docs" / "review-states.md"
    page.write_text(page.read_text().replace("Take the review", "Grab it"))
    with pytest.raises(CommandError, match="differs"):
        call_command("review_states", "--check")


def test_the_drawing_holds_every_move_and_every_state(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    call_command("review_states")
    page = (tmp_path / "docs" / "review-states.md").read_text()
    for origin, to in DESIGNED:
        assert f"    {origin} --> {to}: " in page
    for state in State:
        assert f"| `{state.value}` | {state.label} |" in page
