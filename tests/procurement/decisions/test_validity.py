"""How long an approval holds, and how it stands on a day (DESIGN.md, "Deciding")."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.decisions.validity import (
    ApprovalFacts,
    ConditionFacts,
    StandingName,
    Support,
    standing,
    valid_until,
)
from procurement.policy.cases import NdaFacts
from vendors.calendar.days import plus_days, plus_months
from vendors.reports.currency import SuccessorStated, currency_of
from vendors.reports.reasons import because

END = date(2026, 6, 30)
CURRENT_UNTIL = date(2027, 6, 30)
DECIDED = date(2026, 12, 4)
NDA = NdaFacts(title="Our NDA, version 4", starts_on=date(2025, 8, 18), ends_on=date(2028, 8, 18))


@pytest.mark.parametrize(
    ("currency_end", "nda_end", "until", "reason"),
    [
        (CURRENT_UNTIL, date(2028, 8, 18), CURRENT_UNTIL, "The report counts until 30 Jun 2027."),
        (CURRENT_UNTIL, None, CURRENT_UNTIL, "The report counts until 30 Jun 2027."),
        (CURRENT_UNTIL, date(2027, 1, 31), date(2027, 1, 31), "The NDA ends on 31 Jan 2027."),
        (None, None, date(2027, 12, 4), "An approval holds for 12 months, until 4 Dec 2027."),
        (
            date(2028, 6, 30),
            date(2028, 8, 18),
            date(2027, 12, 4),
            "An approval holds for 12 months, until 4 Dec 2027.",
        ),
        (CURRENT_UNTIL, CURRENT_UNTIL, CURRENT_UNTIL, "The report counts until 30 Jun 2027."),
    ],
)
def test_an_approval_is_valid_until_the_earliest_of_three_dates(currency_end, nda_end, until, reason):
    validity = valid_until(currency_end=currency_end, nda_end=nda_end, decided_on=DECIDED)
    assert (validity.until, str(validity.reason)) == (until, reason)


def test_relief_is_said_as_such():
    validity = valid_until(
        currency_end=date(2027, 8, 19),
        nda_end=None,
        decided_on=date(2027, 7, 15),
        awaiting_successor=True,
    )
    assert str(validity.reason) == "The report’s successor is awaited until 19 Aug 2027."


def test_a_policy_may_let_approvals_hold_for_less():
    validity = valid_until(currency_end=None, nda_end=None, decided_on=DECIDED, approval_months=6)
    assert str(validity.reason) == "An approval holds for 6 months, until 4 Jun 2027."


def said(stated_on: date) -> SuccessorStated:
    return SuccessorStated(
        period_start=date(2026, 7, 1),
        period_end=date(2027, 6, 30),
        expected_on=date(2027, 8, 14),
        stated_on=stated_on,
    )


def stands(on: date, *statements: SuccessorStated, **changed: Any):
    facts: dict[str, Any] = {
        "decided_on": DECIDED,
        "valid_until": CURRENT_UNTIL,
        "currency": currency_of(END, statements, on=on),
        "nda": NDA,
    }
    return standing(on, ApprovalFacts(**{**facts, **changed}))


def test_an_approval_is_in_force_until_its_report_stops_counting():
    now = stands(date(2026, 12, 5))
    assert (now.name, now.until) == (StandingName.IN_FORCE, CURRENT_UNTIL)
    assert str(now.reason) == "The report counts until 30 Jun 2027."
    assert now.is_in_force
    assert not now.relief
    assert stands(CURRENT_UNTIL).is_in_force


def test_it_lapses_the_day_after_when_the_vendor_wrote_nothing():
    now = stands(date(2027, 7, 1))
    assert (now.name, now.until) == (StandingName.LAPSED, CURRENT_UNTIL)
    assert not now.is_in_force
    assert "The vendor has not said in writing when the next report comes." in str(now.reason)


def test_awaiting_a_successor_keeps_it_alive_and_says_so():
    now = stands(date(2027, 7, 1), said(date(2027, 5, 20)))
    assert (now.name, now.until, now.relief) == (StandingName.IN_FORCE, date(2027, 8, 19), True)
    assert str(now.reason).endswith("awaiting successor until 19 Aug 2027.")


def test_while_it_is_current_a_statement_promises_nothing_yet():
    assert stands(date(2027, 6, 30), said(date(2027, 5, 20))).until == CURRENT_UNTIL


def test_it_lapses_when_the_relief_ends():
    now = stands(date(2027, 8, 20), said(date(2027, 5, 20)))
    assert (now.name, now.until) == (StandingName.LAPSED, date(2027, 8, 19))
    assert "Ask for a new statement." in str(now.reason)


def test_relief_outlives_the_twelve_months_after_the_decision():
    now = stands(date(2027, 9, 15), said(date(2027, 8, 10)), decided_on=date(2026, 8, 20))
    assert (now.is_in_force, now.until) == (True, date(2027, 9, 30))


def test_relief_ends_with_the_nda():
    nda = NdaFacts(title="NDA", starts_on=date(2025, 8, 18), ends_on=date(2027, 7, 31))
    now = stands(date(2027, 7, 15), said(date(2027, 5, 20)), nda=nda)
    assert (now.is_in_force, now.until) == (True, date(2027, 7, 31))


def test_an_approval_that_was_to_end_with_its_nda_keeps_that_end_under_a_newer_one():
    facts = {"valid_until": date(2027, 1, 31)}
    assert stands(date(2027, 1, 31), **facts).until == date(2027, 1, 31)
    now = stands(date(2027, 2, 1), **facts)
    assert now.name is StandingName.LAPSED
    assert str(now.reason) == "It was approved until 31 Jan 2027."


@pytest.mark.parametrize(
    ("nda", "reason"),
    [
        (None, "No NDA is on file."),
        (
            NdaFacts(title="NDA", starts_on=date(2025, 1, 1), ends_on=date(2026, 12, 31)),
            "The NDA ended on 31 Dec 2026.",
        ),
        (NdaFacts(title="NDA", starts_on=date(2027, 3, 1)), "The NDA starts on 1 Mar 2027."),
    ],
)
def test_without_an_nda_in_force_it_lapses(nda, reason):
    now = stands(date(2027, 1, 5), nda=nda)
    assert (now.name, str(now.reason)) == (StandingName.LAPSED, reason)


def test_an_nda_without_an_end_never_ends_it():
    nda = NdaFacts(title="MSA clause", starts_on=date(2025, 1, 1))
    assert stands(date(2027, 1, 5), nda=nda).until == CURRENT_UNTIL


def test_an_approval_for_public_data_rests_on_neither_report_nor_nda():
    facts = {
        "relies_on_report": False,
        "needs_nda": False,
        "currency": None,
        "nda": None,
        "valid_until": date(2027, 12, 4),
    }
    assert stands(date(2027, 12, 4), **facts).is_in_force
    now = stands(date(2027, 12, 5), **facts)
    assert (now.name, str(now.reason)) == (
        StandingName.LAPSED,
        "It was approved until 4 Dec 2027.",
    )


def test_it_is_suspended_when_its_report_is_not_accepted_any_more():
    now = stands(date(2027, 1, 5), currency=None)
    assert (now.name, str(now.reason)) == (
        StandingName.SUSPENDED,
        "The report it rests on is not accepted any more.",
    )


LATE = ConditionFacts(text="Export of leavers.", due_on=date(2027, 3, 31))
LATER = ConditionFacts(text="Rotate API keys.", due_on=date(2027, 4, 30))


def test_an_overdue_condition_suspends_and_the_oldest_is_named():
    now = stands(date(2027, 5, 1), conditions=(LATER, LATE))
    assert (now.name, now.until) == (StandingName.SUSPENDED, CURRENT_UNTIL)
    assert str(now.reason) == "A condition was due on 31 Mar 2027 and is not met: Export of leavers."


def test_a_condition_suspends_from_the_day_after_it_was_due_until_it_is_met():
    met = ConditionFacts(text="Export of leavers.", due_on=date(2027, 3, 31), met_on=date(2027, 4, 9))
    assert stands(date(2027, 3, 31), conditions=(met,)).is_in_force
    assert stands(date(2027, 4, 1), conditions=(met,)).name is StandingName.SUSPENDED
    assert stands(date(2027, 4, 9), conditions=(met,)).is_in_force


def test_what_ended_it_is_said_before_what_suspends_it():
    assert stands(date(2027, 7, 1), conditions=(LATE,)).name is StandingName.LAPSED


def test_a_later_decision_supersedes_it():
    facts = {"superseded_on": date(2027, 2, 1), "superseded_by": "MEMO-2027-0003"}
    assert stands(date(2027, 1, 31), **facts).is_in_force
    now = stands(date(2027, 2, 1), **facts)
    assert (now.name, str(now.reason)) == (
        StandingName.SUPERSEDED,
        "Superseded on 1 Feb 2027 by MEMO-2027-0003.",
    )


@pytest.mark.parametrize(
    ("why", "reason"),
    [("", "Revoked on 1 Feb 2027."), ("Breach of January", "Revoked on 1 Feb 2027: Breach of January")],
)
def test_a_revoked_approval_stays_revoked_whatever_else_happened(why, reason):
    facts = {"revoked_on": date(2027, 2, 1), "revoked_because": why, "superseded_on": date(2027, 2, 1)}
    now = stands(date(2027, 2, 1), **facts)
    assert (now.name, str(now.reason)) == (StandingName.REVOKED, reason)
    assert stands(date(2027, 1, 31), **facts).is_in_force


@given(
    st.integers(0, 700),
    st.integers(30, 360),
    st.lists(st.integers(200, 700), max_size=3),
    st.none() | st.integers(0, 900),
)
def test_it_is_in_force_only_while_report_and_nda_hold_and_never_after_its_last_day(days, decided, spoken, nda_days):
    on = plus_days(END, days)
    statements = [said(plus_days(END, offset)) for offset in spoken]
    nda = NdaFacts(
        title="NDA", starts_on=date(2025, 1, 1), ends_on=None if nda_days is None else plus_days(END, nda_days)
    )
    currency = currency_of(END, statements, on=on)
    decided_on = plus_days(END, decided)
    agreed = valid_until(currency_end=CURRENT_UNTIL, nda_end=nda.ends_on, decided_on=decided_on)
    now = stands(on, *statements, nda=nda, decided_on=decided_on, valid_until=agreed.until)

    if now.is_in_force:
        assert on <= now.until
        assert nda.in_force_on(on)
        assert currency.is_current or currency.is_awaiting_successor
        assert now.relief is currency.is_awaiting_successor
        assert now.until <= plus_months(END, 15)
    else:
        assert now.name is StandingName.LAPSED
        assert on > now.until or not nda.in_force_on(on)


UNTIL = date(2027, 3, 31)
WAIVER = Support(until=UNTIL, reason=because("The waiver ends on {until}.", until=UNTIL))
LOST = Support(lost=because("It was revoked."))


@pytest.mark.parametrize(
    ("supports", "until", "reason"),
    [
        ((), CURRENT_UNTIL, "The report counts until 30 Jun 2027."),
        ((Support(),), CURRENT_UNTIL, "The report counts until 30 Jun 2027."),
        ((WAIVER,), UNTIL, "The waiver ends on 31 Mar 2027."),
        ((replace(WAIVER, until=date(2027, 9, 1)), WAIVER), UNTIL, "The waiver ends on 31 Mar 2027."),
        ((replace(WAIVER, until=CURRENT_UNTIL),), CURRENT_UNTIL, "The waiver ends on 31 Mar 2027."),
    ],
)
def test_an_approval_ends_with_what_else_it_rests_on(supports, until, reason):
    validity = valid_until(currency_end=CURRENT_UNTIL, nda_end=NDA.ends_on, decided_on=DECIDED, supports=supports)
    assert (validity.until, str(validity.reason)) == (until, reason)


@pytest.mark.parametrize(
    ("on", "changes", "name", "reason"),
    [
        (UNTIL, {"supports": (WAIVER,)}, "in_force", "The waiver ends on 31 Mar 2027."),
        (plus_days(UNTIL, 1), {"supports": (WAIVER,)}, "lapsed", "The waiver ends on 31 Mar 2027."),
        (DECIDED, {"supports": (LOST,)}, "suspended", "It was revoked."),
        (DECIDED, {"supports": (LOST,), "nda": None}, "lapsed", "No NDA is on file."),
        (plus_days(UNTIL, 1), {"supports": (LOST, WAIVER)}, "lapsed", "The waiver ends on 31 Mar 2027."),
        (DECIDED, {"supports": (LOST,), "revoked_on": DECIDED}, "revoked", "Revoked on 4 Dec 2026."),
        (
            date(2027, 1, 1),
            {"supports": (LOST,), "conditions": (ConditionFacts(text="Late.", due_on=DECIDED),)},
            "suspended",
            "It was revoked.",
        ),
    ],
)
def test_what_is_taken_away_suspends_and_what_ended_lapses(on, changes, name, reason):
    """In the order in which they weigh: ended for good, the NDA, an end, what is lost, an overdue condition."""
    currency = currency_of(END, (), on=on)
    given = {"decided_on": DECIDED, "valid_until": CURRENT_UNTIL, "currency": currency, "nda": NDA, **changes}
    found = standing(on, ApprovalFacts(**given))
    assert (found.name, str(found.reason)) == (name, reason)


def test_relief_does_not_carry_an_approval_beyond_its_waiver():
    said = SuccessorStated(
        period_start=date(2026, 7, 1),
        period_end=date(2027, 6, 30),
        expected_on=date(2027, 8, 14),
        stated_on=date(2027, 6, 20),
    )
    on = date(2027, 7, 10)
    waiver = replace(WAIVER, until=date(2027, 7, 5))
    facts = ApprovalFacts(
        decided_on=DECIDED,
        valid_until=CURRENT_UNTIL,
        currency=currency_of(END, (said,), on=on),
        nda=NDA,
        supports=(waiver,),
    )
    found = standing(on, facts)
    assert (found.name, found.until) == (StandingName.LAPSED, date(2027, 7, 5))
