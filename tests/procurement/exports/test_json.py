"""The export as JSON: everything in it comes back as the same record, and a changed file is told apart."""

import json
from dataclasses import replace

import pytest

from procurement.demo.answers import Questioned
from procurement.exports import json_file
from procurement.exports.gathering import our_record, vendors_record
from procurement.questionnaires.models import Assessment, Question
from procurement.reviews import services as reviews
from tests.factories.contacts import speaking
from tests.factories.stories import FIRST_DAY, in_review
from tests.procurement.exports.conftest import SAID, about, say
from tests.procurement.questionnaires.conftest import DUE, days
from vendors.calendar import clock

pytestmark = pytest.mark.django_db


def test_every_kind_of_answer_comes_back_exactly(record):
    written = json_file.write(record)
    again = json_file.read(written)
    assert again == record
    assert json_file.write(again) == written
    kinds = {each.kind for each in again.answers}
    assert kinds | {"info"} == set(Question.Kind.values)
    assert {ref: about(again, ref).value for ref in SAID} == {ref: value for ref, (value, _comment) in SAID.items()}


def test_it_holds_everything_that_stands_on_the_reviewers_page(record):
    assert record.version.content["title"] == "Every kind of question"
    assert (record.vendor.name, record.course.signer_name) == ("Quillhaven", "Jonah Pell")
    assert (record.counts.asked, record.counts.answered, record.counts.accepted) == (15, 15, 1)
    usa = about(record, "USA")
    assert (usa.answer, usa.comment, usa.worth.own, usa.worth.score) == ("No", "Not yet.", 0, 40)
    assert (usa.worth.ratings[0].by, usa.worth.ratings[0].counts) == ("Ines Varga", True)
    assert (usa.findings[0].title, usa.findings[0].severity) == ("Data leaves the Union", "high")
    (file,) = about(record, "PROOF").files
    assert (file.name, file.kind, file.as_of) == ("letter.pdf", "penetration_test", days(-30))
    assert len(file.sha256) == 64
    assert about(record, "YN").judgement.by == "Ines Varga"
    assert [(each.title, each.said) for each in about(record, "LINE").companions] == [
        ("Who owns it", "Both"),
        ("Description", "=1+1\nin two lines"),
    ]
    assert record.scores.risk == "medium"


def test_what_the_vendor_is_still_writing_is_not_in_our_copy(asked, cast, jonah, sent):
    say(sent, {"YN": ("yes", "A draft.")}, jonah)
    ours = our_record(sent, asked.review, by=cast.reviewer, now=clock.now())
    assert (about(ours, "YN").value, about(ours, "YN").comment, about(ours, "YN").revision) == (None, "", 0)
    assert ours.scores is None
    assert about(ours, "ONE").stands == "asked"
    assert about(ours, "WHY").stands == "hidden"
    assert about(ours, "WHY").because == "Asked only if DAYS is more than 30."
    theirs = vendors_record(sent, by=jonah.user, now=clock.now())
    assert (about(theirs, "YN").value, about(theirs, "YN").comment) == ("yes", "A draft.")


def test_a_vendors_copy_holds_nothing_that_is_ours_alone(record, theirs):
    assert json_file.read(json_file.write(theirs)) == theirs
    assert (theirs.review, theirs.version.content, theirs.scores, theirs.facts) == ("", None, None, {})
    assert (theirs.course.completed_by, theirs.course.wants_second_reviewer) == ("", False)
    assert {each.ref for each in theirs.answers} == {each.ref for each in record.answers}
    for each in theirs.answers:
        assert (each.judgement, each.worth, each.flags, each.findings, each.because) == (None, None, (), (), "")
    text = json_file.write(theirs).decode()
    assert [word for word in ("Soon enough", "Data leaves", "weight", "knock", "good_answer") if word in text] == []


def changed(record, *path, value):
    given = json.loads(json_file.write(record))
    place = given
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(given).encode()


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (["format"], "something/1", '"format" has to be "countersign-assessment/1"'),
        (["id"], "7", "id: “7” is not expected."),
        (["id"], True, "id: “True” is not expected."),
        (["colour"], "blue", "colour: it is no field of this format."),
        (["answers"], {}, "answers: a list is expected."),
        (["answers", 1], None, "answers.1: an object is expected."),
        (["answers", 0, "stands"], "perhaps", "answers.0.stands: “perhaps” is not expected."),
        (["course", "due_on"], "soon", "course.due_on: “soon” is not expected."),
        (["course", "due_on"], 5, "course.due_on: “5” is not expected."),
        (["version", "content", "title"], "Another", "version.content: the SHA-256 of the questions is another one"),
    ],
)
def test_a_file_that_is_none_of_ours_or_was_changed_says_where(record, path, value, sentence):
    with pytest.raises(json_file.NotAnExport) as refusal:
        json_file.read(changed(record, *path, value=value))
    assert sentence in str(refusal.value)


def test_a_field_that_is_missing_is_named(record):
    given = json.loads(json_file.write(record))
    del given["answers"][0]["comment"]
    with pytest.raises(json_file.NotAnExport, match=r"answers.0.comment: it is missing."):
        json_file.read(json.dumps(given).encode())


@pytest.mark.parametrize("data", [b"\xff\xfe", b"{", b"[" * 100_000, b'{"format": NaN}', b"[]"])
def test_a_file_that_is_no_json_is_refused(data):
    with pytest.raises(json_file.NotAnExport):
        json_file.read(data)


def test_a_file_that_is_too_large_is_refused(monkeypatch, record):
    monkeypatch.setattr(json_file, "LARGEST_FILE", 100)
    with pytest.raises(json_file.NotAnExport, match="larger than"):
        json_file.read(json_file.write(record))


def test_a_moment_in_the_hour_that_comes_twice_is_read_as_it_was(record):
    twice = record.exported.at.fromisoformat("2026-10-25T02:30:00+01:00")
    moved = replace(record, exported=replace(record.exported, at=twice))
    assert json_file.read(json_file.write(moved)) == moved


def test_what_the_report_answers_stands_in_both_copies_and_who_asks_it_all_the_same_in_ours(cast):
    asked = Questioned(*in_review(cast))
    jonah = speaking(asked.review.vendor.contacts.get())
    lean = asked.send(jonah, DUE, FIRST_DAY, leans_on_report=True)
    required = lean.answers.filter(is_covered=True).exclude(question__ref="AC-1").first()
    reviews.require_answer(review=asked.review, answer=required, by=cast.reviewer, now=clock.now())
    ours = our_record(lean, asked.review, by=cast.reviewer, now=clock.now())
    theirs = vendors_record(lean, by=jonah.user, now=clock.now())
    assert ours.counts.covered == theirs.counts.covered > 0
    for record in (ours, theirs):
        covered = about(record, "AC-1")
        assert (covered.stands, covered.report.level, covered.report.report) == (
            "covered",
            "full",
            "SOC 2 Type II, 2026",
        )
        assert (covered.report.period_end, bool(covered.report.pages)) == (asked.review.report.period_end, True)
        assert json_file.read(json_file.write(record)) == record
    assert about(ours, required.question.ref).report.required_by == "Ines Varga"
    assert about(theirs, required.question.ref).report.required_by == ""


@pytest.mark.slow
def test_last_years_answer_stands_beside_this_years(asked, cast, jonah, submitted):
    asked.complete(submitted, FIRST_DAY)
    now = asked.send(jonah, DUE, days(1))
    asked.answer(now, jonah, days(1))
    asked.submit(now, jonah, days(1))
    ours = our_record(Assessment.objects.get(pk=now.pk), asked.review, by=cast.reviewer, now=clock.now())
    assert (ours.counts.carried, ours.course.submitted_at is not None) == (25, True)
    earlier = about(ours, "OP-2").last_year
    assert (earlier.answer, earlier.how, earlier.became) == ("No", "key", "unchanged")
    assert json_file.read(json_file.write(ours)) == ours
