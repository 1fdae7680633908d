"""What one auditor's report states: period, categories, parties, firm, date, subservice organizations."""

from datetime import date

import pytest

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import CLEAN, letter_only, scope
from vendors.reading import read_report


def reading_of(**words: str):
    return read_report(letter_only(Paper(), **words).pdf())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("security", ("security",)),
        ("security and availability", ("security", "availability")),
        ("security, availability and confidentiality", ("security", "availability", "confidentiality")),
        ("privacy, security, and processing integrity", ("security", "processing_integrity", "privacy")),
        ("availability", ("availability",)),
        (
            "security and privacy (applicable trust services criteria) set forth in TSP section 100, 2017 Trust "
            "Services "
            "Criteria for Security, Availability, Processing Integrity, Confidentiality, and Privacy",
            ("security", "privacy"),
        ),
        (
            "security and privacy set forth in TSP section 100, Trust Services Criteria for Security, Availability, "
            "Processing Integrity, Confidentiality, and Privacy (AICPA, Trust Services Criteria)",
            ("security", "privacy"),
        ),
        (
            "the Security and Confidentiality trust services categories. The Availability, Processing Integrity and "
            "Privacy categories are not in scope",
            ("security", "confidentiality"),
        ),
        ("security. The criteria for privacy were not part of our examination", ("security",)),
        ("security. We did not examine the criteria relevant to availability", ("security",)),
        ("security. The criteria for privacy are outside the scope of this report", ("security",)),
    ],
)
def test_categories_are_those_of_the_scope_and_not_of_the_title_of_the_criteria(words, expected):
    fact = reading_of(scope=scope(categories=words)).categories
    assert fact.value == expected
    assert fact.page == 2
    assert fact.quote


def test_categories_that_differ_within_the_letter_are_a_conflict():
    reading = reading_of(scope=scope(categories="security") + " The criteria relevant to privacy were used as well.")
    assert reading.categories.value is None
    assert reading.categories.conflict_on == (2,)


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ("Tally Service", "Tally Service"),
        ("Tally Service system", "Tally Service"),
        ("Books for Clubs Platform", "Books for Clubs Platform"),
    ],
)
def test_the_system_is_what_scope_and_opinion_call_so(system, expected):
    name = system.removesuffix(" system")
    reading = reading_of(scope=scope(system=system), opinion=CLEAN.replace("Tally Service", name))
    assert reading.system.value == expected


def test_the_service_organization_has_its_legal_form():
    fact = reading_of().service_organization
    assert fact.value == "Sedgemoor Ledger Ltd."
    assert fact.page == 2
    assert 1 in fact.also_on, "it stands on the cover as well"


@pytest.mark.parametrize(
    "addressee",
    [
        "To: Sedgemoor Ledger Ltd.",
        "To Sedgemoor Ledger Ltd.:",
        "To the Management of Sedgemoor Ledger Ltd.",
        "To the Board of Directors and Management of Sedgemoor Ledger Ltd.:",
        "To the Board of Directors\nSedgemoor Ledger Ltd.",
        "To the Management of\nSedgemoor Ledger Ltd.",
        "To the Managing Directors of Sedgemoor Ledger Ltd.",
        "To the Executive Board of Sedgemoor Ledger Ltd.",
    ],
)
def test_the_addressee_of_the_letter_is_the_service_organization(addressee):
    paper = Paper().heading("SOC 2 Type 2", 20).page().heading("Report of Independent Accountants", 15)
    paper.lines(*addressee.splitlines()).text("", scope().replace("Sedgemoor Ledger Ltd.’s", "a"), CLEAN)
    assert read_report(paper.pdf()).service_organization.value == "Sedgemoor Ledger Ltd."


@pytest.mark.parametrize(
    ("signed", "firm", "day"),
    [
        ("Wexcombe Hale LLP\nLeeds, United Kingdom\n20 February 2026", "Wexcombe Hale LLP", date(2026, 2, 20)),
        ("February 20, 2026\nWexcombe Hale LLP\nBoston, Massachusetts", "Wexcombe Hale LLP", date(2026, 2, 20)),
        ("Boston, Texas\nFebruary 20, 2026\n/s/ Wexcombe\nWexcombe Hale LLP", "Wexcombe Hale LLP", date(2026, 2, 20)),
        ("Baker, Jones, and Oak, CPAs\nAthens, Ohio\nMarch 1, 2026", "Baker, Jones, and Oak, CPAs", date(2026, 3, 1)),
        ("MJD Advisors\nWaukee, Iowa\nMarch 13, 2026", "MJD Advisors", date(2026, 3, 13)),
        ("Tarn & Fell\nCertified Public Accountants\nDated: March 13, 2026", "Tarn & Fell", date(2026, 3, 13)),
        ("MJD Advisors\nWaukee, Iowa | March 13, 2026", "MJD Advisors", date(2026, 3, 13)),
        ("Graz, 4 May 2026\nMurtal Prüfung GmbH\nWirtschaftsprüfer", "Murtal Prüfung GmbH", date(2026, 5, 4)),
    ],
)  # fmt: skip
def test_firm_and_date_are_read_from_the_signature_in_any_order(signed, firm, day):
    reading = reading_of(signed=signed)
    assert reading.auditor.value == firm
    assert reading.report_date.value == day
    assert reading.auditor.page == reading.report_date.page == 2


def test_without_a_date_under_the_signature_none_is_proposed():
    reading = reading_of(signed="Wexcombe Hale LLP\nLeeds, United Kingdom")
    assert reading.report_date.value is None
    assert reading.report_date.looked_on == (2,)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("throughout the period January 1, 2025 to December 31, 2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("for the period 1 January 2025 – 31 December 2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_period_of_scope_and_opinion(period, first, last):
    reading = reading_of(scope=scope(period=period))
    assert (reading.period_start.value, reading.period_end.value) == (first, last)
    assert reading.type.value == 2
    assert reading.as_of.value is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The prior period, January 1, 2024 to December 31, 2024, was examined by another firm.",
        "In our report dated March 2, 2025 on the period January 1, 2024 to December 31, 2024 we named three matters.",
        "Sedgemoor plans an examination for the period January 1, 2026 to June 30, 2026.",
        "The next examination covers January 1, 2026 to June 30, 2026.",
    ],
)
def test_a_sentence_about_another_examination_says_nothing_of_this_period(sentence):
    reading = reading_of(scope=f"{scope()} {sentence}")
    assert (reading.period_start.value, reading.period_end.value) == (date(2025, 1, 1), date(2025, 12, 31))


def test_scope_and_opinion_that_state_different_periods_are_a_conflict():
    reading = reading_of(scope=scope(period="throughout the period March 1, 2025 to December 31, 2025"))
    assert reading.period_start.value is None
    assert reading.period_start.conflict_on == (2,)
    assert any(note.about == "period_start" for note in reading.notes)


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        (
            "Sedgemoor uses Brackenfell Data Centers, LLC (“Brackenfell”) and Skerrow Cloud Corp. to provide "
            "hosting. The "
            "description does not include their controls.",
            {"Brackenfell Data Centers, LLC": "carve_out", "Skerrow Cloud Corp.": "carve_out"},
        ),
        (
            "Sedgemoor relies on Felsbank AG for housing. The inclusive method is used, and Felsbank AG has "
            "given its own "
            "written assertion.",
            {"Felsbank AG": "inclusive"},
        ),
        (
            "Sedgemoor utilizes the subservice organizations Twinfold Mail, Inc. and Orchard Ltd. Our "
            "examination did not "
            "extend to their controls.",
            {"Twinfold Mail, Inc.": "carve_out", "Orchard Ltd.": "carve_out"},
        ),
        (
            "Sedgemoor uses Felsbank AG to provide housing. The description includes the controls of Felsbank "
            "AG (inclusive "
            "method). Sedgemoor also uses Orchard Ltd., a subservice organization, to send mail. The carve-out "
            "method is used.",
            {"Felsbank AG": "inclusive", "Orchard Ltd.": "carve_out"},
        ),
        (
            "Sedgemoor uses a subservice organization, Felsbank AG (“Felsbank”), to host its servers. The "
            "description excludes it.",
            {"Felsbank AG": "carve_out"},
        ),
        (
            "Sedgemoor outsources the operation of its data centers to Orchard Ltd. The description does not "
            "include its controls.",
            {"Orchard Ltd.": "carve_out"},
        ),
        (
            "Certain controls of Felsbank AG are necessary in combination with those of Sedgemoor. We did not "
            "look at them, and our "
            "examination did not extend to them.",
            {"Felsbank AG": "carve_out"},
        ),
        (
            "Sedgemoor has adopted the carve-out method of reporting with respect to Felsbank AG, which houses it.",
            {"Felsbank AG": "carve_out"},
        ),
        (
            "The controls of Felsbank AG have been excluded from the description (carve-out). Those of Orchard Ltd. "
            "have been included (inclusive method).",
            {"Felsbank AG": "carve_out", "Orchard Ltd.": "inclusive"},
        ),
        (
            "The description includes the controls of Orchard Ltd. under the inclusive method. With respect to "
            "Felsbank AG, the carve-out method was used.",
            {"Orchard Ltd.": "inclusive", "Felsbank AG": "carve_out"},
        ),
        (
            "Sedgemoor uses the following subservice organizations, to which the carve-out method applies: Felsbank AG "
            "(housing) and Orchard Ltd. (mail). We did not examine them.",
            {"Felsbank AG": "carve_out", "Orchard Ltd.": "carve_out"},
        ),
        (
            "Sedgemoor relies on Felsbank Hosting, Inc. (“FH”) for housing, Orchard Ltd. for text messages and Skerrow "
            "for tickets. The description includes the controls of Skerrow and excludes those of FH and Orchard.",
            {"Felsbank Hosting, Inc.": "carve_out", "Orchard Ltd.": "carve_out", "Skerrow": "inclusive"},
        ),
        (
            "Sedgemoor uses Felsbank AG for housing and Orchard Ltd. for mail. Felsbank AG and Orchard are excluded "
            "from the description.",
            {"Felsbank AG": "carve_out", "Orchard Ltd.": "carve_out"},
        ),
        ("The controls of Sedgemoor are included in the description, which excludes those of nobody.", {}),
        ("Sedgemoor uses Ticketwren to track its work and Chatterbrook to talk.", {}),
        ("Sedgemoor uses a risk-based approach to the choice of controls, which excludes trivial ones.", {}),
    ],
    ids=[
        "two carved out",
        "inclusive",
        "named after the term",
        "one of each",
        "named in apposition",
        "outsourced",
        "needed in combination",
        "by the method alone",
        "by what was done with their controls",
        "with respect to each",
        "listed after what holds for all",
        "each for its own work, treated by name",
        "excluded by name",
        "its own controls",
        "software that is merely used",
        "an approach",
    ],
)
def test_subservice_organizations_and_their_method(uses, expected):
    reading = reading_of(uses=uses)
    assert {each.name: each.method for each in reading.subservice_organizations} == expected
    assert all(each.place.page == 2 for each in reading.subservice_organizations)


@pytest.mark.parametrize(
    ("uses", "names"),
    [
        ("Sedgemoor uses Felsbank AG for housing and Orchard Ltd. for mail. We excluded the controls of Felsbank AG.",
         "Orchard Ltd."),
        ("Sedgemoor uses Felsbank AG for housing. The description excludes the controls of Felsbank AG and Skerrow.",
         "Skerrow"),
        ("Sedgemoor uses Felsbank AG for housing. The description includes the controls of Sedgemoor and excludes "
         "those of Felsbank AG.", ""),
        ("Sedgemoor uses Felsbank Services, LLC for housing. The carve-out method is used.", ""),
    ],
    ids=["used, and nothing more", "treated, and nothing more", "its own controls", "a legal form"],
)  # fmt: skip
def test_a_sentence_that_names_more_organizations_is_to_be_read(uses, names):
    reading = reading_of(uses=uses)
    assert len(reading.subservice_organizations) == 1
    told = [str(note) for note in reading.notes if note.about == "subservice"]
    said = f"A sentence on page 2 may name more subservice organizations ({names}): read it."
    assert told == ([said] if names else [])


def test_an_opinion_on_a_page_of_text_after_pages_of_pictures_is_read():
    paper = Paper().heading("Sedgemoor Ledger Ltd.", 20).text("SOC 2 Type 2")
    paper.pages += [[], []]
    paper.text(CLEAN).lines("Wexcombe Hale LLP", "Leeds, United Kingdom", "20 February 2026")
    reading = read_report(paper.pdf())
    assert reading.pages_without_text == (2,)
    assert (reading.opinion.value, reading.opinion.page) == ("unqualified", 3)
    assert reading.auditor.value == "Wexcombe Hale LLP"


def test_subservice_organizations_may_stand_in_lines_of_their_own():
    paper = Paper().heading("SOC 2 Type 2", 20).page().heading("Report of Independent Accountants", 15)
    paper.text(scope(), "Sedgemoor utilizes the following subservice organizations:")
    paper.lines("Felsbank AG – housing", "Orchard Ltd. – text messages").text(
        "The description presents only Sedgemoor’s controls; the carve-out method was applied.", CLEAN
    )
    found = read_report(paper.pdf()).subservice_organizations
    assert [(each.name, each.method) for each in found] == [("Felsbank AG", "carve_out"), ("Orchard Ltd.", "carve_out")]


def test_a_title_above_a_sentence_is_no_part_of_the_name():
    scope_words = scope().replace("Sedgemoor Ledger Ltd.’s description of its Tally Service", "the Tally Service")
    paper = Paper().heading("SOC 2 Type 2", 20).page().heading("Report of Independent Accountants", 15)
    paper.text(scope_words).heading("Management’s Duties", 11).text("Sedgemoor is responsible for its controls.", CLEAN)
    assert read_report(paper.pdf()).service_organization.value == "Sedgemoor"


def test_a_short_form_stands_for_the_name_that_the_letter_gives_it_to():
    words = scope().replace("Ltd.’s", "Ltd.’s (‘Sedgemoor’ or ‘the Company’)")
    paper = Paper().heading("SOC 2 Type 2", 20).page().heading("Report of Independent Accountants", 15)
    paper.text(words, "Sedgemoor is responsible for its controls.", CLEAN)
    assert read_report(paper.pdf()).service_organization.value == "Sedgemoor Ledger Ltd."


def test_a_short_form_alone_is_not_proposed():
    words = "We have examined what Sedgemoor Ledger Ltd., a company of Leeds (“Sedgemoor”), says of the Tally Service."
    paper = Paper().heading("SOC 2 Type 2", 20).page().heading("Report of Independent Accountants", 15)
    paper.text(words, "Sedgemoor is responsible for its controls.", CLEAN)
    assert read_report(paper.pdf()).service_organization.value is None


@pytest.mark.parametrize(
    "words",
    [
        "We have examined the description of the Tally Service of Sedgemoor Ledger Ltd. (“Sedgemoor”) as of {}",
        "We have examined the description by Sedgemoor Ledger Ltd. of its Tally Service from {}",
        "We have examined the description of Sedgemoor Ledger Ltd. (“Sedgemoor”) entitled “The Tally Service” for {}",
    ],
)
def test_parties_are_named_in_many_orders(words):
    paper = Paper().heading("SOC 2 Type 2", 20).page().heading("Report of Independent Accountants", 15)
    paper.lines("To Sedgemoor Ledger Ltd.").text(words.format("March 31, 2026."), CLEAN)
    reading = read_report(paper.pdf())
    assert reading.service_organization.value == "Sedgemoor Ledger Ltd."
    assert reading.system.value == "Tally Service"
