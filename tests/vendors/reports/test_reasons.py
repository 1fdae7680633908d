"""A reason keeps its dates and names apart from its words."""

from datetime import date

from vendors.reports.reasons import Reason, Term, because, short_day
from vendors.reports.terms import Category


def test_a_reason_reads_as_a_sentence_with_its_dates_written_out():
    reason = because("The NDA ends on {until}.", until=date(2027, 6, 30))
    assert str(reason) == reason.text == "The NDA ends on 30 Jun 2027."


def test_a_reason_is_translated_piece_by_piece_and_its_dates_written_as_the_page_wants_them():
    german = {
        "{needs} until {until}.": "{needs} bis {until}.",
        "Privacy": "Datenschutz",
        "{count} months": "{count} Monate",
    }
    reason = because(
        "{needs} until {until}.",
        needs=(Category.PRIVACY, because("{count} months", count=3)),
        until=date(2027, 6, 30),
    )
    translate = lambda text: german.get(text, text)  # noqa: E731
    assert reason.render(translate, date.isoformat) == "Datenschutz, 3 Monate bis 2027-06-30."


def test_a_name_with_braces_stays_as_it_is():
    assert str(because("Held by {vendor}.", vendor="{0} & Co")) == "Held by {0} & Co."


def test_equal_reasons_are_equal_and_can_stand_in_a_set():
    assert {because("x {y}", y=1), Reason("x {y}", {"y": 1})} == {Reason("x {y}", {"y": 1})}


def test_a_term_is_said_by_its_value_where_it_has_no_other_words():
    class Mood(Term):
        FAIRLY_CALM = "fairly_calm"

    assert str(because("{mood}", mood=Mood.FAIRLY_CALM)) == "fairly calm"


def test_short_days_do_not_depend_on_a_locale():
    assert short_day(date(2026, 1, 5)) == "5 Jan 2026"
