"""What no report can say is refused with a sentence at its field; what is merely missing is a draft."""

from dataclasses import replace
from datetime import date

import pytest

from vendors.reports.facts import CuecRow, ExceptionRow, RecordedFacts, SubserviceRow
from vendors.reports.possible import ImpossibleFacts, check_possible, impossible_facts

ON = date(2026, 11, 23)
PAGES = 12
TYPE2 = RecordedFacts(
    kind="soc2",
    type="type2",
    period_start=date(2025, 7, 1),
    period_end=date(2026, 6, 30),
    report_date=date(2026, 8, 14),
    opinion="unqualified",
    categories=["security"],
    pages={"opinion": 4},
)
TYPE1 = replace(TYPE2, type="type1", period_start=None, period_end=None, as_of=date(2026, 6, 30))
SOC1 = replace(TYPE2, kind="soc1", categories=[])

IMPOSSIBLE = {
    "a period that ends before it starts": (replace(TYPE2, period_end=date(2025, 6, 30)), "period_end", "30 Jun 2025"),
    "a period that ends tomorrow": (
        replace(TYPE2, period_end=date(2026, 11, 24), report_date=None),
        "period_end",
        "not come yet",
    ),
    "a period that starts next year": (
        replace(TYPE2, period_start=date(2027, 1, 1), period_end=None),
        "period_start",
        "not come yet",
    ),
    "a report dated before its period ended": (
        replace(TYPE2, report_date=date(2026, 6, 29)),
        "report_date",
        "before its audit period ends",
    ),
    "a report dated tomorrow": (replace(TYPE2, report_date=date(2026, 11, 24)), "report_date", "not come yet"),
    "an as-of date later than the report date": (
        replace(TYPE1, report_date=date(2026, 6, 29)),
        "report_date",
        "before its as-of date",
    ),
    "an as-of date to come": (replace(TYPE1, as_of=date(2027, 1, 1), report_date=None), "as_of", "not come yet"),
    "a year before there were SOC 2 reports": (
        replace(TYPE2, period_start=date(1926, 7, 1)),
        "period_start",
        "Check the year",
    ),
    "a Type I with a period": (replace(TYPE1, period_end=date(2026, 6, 30)), "period_end", "no audit period"),
    "a Type II with an as-of date": (replace(TYPE2, as_of=date(2026, 6, 30)), "as_of", "no as-of date"),
    "a SOC 3 with a type": (replace(TYPE2, kind="soc3"), "type", "Leave it open"),
    "a page the file has not": (replace(TYPE2, pages={"opinion": 13}), "opinion_page", "12 pages"),
    "a page of a row the file has not": (
        replace(TYPE2, cuecs=(CuecRow(text="Review your roles"), CuecRow(text="Tell us", page=99))),
        "cuecs.1.page",
        "12 pages",
    ),
    "a criterion that does not exist": (
        replace(TYPE2, exceptions=(ExceptionRow(criterion="CC8.8", description="Late"),)),
        "exceptions.0.criterion",
        "CC8.8",
    ),
    "a criterion of a user entity control that does not exist": (
        replace(TYPE2, cuecs=(CuecRow(text="Review your roles", criterion="CC10.1"),)),
        "cuecs.0.criterion",
        "CC10.1",
    ),
    "an opinion on a criterion that does not exist": (
        replace(TYPE2, opinion="qualified", opinion_criteria=["CC6.2", "P9.1"]),
        "opinion_criteria",
        "P9.1",
    ),
    "an unqualified opinion with a basis": (replace(TYPE2, opinion_basis="However"), "opinion_basis", "Clear it"),
    "an unqualified opinion with criteria not met": (
        replace(TYPE2, opinion_criteria=["CC6.2"]),
        "opinion_criteria",
        "Clear it",
    ),
    "exceptions listed and none noted": (
        replace(TYPE2, states_no_exceptions=True, exceptions=(ExceptionRow(criterion="CC6.2"),)),
        "states_no_exceptions",
        "Take the tick away",
    ),
    "controls listed and none": (
        replace(TYPE2, states_no_cuecs=True, cuecs=(CuecRow(text="Review your roles"),)),
        "states_no_cuecs",
        "Take the tick away",
    ),
    "organizations listed and none": (
        replace(TYPE2, states_no_subservice=True, subservice=(SubserviceRow(name="Tarnfield"),)),
        "states_no_subservice",
        "Take the tick away",
    ),
    "exceptions in a Type I": (
        replace(TYPE1, exceptions=(ExceptionRow(criterion="CC6.2", description="Late"),)),
        "exceptions.0.description",
        "Only a Type II",
    ),
    "a kind nobody knows": (replace(TYPE2, kind="soc9"), "kind", "Choose one"),
    "a category nobody knows": (replace(TYPE2, categories=["security", "speed"]), "categories", "five categories"),
    "a method nobody knows": (
        replace(TYPE2, subservice=(SubserviceRow(name="Tarnfield", method="maybe"),)),
        "subservice.0.method",
        "Choose one",
    ),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_what_cannot_be_true_is_named_at_its_field(case):
    facts, field, words = IMPOSSIBLE[case]
    found = impossible_facts(facts, on=ON, page_count=PAGES)
    assert list(found) == [field], found
    assert words in found[field]


@pytest.mark.parametrize(
    "facts",
    [
        RecordedFacts(),
        TYPE2,
        TYPE1,
        replace(TYPE2, kind="soc3", type=""),
        replace(TYPE2, report_date=date(2026, 6, 30), period_end=date(2026, 6, 30)),
        replace(TYPE2, report_date=ON),
        replace(TYPE2, pages={"opinion": 12}),
        replace(TYPE2, exceptions=(ExceptionRow(criterion="CC6.2", description="Late", page=12),)),
        replace(TYPE2, subservice=(SubserviceRow(name="Tarnfield"),)),
        replace(SOC1, exceptions=(ExceptionRow(criterion="CO-4", description="Late"),)),
        replace(TYPE2, kind="", type="", exceptions=(ExceptionRow(criterion="CC6.2"),)),
    ],
)
def test_what_may_be_true_passes_however_much_is_missing(facts):
    assert impossible_facts(facts, on=ON, page_count=PAGES) == {}


def test_pages_pass_when_nobody_could_count_them():
    assert impossible_facts(replace(TYPE2, pages={"opinion": 400}), on=ON, page_count=0) == {}


def test_every_impossible_value_is_named_at_once():
    facts = replace(TYPE2, report_date=date(2026, 6, 1), pages={"opinion": 99}, opinion_basis="However")
    with pytest.raises(ImpossibleFacts) as refused:
        check_possible(facts, on=ON, page_count=PAGES)
    assert set(refused.value.sentences) == {"report_date", "opinion_page", "opinion_basis"}
    assert refused.value.field in refused.value.sentences
