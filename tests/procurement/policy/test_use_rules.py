"""What the policy says about our use of the vendor: NDA, scope, categories, papers beside the SOC 2 report."""

from datetime import date

import pytest

from procurement.policy.cases import NdaFacts
from procurement.policy.defaults import DEFAULT_ROWS
from procurement.policy.evaluation import Policy
from procurement.policy.terms import Action, Criticality, DataClass, Result, ScopeFit
from tests.procurement.policy.cases import judged, paper, report
from vendors.reports.terms import Category, EvidenceKind

STARTS = date(2025, 8, 18)


@pytest.mark.parametrize(
    ("nda", "result", "sentence"),
    [
        (None, Result.NOT_MET, "No NDA with Quillhaven is on file."),
        (
            NdaFacts(title="Our NDA, version 4", starts_on=STARTS, ends_on=date(2026, 12, 1)),
            Result.MET,
            "Our NDA, version 4, in force until 1 Dec 2026.",
        ),
        (
            NdaFacts(title="Mutual NDA", starts_on=STARTS),
            Result.MET,
            "Mutual NDA, in force since 18 Aug 2025, with no end.",
        ),
        (
            NdaFacts(title="Our NDA, version 4", starts_on=STARTS, ends_on=date(2026, 11, 30)),
            Result.NOT_MET,
            "Our NDA, version 4 ended on 30 Nov 2026.",
        ),
        (
            NdaFacts(title="Our NDA, version 5", starts_on=date(2026, 12, 2)),
            Result.NOT_MET,
            "Our NDA, version 5 starts on 2 Dec 2026.",
        ),
    ],
)
def test_a_report_is_held_under_an_nda_in_force(nda, result, sentence):
    check = judged("nda_in_force", nda=nda)
    assert (check.result, str(check.reason)) == (result, sentence)
    assert check.action is (Action.RECORD_NDA if result is Result.NOT_MET else None)


@pytest.mark.parametrize(
    ("fit", "page", "result", "sentence", "action"),
    [
        (ScopeFit.YES, 12, Result.MET, "What we buy lies inside “People Cloud”, the system examined.", None),
        (
            ScopeFit.YES,
            None,
            Result.NOT_MET,
            "Name the page on which “People Cloud” is described to hold what we buy.",
            Action.SETTLE_SCOPE,
        ),
        (
            ScopeFit.NO,
            12,
            Result.NOT_MET,
            "What we buy lies outside “People Cloud”, the system examined.",
            Action.REQUEST_REPORT,
        ),
        (
            ScopeFit.UNKNOWN,
            None,
            Result.NOT_MET,
            "Nobody has said yet whether what we buy lies inside “People Cloud”.",
            Action.SETTLE_SCOPE,
        ),
    ],
)
def test_what_we_buy_has_to_lie_inside_the_described_system(fit, page, result, sentence, action):
    check = judged("scope_fit", scope_fit=fit, scope_page=page)
    assert (check.result, str(check.reason), check.action) == (result, sentence, action)
    assert check.pages == ((page,) if page else ())


def test_a_system_without_a_name_is_called_by_the_vendors():
    check = judged("scope_fit", scope_fit=ScopeFit.UNKNOWN, report=report(system_name=""))
    assert "“Quillhaven”" in str(check.reason)


S, A, C, P = Category.SECURITY, Category.AVAILABILITY, Category.CONFIDENTIALITY, Category.PRIVACY


@pytest.mark.parametrize(
    ("data", "uptime", "categories", "result", "sentence"),
    [
        ({DataClass.INTERNAL}, False, {S}, Result.MET, "Examined: Security. The use needs no other."),
        (
            {DataClass.PERSONAL},
            False,
            {S, C},
            Result.MET,
            "Examined: Security, Confidentiality. The use needs no other.",
        ),
        ({DataClass.PERSONAL}, False, {S, P}, Result.MET, "Examined: Security, Privacy. The use needs no other."),
        (
            {DataClass.PERSONAL},
            False,
            {S},
            Result.NOT_MET,
            "Missing: Confidentiality or Privacy for personal data. Examined: Security.",
        ),
        (
            {DataClass.CONFIDENTIAL},
            False,
            {S, P},
            Result.NOT_MET,
            "Missing: Confidentiality for confidential data. Examined: Security, Privacy.",
        ),
        (
            {DataClass.HEALTH},
            False,
            {S},
            Result.NOT_MET,
            "Missing: Confidentiality or Privacy for health data. Examined: Security.",
        ),
        (
            {DataClass.INTERNAL},
            True,
            {S},
            Result.NOT_MET,
            "Missing: Availability for the uptime we promise. Examined: Security.",
        ),
        (
            {DataClass.CONFIDENTIAL, DataClass.PERSONAL},
            True,
            {S},
            Result.NOT_MET,
            "Missing: Availability for the uptime we promise, Confidentiality for confidential data, "
            "Confidentiality or Privacy for personal data. Examined: Security.",
        ),
        ({DataClass.INTERNAL}, True, {S, A}, Result.MET, "Examined: Security, Availability. The use needs no other."),
        (
            {DataClass.INTERNAL},
            True,
            {A},
            Result.NOTED,
            "Flagged: Security is not among the categories examined. The report covers Availability.",
        ),
        ({DataClass.INTERNAL}, False, set(), Result.NOT_MET, "The categories examined are not recorded yet."),
    ],
)
def test_the_categories_follow_from_the_use(data, uptime, categories, result, sentence):
    check = judged(
        "categories_for_use",
        data_classes=frozenset(data),
        uptime_promised=uptime,
        report=report(categories=frozenset(categories)),
    )
    assert (check.result, str(check.reason)) == (result, sentence)


def test_a_policy_may_ask_no_category_for_uptime():
    rows = [
        {**row, "parameters": {**row["parameters"], "uptime": []}} if row["key"] == "categories_for_use" else row
        for row in DEFAULT_ROWS
    ]
    check = judged(
        "categories_for_use",
        policy=Policy.load(2, rows),
        data_classes=frozenset({DataClass.INTERNAL}),
        uptime_promised=True,
        report=report(categories=frozenset({S})),
    )
    assert check.result is Result.MET


HEALTH = {"data_classes": frozenset({DataClass.PERSONAL, DataClass.HEALTH})}


@pytest.mark.parametrize(
    ("key", "data", "sentence"),
    [
        (
            "baa_for_health",
            DataClass.HEALTH,
            "Needed on file for health data: business associate agreement (BAA), HIPAA evidence. "
            "SOC 2 does not cover it.",
        ),
        (
            "fedramp_for_us_federal",
            DataClass.US_FEDERAL,
            "Needed on file for US federal data: FedRAMP authorization. SOC 2 does not cover it.",
        ),
        (
            "pci_aoc_for_cardholder",
            DataClass.CARDHOLDER,
            "Needed on file for cardholder data: PCI DSS attestation of compliance (AOC). SOC 2 does not cover it.",
        ),
    ],
)
def test_data_under_rules_of_its_own_needs_its_paper_on_file(key, data, sentence):
    check = judged(key, data_classes=frozenset({DataClass.PERSONAL, data}))
    assert check.blocks
    assert (str(check.reason), check.action) == (sentence, Action.ADD_EVIDENCE)
    assert judged(key).result is Result.NOT_APPLICABLE
    assert str(judged(key).reason) == "Not asked for personal data."


def test_papers_on_file_are_met_until_the_first_of_them_ends():
    check = judged(
        "baa_for_health",
        **HEALTH,
        evidence=(
            paper(EvidenceKind.BAA),
            paper(EvidenceKind.HIPAA_EVIDENCE, until=date(2026, 12, 31)),
            paper(EvidenceKind.HIPAA_EVIDENCE, until=date(2027, 8, 31)),
            paper(EvidenceKind.ISO27001_CERTIFICATE, until=date(2026, 12, 5)),
        ),
    )
    assert check.result is Result.MET
    assert str(check.reason) == ("On file: business associate agreement (BAA), HIPAA evidence, until 31 Aug 2027.")


def test_papers_without_an_end_are_met_without_a_date():
    check = judged(
        "baa_for_health",
        **HEALTH,
        evidence=(paper(EvidenceKind.BAA), paper(EvidenceKind.HIPAA_EVIDENCE)),
    )
    assert str(check.reason) == "On file: business associate agreement (BAA), HIPAA evidence."


def test_a_paper_that_ended_or_has_not_begun_does_not_count():
    check = judged(
        "baa_for_health",
        **HEALTH,
        evidence=(
            paper(EvidenceKind.BAA, until=date(2026, 11, 30)),
            paper(EvidenceKind.BAA, dated_on=date(2026, 12, 2)),
            paper(EvidenceKind.HIPAA_EVIDENCE),
        ),
    )
    assert str(check.reason) == (
        "Needed on file for health data: business associate agreement (BAA). SOC 2 does not cover it."
    )


def test_a_policy_may_ask_for_a_paper_whatever_the_data():
    rows = [{"key": "pci_aoc_for_cardholder", "applies_to": {}, "parameters": {"evidence": ["penetration_test"]}}]
    check = judged("pci_aoc_for_cardholder", policy=Policy.load(2, rows))
    assert str(check.reason) == "Needed on file for personal data: penetration test. SOC 2 does not cover it."


def test_papers_asked_for_as_well_are_noted_for_a_critical_service_and_hold_nothing_up():
    facts = {"criticality": Criticality.CRITICAL}
    check = judged("further_evidence", **facts)
    assert (check.result, str(check.reason)) == (
        Result.NOTED,
        "Not on file: ISO 27001 certificate, penetration test.",
    )
    held = (paper(EvidenceKind.ISO27001_CERTIFICATE), paper(EvidenceKind.PENETRATION_TEST))
    assert judged("further_evidence", evidence=held, **facts).result is Result.MET
    assert judged("further_evidence").result is Result.NOT_APPLICABLE
