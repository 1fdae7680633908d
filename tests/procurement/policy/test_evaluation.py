"""The whole policy put to a case: what is asked of whom, what blocks, what may be waived, how it is loaded."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.policy.cases import Exemption
from procurement.policy.defaults import DEFAULT_ROWS
from procurement.policy.evaluation import (
    RULES,
    Policy,
    PolicyError,
    Readiness,
    blocking,
    evaluate,
    evidence_relied_on,
    readiness,
)
from procurement.policy.terms import Criticality, DataClass, Result, ScopeFit, Vertical
from tests.procurement.policy.cases import ON, POLICY, case, judged, paper, report, waiver
from vendors.reports.currency import CurrencyRules
from vendors.reports.terms import EvidenceKind, PeriodLimits, ReportKind, ReportType


def results(**changed) -> dict[str, Result]:
    return {check.key: check.result for check in evaluate(POLICY, case(**changed), ON)}


def test_a_case_in_which_all_is_well_has_nothing_that_blocks():
    checks = evaluate(POLICY, case(), ON)
    assert blocking(checks) == ()
    assert readiness(checks) == Readiness(settled=12, asked=12)
    assert readiness(checks).is_ready


def test_every_row_of_the_policy_is_answered_in_its_order_with_a_sentence():
    checks = evaluate(POLICY, case(), ON)
    assert [check.key for check in checks] == [row["key"] for row in DEFAULT_ROWS] == [row.key for row in POLICY.rows]
    assert {check.key for check in checks} == set(RULES)
    assert all(str(check.reason).endswith(".") and check.title for check in checks)


def test_public_data_alone_asks_for_neither_report_nor_nda():
    found = results(data_classes=frozenset({DataClass.PUBLIC}), nda=None, report=None)
    assert found.pop("remediation_closed") is Result.MET
    assert set(found.values()) == {Result.NOT_APPLICABLE}
    check = judged("soc2_type2_current", data_classes=frozenset({DataClass.PUBLIC}))
    assert str(check.reason) == "Not asked for public data."


@pytest.mark.parametrize("data", [data for data in DataClass if data.is_above_public])
def test_nothing_above_public_data_goes_to_a_vendor_without_a_report(data):
    checks = evaluate(POLICY, case(data_classes=frozenset({data}), report=None), ON)
    assert "soc2_type2_current" in [check.key for check in blocking(checks)]


@pytest.mark.parametrize("facts", [None, report(kind=ReportKind.SOC1), report(kind=ReportKind.SOC3)])
def test_what_a_report_would_answer_waits_for_it(facts):
    checks = {check.key: check for check in evaluate(POLICY, case(report=facts), ON)}
    assert str(checks["opinion"].reason) == "Waits for the SOC 2 Type II report."
    assert checks["opinion"].blocks
    assert checks["scope_fit"].blocks


def test_a_waiver_by_a_named_approver_lifts_a_requirement_until_its_end():
    facts = {"scope_fit": ScopeFit.NO, "waivers": (waiver("opinion"), waiver("scope_fit"))}
    check = judged("scope_fit", **facts)
    assert check.result is Result.NOTED
    assert not check.blocks
    assert str(check.reason) == (
        "What we buy lies outside “People Cloud”, the system examined. "
        "Waived by Tomasz Reyk until 31 Mar 2027: The report comes in March."
    )
    assert not judged("scope_fit", on=date(2027, 3, 31), **facts).blocks
    assert judged("scope_fit", on=date(2027, 4, 1), **facts).blocks


def test_a_waived_report_leaves_nothing_to_judge_in_it():
    facts = {"report": None, "waivers": (waiver("soc2_type2_current"),)}
    checks = evaluate(POLICY, case(**facts), ON)
    assert blocking(checks) == ()
    assert str(judged("opinion", **facts).reason) == "There is no SOC 2 report to judge: it is waived."


AS_OF = date(2026, 6, 30)
TYPE_1 = report(type=ReportType.TYPE1, period_start=None, period_end=None, as_of=AS_OF)
LAUNCHED = date(2026, 1, 15)  # 18 months on: 15 Jul 2027


def interim(until: date = date(2027, 3, 31), launched_on: date = LAUNCHED) -> Exemption:
    return waiver("soc2_type2_current", until=until, launched_on=launched_on)


def test_a_type_i_report_is_carried_by_an_interim_waiver_and_judged_all_the_same():
    facts = {"report": TYPE_1, "waivers": (interim(),)}
    assert blocking(evaluate(POLICY, case(**facts), ON)) == ()
    assert judged("soc2_type2_current", **facts).exempted
    assert judged("opinion", **facts).result is Result.MET
    assert str(judged("exceptions_decided", **facts).reason) == "A Type I report holds no tests of controls."


@pytest.mark.parametrize(
    ("on", "one", "facts", "carried"),
    [
        (ON, interim(), TYPE_1, True),
        (date(2027, 3, 31), interim(), TYPE_1, True),  # its last day
        (date(2027, 4, 1), interim(), TYPE_1, False),
        (date(2027, 6, 30), interim(until=date(2027, 7, 15)), TYPE_1, True),  # as of twelve months ago
        (date(2027, 7, 1), interim(until=date(2027, 7, 15)), TYPE_1, False),
        (ON, interim(until=date(2027, 7, 16)), TYPE_1, False),  # longer than 18 months after the launch
        (ON, waiver("soc2_type2_current"), TYPE_1, False),  # a plain waiver does not make it stand in
        (ON, interim(), replace(TYPE_1, accepted=False), False),
        (ON, interim(), replace(TYPE_1, as_of=None), False),
        (ON, interim(), None, False),  # and an interim one needs its Type I
        (ON, waiver("soc2_type2_current"), None, True),
    ],
)
def test_a_type_i_report_stands_in_within_these_limits_only(on, one, facts, carried):
    check = judged("soc2_type2_current", on=on, report=facts, waivers=(one,))
    assert check.blocks is not carried
    assert check.exempted is carried


def test_a_type_i_that_is_too_old_says_so():
    check = judged("soc2_type2_current", on=date(2027, 7, 1), report=TYPE_1)
    assert str(check.reason) == (
        "Type I as of 30 Jun 2026 is older than 12 months, so no interim waiver carries it. Ask for Type II."
    )


def test_a_policy_may_be_stricter_about_type_i():
    policy = Policy.load(2, [{"key": "soc2_type2_current", "parameters": {"type1_months": 3, "launch_months": 6}}])
    assert policy.interim_limits().end(promised_on=date(2027, 3, 31), launched_on=LAUNCHED) == date(2026, 7, 15)
    assert judged("soc2_type2_current", policy=policy, report=TYPE_1, waivers=(interim(),)).blocks
    assert Policy.load(2, []).interim_limits().launch_months == 18


def test_a_waiver_of_scope_fit_is_an_exemption_and_says_who_and_until_when():
    check = judged("scope_fit", scope_fit=ScopeFit.NO, waivers=(waiver("scope_fit"),))
    assert check.exempted
    assert str(check.reason) == (
        "What we buy lies outside “People Cloud”, the system examined. "
        "Waived by Tomasz Reyk until 31 Mar 2027: The report comes in March."
    )
    assert not judged("scope_fit", waivers=(waiver("scope_fit"),)).exempted, "it is met without"


def test_what_a_decision_rests_on_is_the_papers_of_its_met_rows():
    facts = {"data_classes": frozenset({DataClass.HEALTH, DataClass.CARDHOLDER})}
    papers = (paper(EvidenceKind.BAA), paper(EvidenceKind.HIPAA_EVIDENCE))
    checks = evaluate(POLICY, case(evidence=papers, **facts), ON)
    assert evidence_relied_on(POLICY, checks) == (EvidenceKind.BAA, EvidenceKind.HIPAA_EVIDENCE)


@pytest.mark.parametrize("vertical", [vertical for vertical in Vertical if vertical.is_regulated])
def test_no_waiver_holds_in_a_regulated_vertical(vertical):
    facts = {"report": None, "waivers": (waiver("soc2_type2_current"),), "verticals": frozenset({vertical})}
    assert judged("soc2_type2_current", **facts).blocks
    assert judged("opinion", **facts).blocks


def test_what_may_not_be_waived_is_not_waived():
    assert judged("nda_in_force", nda=None, waivers=(waiver("nda_in_force"),)).blocks


def test_a_policy_without_a_report_row_judges_no_waiver_of_it():
    policy = Policy.load(2, [{"key": "opinion"}])
    check = judged("opinion", policy=policy, report=None, waivers=(waiver("soc2_type2_current"),))
    assert check.blocks


@pytest.mark.parametrize(
    ("applies_to", "sentence"),
    [
        ({"data_classes": ["health"]}, "Not asked for personal data."),
        ({"verticals": ["healthcare", "finance"]}, "Not asked outside of finance, healthcare."),
        ({"criticalities": ["critical"]}, "Not asked at medium criticality."),
        ({"tiers": [1]}, "Not asked for tier 2."),
    ],
)
def test_a_row_may_ask_only_of_some_uses(applies_to, sentence):
    policy = Policy.load(2, [{"key": "nda_in_force", "applies_to": applies_to}])
    check = judged("nda_in_force", policy=policy)
    assert (check.result, str(check.reason)) == (Result.NOT_APPLICABLE, sentence)


def test_a_row_asks_of_a_use_that_has_one_of_each_of_its_lists():
    applies_to = {
        "data_classes": ["personal", "health"],
        "verticals": ["healthcare"],
        "criticalities": ["high"],
        "tiers": [1, 2],
    }
    policy = Policy.load(2, [{"key": "nda_in_force", "applies_to": applies_to}])
    check = judged(
        "nda_in_force",
        policy=policy,
        verticals=frozenset({Vertical.HEALTHCARE}),
        criticality=Criticality.HIGH,
    )
    assert check.result is Result.MET


def test_a_row_keeps_the_defaults_of_what_it_leaves_out():
    policy = Policy.load(7, [{"key": "soc2_type2_current", "parameters": {"current_months": 9}}])
    row = policy.row("soc2_type2_current")
    assert row is not None
    assert row.title == "Current SOC 2 Type II report"
    assert row.waivable
    assert row.number("relief_months") == 3
    assert policy.version == 7
    assert policy.currency_rules() == CurrencyRules(current_months=9)
    assert policy.period_limits() == PeriodLimits()


def test_a_policy_without_rows_has_the_rules_of_the_trade():
    empty = Policy.load(2, [])
    assert empty.currency_rules() == CurrencyRules() == POLICY.currency_rules()
    assert empty.period_limits() == PeriodLimits() == POLICY.period_limits()
    assert readiness(evaluate(empty, case(), ON)).is_ready


def test_limits_of_periods_are_rows_too():
    rows = [
        {"key": "period_length", "parameters": {"note_under_months": 12}},
        {"key": "report_date", "parameters": {"late_after_days": 30}},
    ]
    assert Policy.load(2, rows).period_limits() == PeriodLimits(note_under_months=12, late_after_days=30)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"key": "astrology"}], "no rule named 'astrology'"),
        ([{}], "no rule named ''"),
        ([{"key": "opinion"}, {"key": "opinion"}], "The row 'opinion' stands twice."),
        ([{"key": "opinion", "applies_to": {"data_classes": ["secret"]}}], "'opinion' applies to something unknown"),
        ([{"key": "opinion", "applies_to": {"tiers": None}}], "'opinion' applies to something unknown"),
        ([{"key": "opinion", "parameters": {"months": 1}}], "'opinion' has no parameter 'months'"),
        ([{"key": "auditor_checked", "parameters": {"months": 0}}], "a whole number above 0, not 0"),
        ([{"key": "auditor_checked", "parameters": {"months": True}}], "a whole number above 0, not True"),
        ([{"key": "baa_for_health", "parameters": {"evidence": "baa"}}], "has to be a list, not 'baa'"),
        ([{"key": "baa_for_health", "parameters": {"evidence": ["oath"]}}], "names something unknown: 'oath'"),
        ([{"key": "categories_for_use", "parameters": {"uptime": ["speed"]}}], "names something unknown: 'speed'"),
        ([{"key": "categories_for_use", "parameters": {"data": {"secret": []}}}], "names something unknown: 'secret'"),
        ([{"key": "categories_for_use", "parameters": {"data": {"personal": 1}}}], "names something unknown"),
    ],
)
def test_a_policy_that_cannot_be_read_says_which_row_is_wrong(rows, words):
    with pytest.raises(PolicyError) as refused:
        Policy.load(2, rows)
    assert words in str(refused.value)


@pytest.mark.slow
@given(
    st.frozensets(st.sampled_from(DataClass), min_size=1),
    st.frozensets(st.sampled_from(Vertical)),
    st.sampled_from(Criticality),
    st.booleans(),
    st.sampled_from(["report", "no report", "type 1", "soc 3", "unread"]),
)
def test_whatever_the_case_every_row_has_an_answer_and_only_unmet_rows_block(
    data, verticals, criticality, uptime, what
):
    facts = {
        "report": report(),
        "no report": None,
        "type 1": report(type=ReportType.TYPE1),
        "soc 3": report(kind=ReportKind.SOC3),
        "unread": report(kind=None, type=None, accepted=False, opinion=None),
    }[what]
    judged_case = case(
        data_classes=data, verticals=verticals, criticality=criticality, uptime_promised=uptime, report=facts
    )
    checks = evaluate(POLICY, judged_case, ON)
    assert len(checks) == len(POLICY.rows)
    assert all(str(check.reason) for check in checks)
    assert {check.result for check in blocking(checks)} <= {Result.NOT_MET}
    assert readiness(checks).is_ready is not bool(blocking(checks))
    if what != "report" and any(one.is_above_public for one in data):
        assert blocking(checks)
