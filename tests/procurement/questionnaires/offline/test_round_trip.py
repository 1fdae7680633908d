"""Whatever is answered, exported and read back is the same; and what is filled in arrives as it was meant."""

import json
import random
from datetime import datetime
from typing import Any

import pytest

from procurement.questionnaires import queries
from procurement.questionnaires.models import Answer, AnswerRevision, Assessment
from procurement.questionnaires.offline.cells import read_cell
from procurement.questionnaires.services.settling import settle
from procurement.questionnaires.values import read
from tests.factories.questionnaires import content, every_kind, option, published, question, with_sections
from tests.factories.workbooks import filled_in, opened, questions_of, saved
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, page_of
from tests.procurement.questionnaires.offline.bringing import down, groups, looked_at, shown, taken_in
from vendors.people.actors import Refused

NASTY = (
    "=1+1", "+49 30 1234", "-5 % a year", "@home", "<r>bold</r>", "_x0041_", "_x0041_x0042_", "a  b", "  ends  ",
    "line\nline", "tab\there", "\x0bvertical", "“quoted” & <b>", "'", "0012", "1.10", "2026-06-30", "TRUE",
    "\u200bzero",
    "Grüße, 東京, عربي", "e\u0301", "\ufffe", "🦉", "N/A", "Not applicable", "#REF!", '=HYPERLINK("http://x")',
    "a | b \\ c \\| d", "a" * 3000,
)  # fmt: skip
SHAPES = {"table": {"columns": [{"key": "name", "title": "Company"}, {"key": "what", "title": "What | for"}]}}


def one_of_each(seed: random.Random) -> dict[str, Any]:
    """Values of every kind, most of them unpleasant."""
    text = seed.choice(NASTY)
    return {
        "YN": seed.choice(["yes", "no", None]),
        "YPN": seed.choice(["yes", "partial", "no", None]),
        "ONE": seed.choice(["less", "more", "semi", None]),
        "MANY": seed.sample(["less", "more", "semi"], seed.randint(0, 3)) or None,
        "LINE": text.replace("\n", " ")[:300],
        "TEXT": text,
        "DAYS": seed.choice([0, -3, 7, 12.5, 0.1, 123456789012345, None]),
        "DATE": seed.choice(["2026-06-30", "1899-12-31", "1900-01-01", "9999-12-31", None]),
        "TEST": seed.choice([{"from": "2026-01-01", "to": "2026-12-31"}, None]),
        "FIRMS": [{"name": text[:500], "what": seed.choice(NASTY)[:500]} for _row in range(seed.randint(0, 3))],
        "PLACES": seed.sample(["DE", "US", "KR", "CI", "GB"], seed.randint(0, 3)),
        "WHO": seed.choice([{"name": text[:300], "email": "a@b.example", "role": "Owner", "phone": "+1"}, None]),
    }


@pytest.fixture
def everything(asked, jonah) -> Assessment:
    choices = [option("less", label="< 1 day"), option("more", label="> 1 day"), option("semi", label="a; b, c")]
    kinds = {
        "YN": "yes_no", "YPN": "yes_no_partial_na", "ONE": "single", "MANY": "multi", "LINE": "short_text",
        "TEXT": "long_text", "DAYS": "number", "DATE": "date", "TEST": "date_range", "FIRMS": "table",
        "PLACES": "location", "WHO": "contact",
    }  # fmt: skip
    made = [
        question(
            ref,
            kind,
            options=choices if kind in ("single", "multi") else [],
            shape=SHAPES.get(kind, {}),
            allows_na=True,
        )
        for ref, kind in kinds.items()
    ]
    return asked.send(jonah, DUE, FIRST_DAY, version=published(content(*made, key="everything")))


def keep(assessment: Assessment, values: dict[str, Any], comments: dict[str, str]) -> None:
    """As if the vendor had said so in the portal."""
    answers = queries.answers_of(assessment)
    for answer in answers:
        ref = answer.question.ref
        said = read(answer.question, values.get(ref))
        answer.value, answer.comment, answer.revision = said.value, comments.get(ref, "").strip(), 1
        answer.is_not_applicable = False
        answer.save()
        AnswerRevision.objects.get_or_create(
            answer=answer, revision=1, defaults={"value": answer.value, "comment": answer.comment, "by": "J", "at": NOW}
        )
    settle(assessment, answers)


NOW = datetime.fromisoformat("2026-09-01T10:00:00+02:00")


@pytest.mark.slow
@pytest.mark.parametrize("number", range(6))
def test_any_answers_come_back_as_they_went(portal, everything, number):
    seed = random.Random(number)
    values = one_of_each(seed)
    keep(everything, values, {ref: seed.choice(NASTY) for ref in values})
    before = list(Answer.objects.filter(assessment=everything).values_list("value", "comment").order_by("pk"))
    for data in (down(portal, everything), filled_in(down(portal, everything), {})):
        job = looked_at(portal, everything, data)
        assert set(groups(portal, job)) <= {"same"}
    after = list(Answer.objects.filter(assessment=everything).values_list("value", "comment").order_by("pk"))
    assert json.dumps(after) == json.dumps(before)


GIVEN = {
    "YN": ("yes", "yes"),
    "YPN": ("Teilweise", "partial"),
    "ONE": ("> 1 DAY", "more"),
    "MANY": ("< 1 day\na; b, c", ["less", "semi"]),
    "LINE": ("=SUM(A1)+1 is what we write", "=SUM(A1)+1 is what we write"),
    "TEXT": ("Two\nlines", "Two\nlines"),
    "DAYS": (12.5, 12.5),
    "DATE": (datetime(2026, 6, 30), "2026-06-30"),
    "TEST": ("1.1.2026 – 31.12.2026", {"from": "2026-01-01", "to": "2026-12-31"}),
    "FIRMS": (
        "Acme \\| Sons | hosting\nOther",
        [{"name": "Acme | Sons", "what": "hosting"}, {"name": "Other", "what": ""}],
    ),
    "PLACES": ("Germany; usa", ["DE", "US"]),
    "WHO": (
        "Name: Jo Pell\nE-mail: jo@quillhaven.example",
        {"name": "Jo Pell", "email": "jo@quillhaven.example", "role": "", "phone": ""},
    ),
}


@pytest.mark.slow
def test_every_kind_is_filled_in_and_taken(portal, everything):
    cells = {ref: {"answer": written, "comment": f"About {ref}."} for ref, (written, _kept) in GIVEN.items()}
    data = filled_in(down(portal, everything), cells | {"LINE": {"comment": "About LINE."}})
    book = opened(data)
    sheet, row = questions_of(book)["LINE"]
    sheet.cell(row, 5).value, sheet.cell(row, 5).data_type = GIVEN["LINE"][0], "s"

    job = looked_at(portal, everything, saved(book))
    assert set(groups(portal, job)["new"]) == set(GIVEN)
    taken_in(portal, job)
    kept = {answer.question.ref: answer for answer in queries.answers_of(everything)}
    assert {ref: answer.value for ref, answer in kept.items()} == {ref: value for ref, (_said, value) in GIVEN.items()}
    assert kept["WHO"].comment == "About WHO."


CANNOT_BE_READ = {
    "ONE": ("1 day", "Allowed: “< 1 day”, “> 1 day”, “a; b, c”, “Not applicable”."),
    "MANY": ("< 1 day; never", "Allowed: “< 1 day”"),
    "DAYS": ("twelve", "Write a number"),
    "DATE": ("soon", "or write it like 2026-06-30"),
    "TEST": ("2026-01-01", "Write both days"),
    "FIRMS": ("a | b | c", "more parts than the table has columns (2)"),
    "PLACES": ("Atlantis", "We do not know the country “Atlantis”"),
    "WHO": ("Jo, jo@quillhaven.example", "Write one part a line, each after its name: Name:, E-mail:, Role:"),
    "LINE": ("two\nlines", "Write it in one line."),
}


@pytest.mark.slow
def test_what_cannot_be_read_says_what_is_wanted(portal, everything):
    given = {ref: written for ref, (written, _told) in CANNOT_BE_READ.items()}
    job = looked_at(portal, everything, filled_in(down(portal, everything), given))
    assert set(groups(portal, job)["unknown"]) == set(CANNOT_BE_READ)
    page = shown(portal, job).replace("&lt;", "<").replace("&gt;", ">")
    assert [told for _written, told in CANNOT_BE_READ.values() if told not in page] == []


AS_PEOPLE_WRITE = [
    ("ONE", "<1 day", "less"),
    ("DATE", "30 June 2026", "2026-06-30"),
    ("DATE", "June 30th, 2026", "2026-06-30"),
    ("DATE", "30-Jun-2026", "2026-06-30"),
    ("DATE", "30. Juni 2026", "2026-06-30"),
    ("DATE", "30 juillet 2026", "2026-07-30"),
    ("DATE", "30/06/2026", "2026-06-30"),
    ("DATE", "6/30/2026", "2026-06-30"),
    ("DATE", "6/6/2026", "2026-06-06"),
    ("TEST", "1 Jan 2026 until 31 Dec 2026", {"from": "2026-01-01", "to": "2026-12-31"}),
    ("PLACES", "DE / United States", ["DE", "US"]),
    ("WHO", "Name: Jo; E-mail: jo@b.example", {"name": "Jo", "email": "jo@b.example", "role": "", "phone": ""}),
]


@pytest.mark.parametrize(("ref", "written", "kept"), AS_PEOPLE_WRITE)
def test_what_can_only_mean_one_thing_is_read(everything, ref, written, kept):
    assert read_cell(answer_to(everything, ref).question, written).value == kept


@pytest.mark.parametrize("written", ["3/4/2026", "30 Smarch 2026", "31/13/2026", "31 June 2026"])
def test_a_day_that_may_be_another_or_none_is_told(everything, written):
    with pytest.raises(Refused, match="write it like 2026-06-30"):
        read_cell(answer_to(everything, "DATE").question, written)


@pytest.mark.slow
def test_not_applicable_is_said_in_the_cell(portal, everything):
    given = {ref: {"answer": "N/A", "comment": "There is none."} for ref in ("YN", "DAYS", "TEXT", "MANY")}
    taken_in(portal, looked_at(portal, everything, filled_in(down(portal, everything), given)))
    assert [answer_to(everything, ref).is_not_applicable for ref in given] == [True] * 4
    assert set(groups(portal, looked_at(portal, everything, down(portal, everything)))) == {"same"}


def test_a_comment_that_is_too_long_is_told(portal, everything):
    data = filled_in(down(portal, everything), {"YN": {"answer": "Yes", "comment": "x" * 4001}})
    assert "longer than 4000 characters" in shown(portal, looked_at(portal, everything, data))


@pytest.mark.slow
def test_a_table_too_long_for_a_cell_stays_in_the_portal(portal, everything):
    rows = [{"name": "x" * 500, "what": "y"} for _row in range(80)]
    keep(everything, {"FIRMS": rows}, {})
    data = down(portal, everything)
    sheet, row = questions_of(opened(data))["FIRMS"]
    assert "too long for a cell" in sheet.cell(row, 4).value
    job = looked_at(portal, everything, filled_in(data, {"YN": "Yes"}))
    assert groups(portal, job)["empty"] == ["FIRMS"]
    taken_in(portal, job)
    assert len(answer_to(everything, "FIRMS").value) == 80


@pytest.fixture
def gated(asked, jonah) -> Assessment:
    return asked.send(jonah, DUE, FIRST_DAY, version=published(every_kind()))


def test_only_what_is_asked_now_stands_in_it_unless_all_is_wanted(portal, gated):
    assert "FIRMS" not in questions_of(opened(down(portal, gated)))
    book = opened(down(portal, gated, "?all=1"))
    places = questions_of(book)
    sheet, row = places["FIRMS"]
    assert sheet.cell(row, 4).value == (
        "One row a line, its parts between |: Company | Country\nAsked only if YN is “Yes”."
    )
    days, at = places["DAYS"]
    assert days.cell(at, 4).value == "A number from 0 to 365, in days."
    proof, at = places["PROOF"]
    assert proof.cell(at, 4).value.startswith("Send the file in the portal: Letter on a penetration test")
    assert proof.cell(at, 5).protection.locked
    assert sheet.cell(row, 5).protection.locked is False
    assert sheet.protection.sheet
    assert book["_meta"].sheet_state == book["_lists"].sheet_state == "hidden"
    assert book["Choices"].column_dimensions["A"].hidden
    assert "Read this first." in [cell.value for cell in book["Choices"][2]]
    assert [cell.value for cell in book["Choices"][4]][:4] == [
        "info:note",
        "NOTE",
        "What about NOTE?",
        "Nothing to answer here.",
    ]


@pytest.mark.slow
def test_a_gate_and_what_it_opens_come_back_together(portal, gated):
    data = filled_in(down(portal, gated, "?all=1"), {"YN": "Yes", "TEXT": "Because.", "PLACES": "Germany"})
    job = looked_at(portal, gated, data)
    assert portal.get(job.get_absolute_url()).context["comparison"].extra == []
    taken_in(portal, job)
    opened_now = answer_to(gated, "TEXT")
    assert (opened_now.value, opened_now.is_visible) == ("Because.", True)


@pytest.mark.slow
def test_words_in_the_cell_of_a_file_are_told(portal, gated):
    data = filled_in(down(portal, gated, "?all=1"), {"PROOF": "see attachment"})
    assert "This question is answered by its file." in shown(portal, looked_at(portal, gated, data))


@pytest.mark.slow
def test_many_sections_stand_on_one_sheet(portal, asked, jonah):
    sections = [
        {"title": f"Part {n}", "intro": "Read.", "questions": [question(f"Q-{n}", "yes_no")]} for n in range(41)
    ]
    assessment = asked.send(jonah, DUE, FIRST_DAY, version=published(with_sections(*sections)))
    data = down(portal, assessment)
    assert opened(data).sheetnames == ["Read first", "Questions", "_lists", "_meta"]
    job = looked_at(portal, assessment, filled_in(data, {"Q-40": "No"}))
    assert groups(portal, job) == {"new": ["Q-40"], "same": [f"Q-{n}" for n in range(40)]}


def test_sheets_bear_names_that_a_workbook_can_have(portal, asked, jonah):
    titles = ["A/B: [all]?", "History", "'", "Access control, all about tapes", "Access control, all about tapes too"]
    sections = [{"title": title, "questions": [question(f"Q-{n}")]} for n, title in enumerate(titles)]
    assessment = asked.send(jonah, DUE, FIRST_DAY, version=published(with_sections(*sections)))
    names = opened(down(portal, assessment)).sheetnames
    assert names[1:6] == [
        "A B all",
        "History 1",
        "Sheet",
        "Access control, all about tapes",
        "Access control, all about t (2)",
    ]


@pytest.mark.slow
def test_what_was_sent_back_says_why_and_nothing_else_can_be_changed(portal, asked, jonah, submitted):
    asked.ask_again(submitted, "OP-2", DUE, FIRST_DAY)
    submitted.refresh_from_db()
    data = down(portal, submitted)
    places = questions_of(opened(data))
    assert list(places) == ["OP-2"]
    sheet, row = places["OP-2"]
    assert "We ask: What stands in for the patch" in sheet.cell(row, 4).value
    job = looked_at(portal, submitted, filled_in(data, {"OP-2": {"answer": "Partial", "comment": "From January."}}))
    taken_in(portal, job)
    assert answer_to(submitted, "OP-2").value == "partial"


@pytest.mark.slow
def test_what_was_not_sent_back_stays_whatever_the_file_says(portal, asked, jonah, assessment):
    data = filled_in(down(portal, assessment), {"GO-1": {"answer": "No", "comment": "Never."}, "OP-2": "Yes"})
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.submit(assessment, jonah, FIRST_DAY)
    assert portal.get(page_of(assessment, "offline/workbook.xlsx")).status_code == 409
    asked.ask_again(assessment, "OP-2", DUE, FIRST_DAY)
    job = looked_at(portal, assessment, data)
    assert groups(portal, job)["closed"] == ["GO-1"]
    assert "GO-1 was not sent back, so its answer stays." in shown(portal, job)
    taken_in(portal, job, rule="file")
    assert [answer_to(assessment, ref).value for ref in ("GO-1", "OP-2")] == ["yes", "yes"]


def test_conditions_tell_the_vendor_nothing_of_our_facts(portal, asked, jonah):
    gate = {"q": "gate", "op": "is", "v": "yes"}
    high, low = ({"fact": "vendor.tier", "op": op, "v": 0} for op in ("gt", "lt"))
    made = [
        question("GATE", "yes_no"),
        question("BOTH", visible_if={"all": [gate, high]}),
        question("EITHER", visible_if={"any": [{"not": gate}, low]}),
        question("OURS", visible_if=high),
        question("NEVER", visible_if={"all": [gate, low]}),
    ]
    assessment = asked.send(jonah, DUE, FIRST_DAY, version=published(content(*made, key="facts")))
    book = opened(down(portal, assessment, "?all=1"))
    told = {ref: sheet.cell(row, 4).value for ref, (sheet, row) in questions_of(book).items()}
    assert told == {
        "GATE": "",
        "BOTH": "Asked only if GATE is “Yes”.",
        "EITHER": "Asked only if not GATE is “Yes”.",
        "OURS": "",
    }
