"""When a question is asked: one table of cases, for the server and for a real browser alike."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from procurement.questionnaires.conditions import NotARule, holds, terms_of, what_is_left, without_facts
from procurement.questionnaires.visibility import Conditioned, rules_of_sections, visible_keys
from tests.journeys.browser import FLAGS
from tests.machine import chromium
from tests.repository.tree import ROOT

CASES = json.loads((Path(__file__).parent / "conditions.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_server_decides(case):
    assert holds(case["rule"], case["answers"], case["facts"]) is case["holds"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_rule_without_our_facts_decides_the_same(case):
    if case["rule"] is not None:
        blind = without_facts(case["rule"], case["facts"])
        assert "fact" not in json.dumps(blind)
        assert holds(blind, case["answers"], {}) is case["holds"]
        left = what_is_left(blind)
        assert (left if isinstance(left, bool) else holds(left, case["answers"], {})) is case["holds"]


def test_what_is_left_of_a_rule_says_nothing_that_is_decided():
    yes, no, gate = {"all": []}, {"any": []}, {"q": "a", "op": "is", "v": "yes"}
    assert what_is_left({"all": [yes, gate]}) == gate
    assert what_is_left({"any": [no, {"not": {"not": gate}}]}) == {"not": {"not": gate}}
    assert what_is_left({"all": [gate, gate, yes]}) == {"all": [gate, gate]}
    assert [what_is_left(rule) for rule in ({"all": [gate, no]}, {"any": [yes, gate]}, {"not": yes})] == [
        False,
        True,
        False,
    ]


@pytest.mark.browser
@pytest.mark.slow
def test_the_browser_decides_the_same():
    script = (ROOT / "static" / "conditions.js").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page()
        page.evaluate(script)
        decide = "cases => cases.map(each => window.conditions.holds(each.rule, each.answers, each.facts))"
        # As text: Playwright's own way to hand over objects knows no key "__proto__".
        found = page.evaluate(f"text => ({decide})(JSON.parse(text))", json.dumps(CASES))
        browser.close()
    assert dict(zip((case["name"] for case in CASES), found, strict=True)) == {
        case["name"]: case["holds"] for case in CASES
    }


def test_what_is_hidden_counts_as_unanswered_for_what_follows():
    is_yes = {"op": "is", "v": "yes"}
    questions = [
        Conditioned("a", ()),
        Conditioned("b", ({"q": "a", **is_yes},)),
        Conditioned("c", ({"q": "b", **is_yes},)),
    ]
    parked = {"a": "no", "b": "yes", "c": "x"}
    assert visible_keys(questions, parked, {}) == {"a"}
    assert visible_keys(questions, {**parked, "a": "yes"}, {}) == {"a", "b", "c"}


def test_a_part_of_a_section_stands_under_the_sections_rule_too():
    outer, inner = {"q": "a", "op": "answered"}, {"q": "b", "op": "answered"}
    assert rules_of_sections([(1, None, None), (2, 1, outer), (3, 2, None), (4, 3, inner)]) == {
        1: (),
        2: (outer,),
        3: (outer,),
        4: (outer, inner),
    }


@pytest.mark.parametrize(
    "rule",
    [
        "a",
        {},
        {"all": []},
        {"all": {"q": "a", "op": "answered"}},
        {"any": ["a"]},
        {"q": "a", "op": "like", "v": "x"},
        {"q": "a", "op": "in", "v": "x"},
        {"q": "a", "op": "gt", "v": "soon"},
        {"q": "a", "op": "is", "v": None},
        {"q": "a", "op": "answered", "v": "yes"},
        {"q": 1, "op": "answered"},
        {"q": "a", "fact": "vendor.tier", "op": "is", "v": 1},
        {"q": "a", "op": "is", "v": "x", "not": {}},
        {"fact": "vendor.name", "op": "is", "v": "x"},
        {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"q": "a", "op": "answered"}}}}}}}}}},
    ],
)
def test_what_is_no_rule_is_told(rule):
    with pytest.raises(NotARule):
        list(terms_of(rule))
