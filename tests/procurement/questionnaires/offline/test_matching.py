"""Which row of a file is which of our questions."""

from procurement.questionnaires.offline import matching
from procurement.questionnaires.offline.jobs import read_answers
from procurement.questionnaires.offline.matching import Asked, How, Row, matched
from tests.factories.questionnaire_files import separated

OURS = (
    Asked("backup", "A-1", "Do you encrypt backups of customer data?"),
    Asked("restore", "A-2", "Do you test restoring backups?"),
    Asked("rights", "A-3", "How often are access rights reviewed?"),
)


def found(*rows: Row, by_key: bool = False) -> list[tuple[str, How]]:
    return [(match.key, match.how) for match in matched(rows, OURS, by_key=by_key)]


def test_the_key_says_it_where_it_is_of_this_questionnaire():
    row = Row("rights", "A-1", "Do you encrypt backups of customer data?")
    assert found(row, by_key=True) == [("rights", How.KEY)]
    assert found(row) == [("backup", How.WORDS)]


def test_no_question_is_given_to_two_rows():
    row = Row("backup", "A-1", "Do you encrypt backups of customer data?")
    assert found(row, row, by_key=True) == [("backup", How.KEY), ("", How.NONE)]


def test_case_spaces_and_signs_do_not_make_other_words():
    assert found(Row("", "X-9", "do you test  restoring backups ?")) == [("restore", How.WORDS)]


def test_under_the_same_reference_a_word_or_two_may_differ():
    assert found(Row("", "a-2", "Do you test the restoring of backups?")) == [("restore", How.REF)]
    assert found(Row("", "A-2", "Is the car park lit at night?")) == [("", How.NONE)]


def test_of_several_similar_ones_the_nearest_gets_it():
    far = Row("", "", "How often are the rights of access of staff reviewed?")
    near = Row("", "", "How often are all access rights reviewed?")
    assert found(far, near) == [("", How.NONE), ("rights", How.SIMILAR)]
    assert found(far) == [("rights", How.SIMILAR)]
    assert 70 <= matched([far], OURS, by_key=False)[0].likeness < 100


def test_what_would_take_too_long_is_not_compared(monkeypatch):
    monkeypatch.setattr(matching, "MOST_PAIRS", 2)
    assert found(Row("", "", "How often are all access rights reviewed?")) == [("", How.NONE)]


def test_rows_without_words_match_nothing():
    assert found(Row("", "A-1", ""), Row("", "", "")) == [("", How.NONE), ("", How.NONE)]


def test_the_job_reads_matches_and_leaves_out_what_is_not_answered():
    table = [["ID", "Question", "Response"], ["A-1", OURS[0].text, "Yes"], ["A-2", OURS[1].text, ""]]
    asked = [{"key": each.key, "ref": each.ref, "text": each.text} for each in OURS]
    params = {"name": "a.csv", "assessment": "1", "version": "x", "questions": asked, "profiles": []}
    returned, rest = read_answers(params, separated(table))
    assert [(row["matched"], row["how"], row["answer"]) for row in returned["rows"]] == [("backup", "words", "Yes")]
    assert (returned["meta"], rest) == ({}, b"")
