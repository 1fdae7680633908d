"""The rule: what a report says to a question that is mapped to criteria."""

from dataclasses import replace
from datetime import date

import pytest

from procurement.questionnaires.covering import CarvedOut, Grounds, Level, Mapped, NotedException, covering
from vendors.reports.criteria import CRITERIA
from vendors.reports.terms import Category, Opinion, ReportType

REPORT = Grounds(
    type=ReportType.TYPE2,
    categories=frozenset({Category.SECURITY, Category.AVAILABILITY}),
    period_start=date(2025, 7, 1),
    period_end=date(2026, 6, 30),
    opinion=Opinion.UNQUALIFIED,
    exceptions=(NotedException(criterion="CC6.2, CC6.3", found="Two of 25 leavers kept access.", page=61),),
    carved_out=(CarvedOut(name="Tarnfield Hosting", does="managed hosting of servers", page=12),),
    tested=frozenset({*CRITERIA[Category.SECURITY], "A1.2"}),
    pages={"categories": 4, "opinion": 5, "period_end": 3, "system_name": 8},
)
QUESTION = Mapped(criteria=("CC7.1",))


def said(question: Mapped = QUESTION, report: Grounds = REPORT) -> tuple[Level, str, tuple[int, ...]]:
    found = covering(question, report)
    assert found is not None
    return found.level, str(found.reason), found.pages


def test_what_was_tested_without_exception_is_covered_with_period_and_page():
    assert said() == (
        Level.FULL,
        "Covered by SOC 2 Type II, 1 Jul 2025 – 30 Jun 2026: CC7.1 tested without exception.",
        (4, 5),
    )


def test_where_nobody_knows_what_was_tested_no_test_is_claimed():
    level, reason, _pages = said(report=replace(REPORT, tested=None))
    assert (level, "CC7.1 in scope, no exception noted." in reason) == (Level.FULL, True)
    assert "tested" not in reason


def test_a_question_mapped_to_nothing_is_no_business_of_the_report():
    assert covering(Mapped(criteria=()), REPORT) is None


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (Mapped(criteria=("CC7.1",), is_yes_or_no=False), "Say what it does not tell"),
        (Mapped(criteria=("CC7.1",), needs_file=True), "The file it does not hold"),
        (Mapped(criteria=("CC7.1",), is_gate=True), "Other questions depend on this answer"),
        (Mapped(criteria=("CC7.1", "P6.4")), "CC7.1 tested without exception, but it does not examine P6.4"),
        (Mapped(criteria=("CC7.1", "A1.1")), "CC7.1 tested without exception, but it holds no test of A1.1"),
    ],
)
def test_it_is_asked_for_what_a_report_cannot_say(question, says):
    level, reason, pages = said(question)
    assert (level, pages) == (Level.PARTIAL, (4, 5))
    assert says in reason


@pytest.mark.parametrize(
    ("criteria", "report", "says", "pages"),
    [
        (("CC6.3",), REPORT, "an exception on CC6.2, CC6.3: “Two of 25 leavers kept access.”", (61,)),
        (("CC6.4",), REPORT, "leaves Tarnfield Hosting out (carve-out), and CC6.4 rests on it", (12,)),
        (("P1.1",), REPORT, "does not examine P1.1", (4,)),
        (("A1.3",), REPORT, "holds no test of A1.3", (4,)),
        (("CC7.1",), replace(REPORT, is_current=False), "is out of policy", (3,)),
        (("CC7.1",), replace(REPORT, fits=False), "lies outside the system", (8,)),
        (("CC7.1",), replace(REPORT, opinion=None), "opinion", ()),
        (("CC7.1",), replace(REPORT, opinion=Opinion.ADVERSE), "no assurance: Adverse", (5,)),
        (("CC7.1",), replace(REPORT, opinion=Opinion.QUALIFIED), "nobody has recorded on which criteria", (5,)),
        (
            ("CC7.1",),
            replace(REPORT, opinion=Opinion.QUALIFIED, opinion_criteria=("CC7.1",)),
            "is qualified on CC7.1",
            (5,),
        ),
    ],
)
def test_it_is_asked_with_what_the_report_says(criteria, report, says, pages):
    level, reason, cited = said(Mapped(criteria=criteria), report)
    assert (level, cited) == (Level.NONE, pages)
    assert says in reason


def test_what_touches_other_criteria_takes_nothing_away():
    elsewhere = replace(REPORT, opinion=Opinion.QUALIFIED, opinion_criteria=("CC8.1",))
    assert said(report=elsewhere)[0] is Level.FULL


@pytest.mark.parametrize(("does", "level"), [("payroll printing", Level.FULL), ("", Level.NONE)])
def test_a_carve_out_matters_where_it_runs_the_machines(does, level):
    report = replace(REPORT, carved_out=(CarvedOut(name="Somebody", does=does),))
    assert said(Mapped(criteria=("CC6.4",)), report)[0] is level


def test_a_type_1_answers_in_part_at_most():
    type_1 = replace(REPORT, type=ReportType.TYPE1, as_of=date(2026, 6, 30))
    level, reason, _pages = said(report=type_1)
    assert level is Level.PARTIAL
    assert reason == "SOC 2 Type I as of 30 Jun 2026 speaks of how CC7.1 is designed, not of how it works."


def test_a_long_exception_is_quoted_short():
    found = covering(
        Mapped(criteria=("CC7.1",)),
        replace(REPORT, exceptions=(NotedException(criterion="CC7.1", found="word " * 100),)),
    )
    assert found is not None
    assert str(found.reason).endswith("word …”")
