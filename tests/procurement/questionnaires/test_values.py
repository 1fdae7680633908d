"""What an answer of each kind may be, and what is told of anything else. No database."""

import pytest

from procurement.questionnaires.models import Answer, Question
from procurement.questionnaires.values import Said, read
from procurement.questionnaires.wholeness import file_needed_in_words, why_not_whole
from procurement.questionnaires.wording import in_words
from vendors.people.actors import Refused

TABLE = {"columns": [{"key": "name", "title": "Company"}, {"key": "country", "title": "Country"}]}
LIST = [{"value": "a", "label": "Apple"}, {"value": "b", "label": "Pear", "needs_words": True}]
DAYS = {"unit": "days", "min": 0, "max": 30}


def asked(kind: str, **differs: object) -> Question:
    return Question(ref="Q-1", key="q-1", text="?", kind=kind, **differs)


@pytest.mark.parametrize(
    ("question", "given", "kept", "words"),
    [
        (asked("yes_no"), "yes", "yes", "Yes"),
        (asked("yes_no_partial_na"), "partial", "partial", "Partial"),
        (asked("single", options=LIST), "b", "b", "Pear"),
        (asked("multi", options=LIST), ["b", "a"], ["a", "b"], "Apple, Pear"),
        (asked("multi", options=LIST), "a", ["a"], "Apple"),
        (asked("short_text"), "  A line  ", "A line", "A line"),
        (asked("long_text"), "One.\r\nTwo.", "One.\nTwo.", "One.\nTwo."),
        (asked("number", shape=DAYS), " 12 ", 12, "12 days"),
        (asked("number"), "1 200.50", 1200.5, "1200.5"),
        (asked("number"), 0, 0, "0"),
        (asked("number"), "1e3", 1000, "1000"),
        (asked("date"), "2026-06-30", "2026-06-30", "30 June 2026"),
        (
            asked("date_range"),
            {"from": "2026-01-01", "to": "2026-12-31"},
            {"from": "2026-01-01", "to": "2026-12-31"},
            "1 January 2026 – 31 December 2026",
        ),
        (asked("date_range"), {"from": "", "to": ""}, None, ""),
        (
            asked("table", shape=TABLE),
            [{"name": "Acme", "country": "Ireland"}, {"name": " "}],
            [{"name": "Acme", "country": "Ireland"}],
            "Acme; Ireland",
        ),
        (asked("table", shape=TABLE), [{"name": ""}], None, ""),
        (asked("location"), "germany; UK, us, Germany", ["DE", "GB", "US"], "Germany, United Kingdom, United States"),
        (asked("location"), ["IE"], ["IE"], "Ireland"),
        (
            asked("contact"),
            {"name": "Jo Pell", "email": "jo@quill.example", "role": "CISO"},
            {"name": "Jo Pell", "email": "jo@quill.example", "role": "CISO", "phone": ""},
            "Jo Pell, CISO, jo@quill.example",
        ),
        (asked("short_text"), "", None, ""),
        (asked("file"), None, None, ""),
    ],
)
def test_it_is_kept_in_one_shape_and_read_in_words(question, given, kept, words):
    said = read(question, given)
    assert said == Said(kept)
    assert in_words(question, said.value) == words
    assert read(question, said.value) == said


@pytest.mark.parametrize(
    ("question", "given", "sentence"),
    [
        (asked("yes_no"), "partial", "Choose one of the answers."),
        (asked("yes_no"), True, "Choose one of the answers."),
        (asked("single", options=LIST), "c", "Choose one of the answers."),
        (asked("multi", options=LIST), ["a", "c"], "Choose from the list."),
        (asked("multi", options=LIST), [{}], "Choose from the list."),
        (asked("short_text"), "one\ntwo", "Write it in one line."),
        (asked("short_text"), "x" * 301, "At most 300 characters."),
        (asked("long_text"), 5, "Write it in words."),
        (asked("number"), "many", "Write a number, for example 12 or 12.5."),
        (asked("number"), "NaN", "Write a number"),
        (asked("number"), "1e999999", "Write a number"),
        (asked("number"), True, "Write a number"),
        (asked("number", shape=DAYS), "31", "Write a number from 0 to 30."),
        (asked("number", shape={"min": 1}), "0", "Write a number, 1 or more."),
        (asked("number", shape={"max": 1}), "2", "Write a number, 1 or less."),
        (asked("date"), "30.6.2026", "Choose a day from the calendar"),
        (asked("date"), 20260630, "Choose a day from the calendar"),
        (asked("date_range"), {"from": "2026-01-01"}, "Choose both days"),
        (asked("date_range"), "2026", "Choose both days"),
        (asked("date_range"), {"from": "2026-02-01", "to": "2026-01-01"}, "The last day comes before the first."),
        (asked("table", shape=TABLE), [{"colour": "red"}], "A row has the columns of the table"),
        (asked("table", shape=TABLE), [{"name": "x"}] * 201, "The table takes 200 rows."),
        (asked("location"), "Germany, Atlantis", "We do not know the country “Atlantis”."),
        (asked("contact"), {"name": "Jo"}, "Write a name and an e-mail address."),
        (asked("contact"), {"name": "Jo", "email": "jo"}, "Write the e-mail address like name@example.com."),
        (asked("contact"), "Jo", "Write a name and an e-mail address."),
        (asked("file"), "policy.pdf", "This question is answered by its file."),
        (asked("info"), "yes", "This question is answered by its file."),
    ],
)
def test_what_it_cannot_be_is_told(question, given, sentence):
    with pytest.raises(Refused) as refusal:
        read(question, given)
    assert sentence in str(refusal.value)
    assert refusal.value.field == "value"


def test_not_applicable_is_said_instead_of_a_value_where_the_question_allows_it():
    assert read(asked("yes_no_partial_na"), "not_applicable") == Said(is_not_applicable=True)
    assert read(asked("number", allows_na=True), "5", not_applicable=True) == Said(is_not_applicable=True)
    with pytest.raises(Refused, match="This question applies to everybody"):
        read(asked("number"), "5", not_applicable=True)


@pytest.mark.parametrize(
    ("question", "said", "has_file", "sentence"),
    [
        (asked("yes_no"), {"value": "yes"}, False, ""),
        (asked("yes_no"), {"value": "no"}, False, "“No” needs a sentence"),
        (asked("yes_no"), {"value": "no", "comment": "Soon."}, False, ""),
        (asked("yes_no", good_answer="no"), {"value": "no"}, False, ""),
        (asked("yes_no", good_answer="no"), {"value": "yes"}, False, "“Yes” needs a sentence"),
        (asked("yes_no", options=[{"value": "no", "needs_words": False}]), {"value": "no"}, False, ""),
        (asked("single", options=LIST), {"value": "a"}, False, ""),
        (asked("multi", options=LIST), {"value": ["a", "b"]}, False, "“Pear” needs a sentence in the comment."),
        (asked("number"), {}, False, "Write a number."),
        (asked("date"), {}, False, "Choose a day."),
        (
            asked("date", allows_na=True),
            {"is_not_applicable": True},
            False,
            "Say in the comment why it does not apply.",
        ),
        (asked("date", allows_na=True), {"is_not_applicable": True, "comment": "New."}, False, ""),
        (asked("file", evidence="required"), {}, False, "Send a file."),
        (asked("file", evidence="required"), {}, True, ""),
        (asked("yes_no", evidence="required"), {"value": "yes"}, False, "Attach a file: a PDF or a picture."),
        (asked("yes_no", evidence="required"), {"value": "yes"}, True, ""),
        (asked("yes_no", evidence="optional"), {"value": "yes"}, False, ""),
        (
            asked(
                "yes_no", evidence="if_answer", evidence_if=["yes"], evidence_kinds=["policy"], evidence_max_months=12
            ),
            {"value": "yes"},
            False,
            "Attach a file: Policy, not older than 12 months.",
        ),
        (
            asked("yes_no", evidence="if_answer", evidence_if=["yes"]),
            {"value": "no", "comment": "None."},
            False,
            "",
        ),
    ],
)
def test_an_answer_says_what_is_missing_in_it(question, said, has_file, sentence):
    found = why_not_whole(question, Answer(question=question, **said), has_file=has_file)
    assert found.startswith(sentence)
    assert bool(found) is bool(sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (asked("yes_no"), ""),
        (asked("yes_no", evidence="optional"), ""),
        (asked("yes_no", evidence="required", evidence_kinds=["policy"]), "A file goes with it: Policy."),
        (
            asked("yes_no_partial_na", evidence="if_answer", evidence_if=["yes", "partial"]),
            "A file goes with “Yes, Partial”: a PDF or a picture.",
        ),
    ],
)
def test_a_question_says_which_file_it_needs_before_it_is_answered(question, sentence):
    assert file_needed_in_words(question) == sentence
