"""Staff write questionnaires in the browser: begin, add, change, move, remove, look, publish, retire."""

import json

import pytest
from django.test import Client

from procurement.questionnaires import services
from procurement.questionnaires.content import question_content, version_content
from procurement.questionnaires.forms import QuestionSheet
from procurement.questionnaires.models import Answer, Question, Questionnaire, QuestionnaireVersion
from procurement.questionnaires.versions import questions_before
from tests.factories.questionnaires import content, long_content, option, published, question, with_sections
from tests.procurement.questionnaires.typing_in import arrived, as_it_stands, question_form, rule_row
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(reviewer) -> Client:
    return staff_client(reviewer)


@pytest.fixture
def draft(reviewer) -> QuestionnaireVersion:
    """Two sections: a gate with what follows from it, and a list."""
    given = with_sections(
        {"title": "Access", "questions": [question("A-1", "yes_no"), question("A-2"), question("A-3", "number")]},
        {"title": "People", "questions": [question("P-1", "single", options=[option("few"), option("many")])]},
    )
    return services.draft_from(content=given, by=reviewer, now=clock.now())


def asked(version: QuestionnaireVersion, ref: str) -> Question:
    return Question.objects.select_related("section").get(section__version=version, ref=ref)


def page_of(version: QuestionnaireVersion, ref: str = "", rest: str = "") -> str:
    place = f"questions/{asked(version, ref).pk}/" if ref else ""
    return f"{version.get_absolute_url()}{place}{rest}"


def refs_of(version: QuestionnaireVersion) -> list[str]:
    return list(Question.objects.filter(section__version=version).values_list("ref", flat=True))


def words_of(page) -> str:
    return " ".join(page.content.decode().split())


@pytest.mark.slow
def test_a_questionnaire_is_written_from_an_empty_page_and_published(ines):
    begun = ines.post("/questionnaires/new/", {"title": "Physical security", "purpose": "Data centres", "intro": "Hi."})
    draft = QuestionnaireVersion.objects.get(title="Physical security")
    assert begun["Location"] == draft.get_absolute_url()
    assert draft.questionnaire.key == "physical-security"
    assert "Ask at least one question." in words_of(ines.get(begun["Location"]))

    ines.post(page_of(draft, rest="sections/new/"), {"title": "Doors", "intro": ""})
    section = draft.sections.get()
    address = page_of(draft, rest=f"sections/{section.pk}/questions/new/")
    options = {"option-0-label": "By badge", "option-0-score": "100", "option-0-ORDER": "2"}
    options |= {
        "option-1-label": "By nobody",
        "option-1-score": "0",
        "option-1-severity": "high",
        "option-1-ORDER": "1",
    }
    form = question_form(ines, address, ref="DR-1", text="How are doors watched?", kind="single", **options)
    assert ines.post(address, form)["Location"].endswith("#q-dr-1")
    assert asked(draft, "DR-1").options == [
        {"value": "by-nobody", "label": "By nobody", "score": 0.0, "severity": "high"},
        {"value": "by-badge", "label": "By badge", "score": 1.0},
    ]

    ines.post(page_of(draft, rest="publish/"))
    draft.refresh_from_db()
    assert (draft.state, len(draft.sha256)) == ("published", 64)
    assert ines.get(page_of(draft, "DR-1")).status_code == 409
    assert ines.post(page_of(draft, "DR-1"), form).status_code == 409
    told = (
        LedgerEntry.objects.filter(subject_type="questionnaire_version").order_by("pk").values_list("verb", flat=True)
    )
    assert list(told)[-4:] == [
        *("questionnaire_version.drafted", "questionnaire_version.changed"),
        *("questionnaire_version.changed", "questionnaire_version.published"),
    ]


def test_the_next_version_begins_as_a_copy_and_its_questions_keep_their_keys(ines):
    first = published(content(question("A-1"), question("A-2")))
    copied = ines.post(page_of(first, rest="copy/"))
    draft = QuestionnaireVersion.objects.get(questionnaire=first.questionnaire, number=2)
    assert copied["Location"] == draft.get_absolute_url()
    form = question_form(ines, page_of(draft, "A-2"), ref="A-20", text="Which of them?")
    assert ines.post(page_of(draft, "A-2"), form).status_code == 302
    assert asked(draft, "A-20").key == asked(first, "A-2").key == "a-2"
    assert ines.post(page_of(first, rest="retire/")).status_code == 302
    first.refresh_from_db()
    assert first.state == "retired"


@pytest.mark.slow
@pytest.mark.parametrize("key", ["essential", "core", "ai-provider", "privacy"])
def test_a_form_that_is_sent_as_it_stands_changes_nothing(key):
    """Every question that ships, with its choices, conditions and files, fits through the form."""
    family = Questionnaire.objects.filter(key__startswith=key).first()
    sections = list(family.versions.latest("number").sections.all())
    for each in Question.objects.filter(section__in=sections).select_related("section"):
        here = {"sections": sections, "earlier": questions_before(each.section, each)}
        shown = QuestionSheet(each, **here)
        rest = (shown.options, shown.companions, *shown.usual.values(), shown.rule.head, shown.rule.rows)
        sent = QuestionSheet(each, **here, data=arrived(as_it_stands(shown.form, *rest)))
        assert sent.is_valid(), each.ref
        now = {"companions": [], **question_content(each)}
        assert {name: now[name] for name in sent.asked()} == sent.asked(), each.ref


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (rule_row(0, "q:a-1", "is", "Yes"), {"q": "a-1", "op": "is", "v": "yes"}),
        (
            rule_row(0, "q:a-1", "is_not", "no") | rule_row(1, "fact:vendor.tier", "lt", "3") | {"rule-join": "any"},
            {"any": [{"q": "a-1", "op": "is_not", "v": "no"}, {"fact": "vendor.tier", "op": "lt", "v": 3}]},
        ),
        (rule_row(0, "q:a-2", "in", "Partial, no"), {"q": "a-2", "op": "in", "v": ["partial", "no"]}),
        (
            rule_row(0, "fact:data_classes", "contains", "Health"),
            {"fact": "data_classes", "op": "contains", "v": "health"},
        ),
        (
            rule_row(0, "fact:report.criteria", "contains", "cc 6.1"),
            {"fact": "report.criteria", "op": "contains", "v": "CC6.1"},
        ),
        (rule_row(0, "q:a-1", "not_answered"), {"q": "a-1", "op": "answered", "v": False}),
        (rule_row(0, "", "is"), None),
    ],
)
def test_a_condition_is_written_in_rows(ines, draft, rows, rule):
    form = question_form(ines, page_of(draft, "A-3"), **rows)
    assert ines.post(page_of(draft, "A-3"), form).status_code == 302
    assert asked(draft, "A-3").visible_if == rule
    assert question_form(ines, page_of(draft, "A-3")).get("rule-0-what", "") == form["rule-0-what"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (rule_row(0, "q:a-1", "is", "Maybe"), "Write one of these: Yes, No."),
        (rule_row(0, "q:a-1", "is"), "Write what it is compared with."),
        (rule_row(0, "q:p-1", "is", "few"), "Choose one of the list."),
        (rule_row(0, "fact:vendor.tier", "lt", "two"), "Write a number."),
        ({"ref": "A-1"}, "A-1 stands on another question. Choose another reference."),
        ({"text": ""}, "Write what is asked."),
        ({"kind": "single"}, "A-2: a choice needs at least two options."),
        ({"evidence": "if_answer", "evidence_if": "Yes, Perhaps"}, "“Perhaps” is no answer to this question."),
        ({"evidence": "if_answer"}, "A-2: name answers of this question that need a file."),
        ({"kind": "number", "min": "9", "max": "1"}, "A-2: min is more than max."),
        ({"seen": "0" * 64}, "Somebody changed this question meanwhile."),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(ines, draft, changes, sentence):
    before = version_content(draft)
    answer = ines.post(page_of(draft, "A-2"), question_form(ines, page_of(draft, "A-2"), **changes))
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert version_content(draft) == before


@pytest.mark.slow
def test_a_condition_that_rows_cannot_say_stays_until_it_is_replaced(ines, draft):
    deep = {"not": {"any": [{"q": "a-1", "op": "is", "v": "no"}, {"q": "a-2", "op": "is", "v": "no"}]}}
    Question.objects.filter(pk=asked(draft, "A-3").pk).update(visible_if=deep)
    address = page_of(draft, "A-3")
    assert "not (A-1 is “No” or A-2 is “No”)" in words_of(ines.get(address))
    ines.post(address, question_form(ines, address, text="And how many?"))
    assert asked(draft, "A-3").visible_if == deep
    ines.post(address, question_form(ines, address, **{"rule-replace": "on"}))
    assert asked(draft, "A-3").visible_if is None


@pytest.mark.slow
def test_questions_and_sections_move_one_place_and_stop_at_the_end(ines, draft):
    for ref, way, order in (
        ("A-2", "up", ["A-2", "A-1", "A-3", "P-1"]),
        ("A-2", "up", ["A-2", "A-1", "A-3", "P-1"]),
        ("A-1", "down", ["A-2", "A-3", "A-1", "P-1"]),
    ):
        assert ines.post(page_of(draft, ref, "move/"), {"way": way}).status_code == 302
        assert refs_of(draft) == order
    people = draft.sections.get(title="People")
    ines.post(page_of(draft, rest="sections/new/"), {"title": "Guests", "intro": "", "parent": str(people.pk)})
    ines.post(page_of(draft, rest=f"sections/{people.pk}/move/"), {"way": "up"})
    assert list(draft.sections.values_list("title", "position")) == [("People", 1), ("Guests", 2), ("Access", 3)]
    form = question_form(ines, page_of(draft, "A-2"), section=str(people.pk))
    ines.post(page_of(draft, "A-2"), form)
    assert refs_of(draft) == ["P-1", "A-2", "A-3", "A-1"]
    assert ines.post(page_of(draft, "A-2", "move/"), {"way": "sideways"}).status_code == 409


@pytest.mark.slow
def test_what_keeps_it_from_being_published_leads_to_the_question(ines, draft):
    gate, follower = asked(draft, "A-1"), page_of(draft, "A-3")
    ines.post(follower, question_form(ines, follower, **rule_row(0, "q:a-1", "is", "Yes")))
    ines.post(page_of(draft, "A-1", "remove/"))
    shown = words_of(ines.get(draft.get_absolute_url()))
    assert f'<a href="{follower}">A-3: its condition asks “a-1”, which is no earlier question.</a>' in shown
    assert not Question.objects.filter(pk=gate.pk).exists()
    assert ines.post(page_of(draft, rest="publish/")).status_code == 409
    # The form still names what is asked, so that saving does not lose it in silence.
    assert ines.post(follower, question_form(ines, follower)).status_code == 422
    ines.post(follower, question_form(ines, follower, **rule_row(0, "", "is")))
    assert ines.post(page_of(draft, rest="publish/")).status_code == 302


def test_sections_and_drafts_are_removed_and_published_ones_are_not(ines, draft):
    people = draft.sections.get(title="People")
    assert ines.post(page_of(draft, rest=f"sections/{people.pk}/remove/")).status_code == 302
    assert refs_of(draft) == ["A-1", "A-2", "A-3"]
    assert ines.post(page_of(draft, rest="remove/"))["Location"] == "/questionnaires/"
    assert not Questionnaire.objects.filter(pk=draft.questionnaire_id).exists()
    stays = published(content(question("A-1"), key="stays"))
    assert ines.post(page_of(stays, rest="remove/")).status_code == 409


@pytest.mark.slow
def test_the_preview_shows_what_follows_and_saves_nothing(ines, draft):
    follower = page_of(draft, "A-2")
    ines.post(follower, question_form(ines, follower, **rule_row(0, "q:a-1", "is", "Yes")))
    address, gate = page_of(draft, rest="preview/"), asked(draft, "A-1")

    def is_shown(answer) -> bool:
        return {row.question.ref: not row.is_hidden for part in answer.context["page"].parts for row in part.rows}[
            "A-2"
        ]

    assert not is_shown(ines.get(address))
    name = f"a{gate.pk}"
    assert is_shown(ines.post(address, {f"{name}-value": "yes", f"{name}-revision": "0"}))
    assert not is_shown(ines.post(address, {f"{name}-value": "no", f"{name}-revision": "0"}))
    assert Answer.objects.count() == 0
    assert "data-answer" not in ines.get(address).content.decode()


def test_our_own_format_goes_out_and_comes_back_exactly(ines):
    for version in QuestionnaireVersion.objects.published().filter(format=2):
        sent = ines.get(page_of(version, rest="json/"))
        assert json.loads(sent.content) == version_content(version)
        assert version.questionnaire.key in sent["Content-Disposition"]


def test_auditors_read_and_are_offered_no_act(auditor, draft):
    priya = staff_client(auditor)
    shown = words_of(priya.get(draft.get_absolute_url()))
    assert "What about A-1?" in shown
    assert not any(word in shown for word in ("Publish</", "Add a question", "Remove the draft", "New draft"))
    assert "New questionnaire" not in words_of(priya.get("/questionnaires/"))


@pytest.mark.slow
def test_long_questionnaires_and_long_lists_ask_the_database_no_more(ines, django_assert_max_num_queries):
    long = published(long_content(260))
    with django_assert_max_num_queries(15):
        assert ines.get(long.get_absolute_url()).status_code == 200
    with django_assert_max_num_queries(15):
        assert ines.get(page_of(long, rest="preview/")).status_code == 200
    with django_assert_max_num_queries(10):
        ines.get("/questionnaires/")
