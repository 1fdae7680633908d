"""What the policy says about the report itself: table by table, with the sentence a reviewer reads."""

from datetime import date

import pytest

from procurement.policy.defaults import DEFAULT_ROWS
from procurement.policy.evaluation import Policy
from procurement.policy.terms import Action, Result, Vertical
from tests.procurement.policy.cases import (
    closed_remediation,
    judged,
    next_report_said,
    remediation,
    report,
    waiver,
)
from vendors.reports.terms import Opinion, ReportKind, ReportType

IN_RELIEF = date(2027, 7, 15)
PERIOD = "Period 1 Jul 2025 – 30 Jun 2026, 12 months."


def test_a_current_accepted_soc_2_type_ii_report_is_met_with_its_dates_and_pages():
    check = judged("soc2_type2_current")
    assert check.result is Result.MET
    assert str(check.reason) == f"{PERIOD} Counts until 30 Jun 2027."
    assert check.pages == (1, 3)
    assert check.action is None
    assert not check.blocks


def test_it_is_met_on_the_last_day_and_out_of_policy_on_the_next():
    assert judged("soc2_type2_current", on=date(2027, 6, 30)).result is Result.MET
    check = judged("soc2_type2_current", on=date(2027, 7, 1))
    assert check.blocks
    assert str(check.reason) == (
        f"{PERIOD} Out of policy. The period ended on 30 Jun 2026 and counted until 30 Jun 2027. "
        "The vendor has not said in writing when the next report comes. Ask for a statement."
    )
    assert check.action is Action.REQUEST_REPORT


def test_one_on_file_that_would_be_met_is_to_be_gone_by():
    check = judged("soc2_type2_current", report=None, on_file=report())
    assert (check.result, check.action) == (Result.NOT_MET, Action.GO_BY_REPORT)
    assert str(check.reason) == (
        f"{PERIOD} Counts until 30 Jun 2027. It is accepted and on file; this review does not go by it yet."
    )


@pytest.mark.parametrize(
    ("on_file", "sentence"),
    [
        (report(kind=ReportKind.SOC3), "The report on file is a SOC 3"),
        (report(period_start=date(2024, 7, 1), period_end=date(2025, 6, 30)), "Out of policy."),
    ],
)
def test_one_on_file_that_would_not_be_met_says_why_and_is_asked_for(on_file, sentence):
    check = judged("soc2_type2_current", report=None, on_file=on_file)
    assert check.action is Action.REQUEST_REPORT
    assert sentence in str(check.reason)


@pytest.mark.parametrize(
    ("facts", "sentence", "action"),
    [
        (None, "No SOC 2 Type II report of Quillhaven is on file.", Action.REQUEST_REPORT),
        (
            report(kind=ReportKind.SOC1),
            "The report on file is a SOC 1, on controls over financial reporting. Ask for the SOC 2 Type II.",
            Action.REQUEST_REPORT,
        ),
        (
            report(kind=ReportKind.SOC3),
            "The report on file is a SOC 3: it shows no tests. Ask for the SOC 2 Type II.",
            Action.REQUEST_REPORT,
        ),
        (
            report(kind=ReportKind.OTHER),
            "The document on file is no SOC 2 report. Ask for the SOC 2 Type II.",
            Action.REQUEST_REPORT,
        ),
        (
            report(type=ReportType.TYPE1, as_of=date(2026, 9, 30)),
            "Type I as of 30 Sep 2026 shows design, not operation. "
            "Ask for Type II, or for an interim waiver until then.",
            Action.REQUEST_REPORT,
        ),
        (
            report(type=ReportType.TYPE1),
            "Type I shows design, not operation. Ask for Type II, or for an interim waiver until then.",
            Action.REQUEST_REPORT,
        ),
        (
            report(kind=None),
            "Kind, type and audit period of the report are not all recorded yet.",
            Action.RECORD_FACTS,
        ),
        (
            report(period_end=None),
            "Kind, type and audit period of the report are not all recorded yet.",
            Action.RECORD_FACTS,
        ),
        (report(accepted=False), f"{PERIOD} Its facts are not accepted yet.", Action.ACCEPT_REPORT),
    ],
)
def test_nothing_else_stands_in_for_it(facts, sentence, action):
    check = judged("soc2_type2_current", report=facts)
    assert check.blocks
    assert (str(check.reason), check.action) == (sentence, action)


def test_a_type_i_report_has_no_way_out_in_a_regulated_vertical():
    check = judged(
        "soc2_type2_current",
        report=report(type=ReportType.TYPE1, as_of=date(2026, 9, 30)),
        verticals=frozenset({Vertical.FINANCE, Vertical.HEALTHCARE}),
    )
    assert str(check.reason) == (
        "Type I as of 30 Sep 2026 shows design, not operation. Ask for Type II; "
        "no waiver is possible in healthcare, finance."
    )


def test_awaiting_a_successor_carries_an_approval_that_exists_with_the_reason_shown():
    check = judged(
        "soc2_type2_current",
        on=IN_RELIEF,
        earlier_approval=True,
        statements=(next_report_said(date(2027, 5, 20)),),
    )
    assert check.result is Result.NOTED
    assert str(check.reason).endswith("awaiting successor until 19 Aug 2027.")


def test_awaiting_a_successor_never_carries_a_first_approval():
    check = judged("soc2_type2_current", on=IN_RELIEF, statements=(next_report_said(date(2027, 5, 20)),))
    assert check.blocks
    assert str(check.reason) == (
        f"{PERIOD} It counted until 30 Jun 2027. Awaiting its successor never carries a first approval."
    )


def test_a_report_in_relief_still_has_to_be_accepted():
    check = judged(
        "soc2_type2_current",
        on=IN_RELIEF,
        earlier_approval=True,
        statements=(next_report_said(date(2027, 5, 20)),),
        report=report(accepted=False),
    )
    assert check.action is Action.ACCEPT_REPORT


@pytest.mark.parametrize(
    ("on", "action"),
    [(date(2027, 9, 30), Action.ASK_STATEMENT), (date(2027, 10, 1), Action.REQUEST_REPORT)],
)
def test_a_statement_is_asked_for_only_while_it_could_still_carry_the_approval(on, action):
    assert judged("soc2_type2_current", on=on, earlier_approval=True).action is action


def test_an_administrator_may_let_a_report_count_for_longer():
    rows = [
        {**row, "parameters": {**row["parameters"], "current_months": 15}}
        if row["key"] == "soc2_type2_current"
        else row
        for row in DEFAULT_ROWS
    ]
    check = judged("soc2_type2_current", on=date(2027, 9, 30), policy=Policy.load(2, rows))
    assert str(check.reason) == f"{PERIOD} Counts until 30 Sep 2027."


@pytest.mark.parametrize(
    ("facts", "previous_end", "result", "sentence"),
    [
        (report(), date(2025, 6, 30), Result.MET, "12 months. No gap to the report before."),
        (report(), None, Result.MET, "12 months. There is no report before it on file."),
        (
            report(),
            date(2025, 5, 31),
            Result.NOTED,
            "12 months. The 30 days before this period, 1 Jun 2025 – 30 Jun 2025, were examined by nobody.",
        ),
        (
            report(period_start=date(2026, 3, 1)),
            None,
            Result.NOTED,
            "The audit period has 4 months, under 6 months. Yearly controls may be untested.",
        ),
        (
            report(period_start=date(2026, 5, 1)),
            date(2026, 4, 29),
            Result.NOTED,
            "Flagged: the audit period has 2 months, under 3 months. Few controls can have been tested. "
            "30 Apr 2026 was examined by nobody: the report before ends the day before.",
        ),
        (
            report(period_start=date(2025, 1, 1)),
            None,
            Result.NOTED,
            "Flagged: the audit period has 18 months, over 12 months. Ask why.",
        ),
        (report(type=ReportType.TYPE1), None, Result.NOT_APPLICABLE, "A Type I report has no audit period."),
        (report(period_start=None), None, Result.NOT_MET, "The audit period is not recorded yet."),
    ],
)
def test_the_length_of_the_period_and_what_lies_before_it(facts, previous_end, result, sentence):
    check = judged("period_length", report=facts, previous_period_end=previous_end)
    assert (check.result, str(check.reason)) == (result, sentence)


@pytest.mark.parametrize(
    ("facts", "result", "sentence"),
    [
        (report(), Result.MET, "Dated 14 Aug 2026, 45 days after 30 Jun 2026."),
        (report(report_date=date(2026, 7, 1)), Result.MET, "Dated 1 Jul 2026, 1 day after 30 Jun 2026."),
        (
            report(report_date=date(2026, 10, 1)),
            Result.NOTED,
            "The report is dated 1 Oct 2026, 93 days after its audit period ended. Over 90 days is late.",
        ),
        (
            report(report_date=date(2026, 6, 29)),
            Result.NOT_MET,
            "Dated 29 Jun 2026, before 30 Jun 2026, the last day it speaks for.",
        ),
        (
            report(type=ReportType.TYPE1, period_end=None, as_of=date(2026, 8, 4)),
            Result.MET,
            "Dated 14 Aug 2026, 10 days after 4 Aug 2026.",
        ),
        (report(report_date=None), Result.NOT_MET, "The report date is not recorded yet."),
        (report(period_end=None), Result.NOT_MET, "The report date is not recorded yet."),
    ],
)
def test_the_report_date_comes_after_the_period_and_not_too_late(facts, result, sentence):
    check = judged("report_date", report=facts)
    assert (check.result, str(check.reason)) == (result, sentence)


QUALIFIED = report(opinion=Opinion.QUALIFIED, opinion_criteria=("CC6.1", "CC6.2"))


@pytest.mark.parametrize(
    ("facts", "remediations", "result", "sentence"),
    [
        (report(), (), Result.MET, "Unqualified in the auditor’s letter."),
        (report(opinion=None), (), Result.NOT_MET, "The auditor’s opinion is not recorded yet."),
        (
            QUALIFIED,
            (),
            Result.NOT_MET,
            "Qualified on CC6.1, CC6.2. Somebody else than who accepted the report has to close the remediation.",
        ),
        (
            QUALIFIED,
            (closed_remediation(), remediation()),
            Result.NOT_MET,
            "Qualified on CC6.1, CC6.2. Somebody else than who accepted the report has to close the remediation.",
        ),
        (
            report(opinion=Opinion.QUALIFIED),
            (closed_remediation(),),
            Result.NOTED,
            "Qualified. Remediation closed by Tomasz Reyk on 20 Nov 2026.",
        ),
        (
            report(opinion=Opinion.ADVERSE),
            (closed_remediation(),),
            Result.NOT_MET,
            "Adverse: no assurance. Only a risk acceptance by a named approver gets past it.",
        ),
        (
            report(opinion=Opinion.DISCLAIMER),
            (closed_remediation(),),
            Result.NOT_MET,
            "Disclaimer of opinion: no assurance. Only a risk acceptance by a named approver gets past it.",
        ),
    ],
)
def test_a_modified_opinion_blocks_until_somebody_else_closed_the_remediation(facts, remediations, result, sentence):
    check = judged("opinion", report=facts, remediations=remediations)
    assert (check.result, str(check.reason)) == (result, sentence)
    assert check.pages == ((4,) if facts.opinion else ())


def test_a_named_risk_acceptance_gets_past_an_adverse_opinion_until_it_ends():
    facts = {"report": report(opinion=Opinion.ADVERSE), "risk_acceptance": waiver("opinion")}
    accepted = judged("opinion", **facts)
    assert accepted.result is Result.NOTED
    assert str(accepted.reason) == (
        "Adverse: no assurance. Tomasz Reyk accepted the risk until 31 Mar 2027: The report comes in March."
    )
    assert judged("opinion", on=date(2027, 4, 1), **facts).blocks


def test_no_risk_acceptance_gets_past_an_adverse_opinion_in_a_regulated_vertical():
    check = judged(
        "opinion",
        report=report(opinion=Opinion.ADVERSE),
        risk_acceptance=waiver("opinion"),
        verticals=frozenset({Vertical.GOVERNMENT}),
    )
    assert check.blocks
    assert str(check.reason) == ("Adverse: no assurance. In government no risk acceptance gets past it.")
