"""Columns beside the answer become further fields of the question, under their own names."""

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from procurement.questionnaires.content_check import problems_in
from procurement.questionnaires.imported import content_of
from procurement.questionnaires.importing.reader import read
from procurement.questionnaires.models import Question
from procurement.questionnaires.offline.cells import read_cell
from procurement.questionnaires.options import options_of
from procurement.questionnaires.wording import in_words
from tests.factories.questionnaire_files import saved

HEADS = ["Question ID", "Question", "CSP CAIQ Answer", "SSRM Control Ownership", "Additional Information", "Comments"]
ROWS = [
    ["A-1", "Do you encrypt backups of customer data?", "Yes", "Shared", "With a key of ours.", ""],
    ["A-2", "Do you test restoring those backups?", "", "", "", "Ask us."],
    ["A-3", "Do you keep those backups in another place?", "", "", "", ""],
]


def book(*, owners: str = '"We,You,Shared"') -> bytes:
    made = Workbook()
    for row in [HEADS, *ROWS]:
        made.active.append(row)
    if owners:
        lists = DataValidation(type="list", formula1=owners)
        lists.add("D2:D4")
        made.active.add_data_validation(lists)
    return saved(made)


def test_a_column_of_owners_and_one_of_information_become_further_fields():
    first, second, _third = read(book(), "file.xlsx").draft.questions
    assert [(each.title, each.options, each.written) for each in first.companions] == [
        ("SSRM Control Ownership", ("We", "You", "Shared"), "Shared"),
        ("Additional Information", (), "With a key of ours."),
    ]
    assert (first.comment, second.comment) == ("With a key of ours.", "Ask us.")


def test_the_draft_asks_for_them():
    draft = read(book(), "file.xlsx").draft
    content, _difference = content_of(draft, {}, key="made", title="Made", number=1)
    assert problems_in(content) == []
    asked = content["sections"][0]["questions"][0]["companions"]
    assert [(each["key"], each["title"], each["kind"], each["options"], each["required"]) for each in asked] == [
        ("ssrm-control-ownership", "SSRM Control Ownership", "single", ["We", "You", "Shared"], False),
        ("additional-information", "Additional Information", "long_text", [], False),
    ]


def test_without_a_drop_down_an_owner_is_written():
    draft = read(book(owners=""), "file.xlsx").draft
    content, _difference = content_of(draft, {}, key="made", title="Made", number=1)
    assert content["sections"][0]["questions"][0]["companions"][0]["kind"] == "long_text"


def test_a_newer_file_brings_fields_that_we_had_none_of_and_says_so():
    draft = read(book(), "file.xlsx").draft
    content, _difference = content_of(draft, {}, key="made", title="Made", number=1)
    questions = [question for section in content["sections"] for question in section["questions"]]
    plain = [{name: value for name, value in each.items() if name != "companions"} for each in questions]
    again, difference = content_of(draft, {}, key="made", title="Made", number=2, before=plain)
    assert [ref for ref, _before, _now in difference.changed] == ["A-1", "A-2", "A-3"]
    assert again["sections"][0]["questions"][0]["companions"] == questions[0]["companions"]
    _same, difference = content_of(draft, {}, key="made", title="Made", number=2, before=questions)
    assert difference.same == ["A-1", "A-2", "A-3"]


def weighed(*weights: str) -> bytes:
    """A table of as many questions, with what the file says of the weight of each."""
    asked = ["Do you encrypt backups?", "Do you test restoring them?", "Do you keep them elsewhere?", "Are they old?"]
    rows = [f"A-{number},{asked[number]},{weight}" for number, weight in enumerate(weights)]
    return "\n".join(["ID,Question,Importance", *rows]).encode()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (("High", "Medium", "low", "None"), [20, 10, 5, 0]),
        (("20", "10", "5", "0"), [20, 10, 5, 0]),
        (("100 %", "50 %", "10 %", "0 %"), [20, 10, 5, 0]),
        (("7", "7", "7", "7"), [10, 10, 10, 10]),
        (("hoch", "", "purple", "gering"), [20, 10, 10, 5]),
    ],
)
def test_what_the_file_says_of_weight_is_kept(written, kept):
    draft = read(weighed(*written), "file.csv").draft
    content, _difference = content_of(draft, {}, key="made", title="Made", number=1)
    assert problems_in(content) == []
    assert [each["weight"] for each in content["sections"][0]["questions"]] == kept


def test_what_weights_were_read_as_stands_in_the_summary_and_what_was_not():
    said = {each.code: each.sentence for each in read(weighed("High", "purple", "low", "low"), "file.csv").draft.notes}
    assert said["weights"] == "3 questions take their weight from the file: High → 20, low → 5."
    assert said["weights_unread"].startswith("1 weight is not read, “purple”: ")


def test_choices_without_a_score_are_told():
    rows = "ID,Question,Options\nA-1,Which rooms are locked?,All; Some\nA-2,Which doors are watched?,All; Some"
    said = {each.code: each.sentence for each in read(rows.encode(), "file.csv").draft.notes}
    assert said["no_scores"].startswith("The answers of 2 questions have no score: ")


def test_a_set_in_another_language_is_answered_in_its_own_words():
    rows = "Nr,Frage,Antwortoptionen\nA-1,Werden Backups verschlüsselt?,Ja; Teilweise; Nein; Nicht zutreffend"
    content, _difference = content_of(read(rows.encode(), "file.csv").draft, {}, key="made", title="Made", number=1)
    assert problems_in(content) == []
    asked = content["sections"][0]["questions"][0]
    question = Question(kind=asked["kind"], options=asked["options"])
    assert [(each.value, str(each.label), each.score) for each in options_of(question)] == [
        ("yes", "Ja", 1.0),
        ("partial", "Teilweise", 0.5),
        ("no", "Nein", 0.0),
    ]
    assert in_words(question, None, is_not_applicable=True) == "Nicht zutreffend"
    assert in_words(question, "yes") == "Ja"
    assert (read_cell(question, "Nein").value, read_cell(question, "Nicht zutreffend").is_not_applicable) == (
        "no",
        True,
    )
