"""What the policy says about the report's lists, the auditor firm and remediations."""

from datetime import date

import pytest

from procurement.policy.cases import Register, SubserviceFacts
from procurement.policy.terms import Action, Result
from tests.procurement.policy.cases import closed_remediation, judged, remediation, report
from vendors.reports.terms import SubserviceMethod


@pytest.mark.parametrize(
    ("key", "facts", "result", "sentence", "action"),
    [
        ("exceptions_decided", {"exceptions": Register()}, Result.MET, "The report notes no exceptions.", None),
        ("exceptions_decided", {"exceptions": Register(2)}, Result.MET, "2 of 2 decided.", None),
        (
            "exceptions_decided",
            {"exceptions": Register(2, ("CC6.2",), (61,))},
            Result.NOT_MET,
            "1 of 2 decided. Open: CC6.2.",
            Action.DECIDE_EXCEPTIONS,
        ),
        ("cuecs_owned", {"cuecs": Register()}, Result.MET, "The report lists no user entity controls.", None),
        ("cuecs_owned", {"cuecs": Register(7)}, Result.MET, "7 of 7 have an owner.", None),
        (
            "cuecs_owned",
            {"cuecs": Register(7, ("Rotate API keys", "Send the leaver feed"), (38, 39))},
            Result.NOT_MET,
            "5 of 7 have an owner. Open: Rotate API keys, Send the leaver feed.",
            Action.ASSIGN_CUECS,
        ),
        (
            "cuecs_owned",
            {"cuecs": Register(6, ("C-1", "C-2", "C-3", "C-4", "C-5"), (38,))},
            Result.NOT_MET,
            "1 of 6 have an owner. Open: C-1, C-2, C-3 and 2 more.",
            Action.ASSIGN_CUECS,
        ),
        (
            "subservice_named",
            {"subservice": ()},
            Result.MET,
            "The report names no subservice organizations.",
            None,
        ),
        (
            "subservice_named",
            {},
            Result.MET,
            "Tarnfield Hosting: examined with the vendor (inclusive).",
            None,
        ),
        (
            "subservice_named",
            {
                "subservice": (
                    SubserviceFacts("Tarnfield Hosting", SubserviceMethod.CARVE_OUT),
                    SubserviceFacts("Inhouse Mail", SubserviceMethod.INCLUSIVE),
                    SubserviceFacts("Palewater Mail", SubserviceMethod.CARVE_OUT),
                )
            },
            Result.NOTED,
            "Tarnfield Hosting, Palewater Mail: left out of the examination (carve-out).",
            None,
        ),
    ],
)
def test_each_list_of_the_report_is_judged(key, facts, result, sentence, action):
    check = judged(key, **facts)
    assert (check.result, str(check.reason), check.action) == (result, sentence, action)


def test_open_rows_carry_their_pages():
    assert judged("exceptions_decided", exceptions=Register(2, ("CC6.2",), (61,))).pages == (61,)


@pytest.mark.parametrize("key", ["exceptions_decided", "cuecs_owned", "subservice_named"])
def test_a_list_says_nothing_before_the_facts_are_accepted(key):
    check = judged(key, report=report(accepted=False), exceptions=Register(), cuecs=Register(), subservice=())
    assert check.blocks
    assert str(check.reason) == "The report’s facts are not accepted yet."
    assert check.action is Action.ACCEPT_REPORT


@pytest.mark.parametrize(
    ("facts", "result", "sentence", "action"),
    [
        ({}, Result.MET, "Rookhope CPA Group, checked on 24 Nov 2026.", None),
        ({"auditor_checked_on": date(2025, 12, 1)}, Result.MET, "Rookhope CPA Group, checked on 1 Dec 2025.", None),
        (
            {"auditor_checked_on": date(2025, 10, 16)},
            Result.NOTED,
            "Rookhope CPA Group was last checked on 16 Oct 2025, 13 months ago.",
            Action.CHECK_AUDITOR,
        ),
        (
            {"auditor_checked_on": None},
            Result.NOTED,
            "Rookhope CPA Group has not been checked. Look up its licence and peer review.",
            Action.CHECK_AUDITOR,
        ),
        (
            {"report": report(auditor="")},
            Result.NOTED,
            "The auditor firm is not recorded yet.",
            Action.RECORD_FACTS,
        ),
    ],
)
def test_the_auditor_firm_is_noted_and_never_blocks(facts, result, sentence, action):
    check = judged("auditor_checked", **facts)
    assert (check.result, str(check.reason), check.action) == (result, sentence, action)
    assert not check.blocks


@pytest.mark.parametrize(
    ("remediations", "result", "sentence"),
    [
        ((), Result.MET, "None was opened."),
        ((closed_remediation(),), Result.MET, "Closed by Tomasz Reyk on 20 Nov 2026."),
        (
            (closed_remediation(), remediation()),
            Result.NOT_MET,
            "Open since 2 Nov 2026: Qualified on CC6.1",
        ),
    ],
)
def test_an_open_remediation_blocks(remediations, result, sentence):
    check = judged("remediation_closed", remediations=remediations)
    assert (check.result, str(check.reason)) == (result, sentence)
