"""The story of the product, end to end: staff and vendor at their browsers, real servers, real mail, a real PDF.

Nothing is looked up in the database on the way: what people do next stands on their pages and in their mail.
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from procurement.demo.cast import Cast
from procurement.demo.paper import Paper, paper_of
from procurement.demo.sample_report import SampleReport
from procurement.demo.seeding import QUILLHAVEN, the_last_period
from tests.journeys.ageing import an_hour_passes
from tests.journeys.browser import Seat
from tests.journeys.house import House, code_in
from tests.journeys.papers import squeezed, until_there, words_of
from vendors.calendar import clock
from vendors.calendar.days import plus_days, plus_months
from vendors.templatetags import wording

pytestmark = [pytest.mark.browser, pytest.mark.broker, pytest.mark.slow]

JONAH = QUILLHAVEN.contact_email
CONDITION = QUILLHAVEN.conditions[0][0]


class Journey:
    """Everybody's browser, the house they work in, and the report this is about."""

    def __init__(self, house: House, cast: Cast, paper: Paper, seat: Callable[[], Seat]) -> None:
        self.house, self.cast, self.paper = house, cast, paper
        self.today: date = clock.today()
        self.mei, self.adaeze, self.ines, self.tomasz, self.jonah = (seat() for _ in range(5))
        assert paper.facts.period_end is not None
        self.counts_until = plus_months(paper.facts.period_end, 12)


@pytest.fixture
def journey(real_database, open_house, people, request) -> Journey:
    """A house that knows its staff and nothing else."""
    cast = people()
    paper = paper_of(SampleReport(*the_last_period(clock.today(), months_ago=3)))
    house = open_house(real_database)
    seat = partial(request.getfixturevalue("seat"), house, judges=real_database.startswith("sqlite"))
    return Journey(house, cast, paper, seat)


def test_a_vendor_is_asked_read_decided_and_reminded_a_year_later(journey, tmp_path):
    our_nda_is_issued(journey)
    a_requester_asks_for_a_review(journey)
    a_reviewer_takes_it_and_asks_the_vendor(journey)
    the_contact_comes_in_and_accepts_our_nda(journey)
    the_contact_sends_the_report(journey, tmp_path)
    the_reviewer_reads_the_report(journey)
    the_reviewer_judges_what_it_leaves_to_us(journey)
    the_reviewer_drafts_and_asks_for_approval(journey)
    an_approver_decides(journey)
    the_memo_comes_as_a_pdf(journey)
    the_requester_may_send_data(journey)
    the_vendor_sees_who_opened_its_report(journey)
    reminders_leave_in_the_year_that_follows(journey)
    everything_stands_in_the_ledger(journey)
    all_of_it_fits_a_phone(journey)


def our_nda_is_issued(journey: Journey) -> None:
    mei = journey.mei
    mei.go("/")
    mei.look("sign-in")
    mei.sign_in(journey.cast.administrator.email)
    mei.page.locator(".masthead .more summary").click()
    mei.press("NDA text", within=".masthead")
    mei.look("nda-texts-none")
    mei.go("/ndas/texts/new/")
    mei.fill({"signatory_name": "Edda Marsh", "signatory_title": "General counsel"})
    mei.look("nda-issue")
    mei.press("Issue this version")
    mei.reads("Edda Marsh")
    mei.look("nda-text")


def a_requester_asks_for_a_review(journey: Journey) -> None:
    adaeze = journey.adaeze
    adaeze.sign_in(journey.cast.requester.email)
    adaeze.heading("Nothing waits for you")
    adaeze.look("today-requester-empty")
    adaeze.press("Ask for a review")
    adaeze.fill(
        {
            "vendor_name": QUILLHAVEN.vendor,
            "vendor_domain": QUILLHAVEN.domain,
            "title": QUILLHAVEN.title,
            "description": QUILLHAVEN.description,
            "data_classes": list(QUILLHAVEN.data_classes),
            "criticality": QUILLHAVEN.criticality,
            "uptime_promised": True,
            "wanted_by": plus_days(journey.today, 21),
        }
    )
    adaeze.reads("Suggested.", "Tier 1")
    adaeze.fill({"tier": "2"})
    adaeze.look("ask-for-a-review")
    adaeze.press("Ask for the review")
    adaeze.reads("Say why")  # another tier than the suggested one needs a reason; nothing typed is lost
    adaeze.look("ask-for-a-review-refused")
    expect(adaeze.page.locator("[name=title]")).to_have_value(QUILLHAVEN.title)
    adaeze.fill({"tier_reason": "Managers read it, nothing else runs on it."})
    adaeze.press("Ask for the review")
    adaeze.heading(f"{QUILLHAVEN.vendor}: {QUILLHAVEN.title}")
    adaeze.reads("Tier 2", "Managers read it, nothing else runs on it.")
    adaeze.look("review-requested")


def a_reviewer_takes_it_and_asks_the_vendor(journey: Journey) -> None:
    ines, house, cast = journey.ines, journey.house, journey.cast
    ines.follow(house.letter_to(cast.reviewer.email, "a review waits for a reviewer"), "/reviews/")
    ines.sign_in(cast.reviewer.email)
    ines.press("Take the review")
    ines.reads("Collecting")
    house.letter_to(cast.requester.email, "Ines Varga reviews it")
    ines.look("review-collecting")
    ines.press(QUILLHAVEN.vendor)
    ines.look("vendor-new")
    ines.press("Edit")
    ines.fill({"legal_name": QUILLHAVEN.legal_name})
    ines.look("vendor-edit")
    ines.page.locator("main form button").last.click()
    ines.heading(QUILLHAVEN.vendor)
    ines.press("Invite a contact")
    ines.fill({"name": QUILLHAVEN.contact, "email": JONAH, "title": QUILLHAVEN.contact_title})
    ines.look("invite")
    ines.press("Send invitation")
    ines.reads(JONAH)
    ines.look("people-at-the-vendor")
    ines.go(ines.page.url.split("contacts/")[0])
    ines.press("Request a report")
    facts = journey.paper.facts
    ines.fill(
        {
            "system": QUILLHAVEN.title,
            "period_start": facts.period_start,
            "period_end": facts.period_end,
            "due_on": plus_days(journey.today, 14),
            "message": "We need it for our yearly security review.",
        }
    )
    ines.choose("contact", QUILLHAVEN.contact)
    ines.look("request-a-report")
    ines.press("Request the report")
    ines.reads(QUILLHAVEN.contact)


def the_contact_comes_in_and_accepts_our_nda(journey: Journey) -> None:
    jonah, house = journey.jonah, journey.house
    house.letter_to(JONAH, "Please send us your SOC 2 Type II report")
    jonah.follow(house.letter_to(JONAH, "your invitation"), "/portal/i/")
    jonah.look("portal-invitation")
    jonah.press("Send me a code")
    jonah.look("portal-code")
    jonah.fill({"code": code_in(house.letter_to(JONAH, "Your code"))})
    jonah.press("Continue")
    jonah.heading("2 things to do")
    jonah.reads("Accept the NDA", "Send your SOC 2 Type II report")
    jonah.look("portal-to-do")
    jonah.press("Read and accept")
    jonah.fill({"signer_name": QUILLHAVEN.contact, "signer_title": QUILLHAVEN.contact_title, "may_sign": True})
    jonah.look("portal-nda")
    jonah.press("Accept the agreement")
    jonah.reads("Edda Marsh", QUILLHAVEN.contact)
    house.letter_to(JONAH, "you accepted the NDA")
    house.letter_to(journey.cast.reviewer.email, "accepted our NDA")
    until_there(jonah, "Download certificate")
    jonah.look("portal-nda-accepted")
    certificate = words_of(jonah.download("Download certificate"))
    assert {"Edda Marsh", QUILLHAVEN.contact, QUILLHAVEN.legal_name} <= {
        name for name in ("Edda Marsh", QUILLHAVEN.contact, QUILLHAVEN.legal_name) if name in certificate
    }


def the_contact_sends_the_report(journey: Journey, folder: Path) -> None:
    jonah, paper = journey.jonah, journey.paper
    file = folder / paper.file_name
    file.write_bytes(paper.content)
    jonah.go("/portal/")
    jonah.heading("One thing to do")
    jonah.press("Send the report")
    jonah.look("portal-upload")
    with jonah.slow_line():
        jonah.page.locator("input[type=file]").set_input_files(file)
        expect(jonah.page.locator("[data-said]")).to_have_text(re.compile(r"^[\d.]+ [kM]B of [\d.]+ [kM]B"))
        expect(jonah.page.locator("progress")).to_be_visible()
        jonah.page.wait_for_url("**/receipt/")
    jonah.reads(hashlib.sha256(paper.content).hexdigest(), paper.file_name)
    jonah.look("portal-receipt")
    assert hashlib.sha256(paper.content).hexdigest() in journey.house.letter_to(JONAH, "Received:").text


def the_reviewer_reads_the_report(journey: Journey) -> None:
    ines, facts = journey.ines, journey.paper.facts
    ines.follow(journey.house.letter_to(journey.cast.reviewer.email, "the report is here"), "/vendors/")
    ines.press("Continue review")
    ines.press("Record the facts")
    page_image = ines.page.locator("#viewer img")
    expect(page_image).to_be_visible()
    assert page_image.evaluate("image => image.complete && image.naturalWidth") > 400, "the page is drawn"
    ines.reads("proposals")
    ines.look("facts-proposed")
    ines.page.locator('[data-offer="period_start"] summary').click()
    ines.fill({"period_start": facts.period_end, "period_end": facts.period_start})
    ines.press("Save")
    ines.page.locator("[name=period_end][aria-invalid=true]").wait_for()
    ines.look("facts-impossible-dates")
    ines.fill({"period_start": facts.period_start, "period_end": facts.period_end, "period_page": 3})
    ines.page.get_by_role("button", name="Accept all without conflict").click()
    ines.reads("to look at once")
    ines.look("facts-accepted-at-once")
    ines.fill({"auditor_checked_on": journey.today, "auditor_check_note": "Licence active; last peer review passed."})
    ines.press("Save")
    ines.reads("Nothing is missing")
    ines.page.locator("#viewer-next").click()
    expect(page_image).to_have_attribute("alt", re.compile(r"Page 2 of \d+"))
    ines.look("facts-complete")
    ines.press("Accept")
    ines.look("facts-not-all-looked-at")
    ines.press("Accept all the same")
    ines.reads("The report is accepted.")
    fit = {"fits": "yes", "page": journey.paper.scope_page, "ours": "Our users; single sign-on."}
    ines.fill(fit, within='form[action$="/scope/"]')
    ines.press("Record scope fit")
    ines.reads("Scope fit is recorded.")
    ines.look("facts-accepted")


def the_reviewer_judges_what_it_leaves_to_us(journey: Journey) -> None:
    ines = journey.ines
    ines.page.locator(".crumbs a").last.click()
    ines.heading(QUILLHAVEN.title)
    ines.look("review-in-review")
    for number in range(len(journey.paper.facts.exceptions)):
        ines.page.locator('[name^="decision-"]').nth(number).select_option("compensated")
        ines.page.locator('[name^="reason-"]').nth(number).fill("Our single sign-on ends access on the last day.")
    ines.press("Save the decisions")
    ines.reads("Every exception has a decision of ours")
    for number in range(len(journey.paper.facts.cuecs)):
        ines.page.locator('[name^="status-"]').nth(number).select_option("in_place")
        ines.page.locator('[name^="owner-"]').nth(number).fill("Adaeze Lind")
        ines.page.locator('[name^="our_control-"]').nth(number).fill("IAM-02 Single sign-on")
    ines.press("Save the controls")
    ines.look("review-judged")


def the_reviewer_drafts_and_asks_for_approval(journey: Journey) -> None:
    ines = journey.ines
    ines.press("Draft the decision")
    ines.fill(
        {
            "summary": QUILLHAVEN.summary,
            "residual_risk": "medium",
            "residual_note": QUILLHAVEN.residual_note,
            "conditions-0-text": CONDITION,
            "conditions-0-due_on": plus_days(journey.today, 75),
        }
    )
    ines.choose("conditions-0-owner", "Adaeze Lind")
    ines.look("draft-the-decision")
    ines.press("Keep the draft")
    ines.reads("Draft kept.")
    ines.press("Ask for approval")
    ines.choose("approver", "Tomasz Reyk")
    ines.look("ask-for-approval")
    ines.press("Put it before this approver")
    ines.reads("Put before Tomasz Reyk.", "Awaiting approval")
    ines.look("review-awaiting-approval")


def an_approver_decides(journey: Journey) -> None:
    tomasz, approver = journey.tomasz, journey.cast.approver
    tomasz.follow(journey.house.letter_to(approver.email, "waits for your decision"), "/reviews/")
    tomasz.sign_in(approver.email)
    tomasz.go("/")
    tomasz.heading("One thing waits for you")
    tomasz.look("today-approver")
    an_hour_passes(approver)
    tomasz.follow(journey.house.letter_to(approver.email, "waits for your decision"), "/reviews/")
    if "/decide/" not in tomasz.page.url and "/reauthenticate/" not in tomasz.page.url:
        tomasz.press("Read and decide")
    tomasz.page.wait_for_url("**/reauthenticate/**")
    tomasz.look("prove-who-you-are")
    tomasz.prove_password()
    tomasz.reads(QUILLHAVEN.summary, CONDITION)
    tomasz.page.get_by_label("Approve with one condition").check()
    tomasz.look("decide")
    tomasz.press("Countersign")
    tomasz.heading(f"MEMO-{journey.today.year}-0001")


def the_memo_comes_as_a_pdf(journey: Journey) -> None:
    tomasz, number = journey.tomasz, f"MEMO-{journey.today.year}-0001"
    until_there(tomasz, "Download the PDF")
    tomasz.look("memo")
    hashes = tomasz.page.locator("aside section").filter(has_text="Check this memo").locator(".hash")
    content_sha256, pdf_sha256 = hashes.all_inner_texts()
    pdf = tomasz.download("Download the PDF")
    assert hashlib.sha256(pdf).hexdigest() == pdf_sha256
    reader = PdfReader(BytesIO(pdf))
    assert 2 <= len(reader.pages) <= 4
    assert f"Page 2 of {len(reader.pages)}" in " ".join(reader.pages[1].extract_text().split())
    memo = words_of(pdf)
    for words in (
        number,
        QUILLHAVEN.legal_name,
        "Ines Varga",
        "Tomasz Reyk",
        "Rookhope CPA Group",
        CONDITION,
        hashlib.sha256(journey.paper.content).hexdigest()[:16],
        wording.longday(journey.counts_until),
    ):
        assert squeezed(words) in squeezed(memo), f"{words!r} is not in the memo"
    (attached,) = [each for files in reader.attachments.values() for each in files]
    assert hashlib.sha256(attached).hexdigest() == content_sha256
    content = json.loads(attached)
    assert content["vendor"]["name"] == QUILLHAVEN.vendor
    assert content["decision"]["by"]["name"] == "Tomasz Reyk"


def the_requester_may_send_data(journey: Journey) -> None:
    adaeze = journey.adaeze
    letter = journey.house.letter_to(journey.cast.requester.email, "Approved with 1 condition")
    adaeze.follow(letter, "/memos/")
    adaeze.look("memo-requester")
    adaeze.go("/")
    adaeze.reads(wording.day(journey.counts_until), "Approved with conditions")
    adaeze.look("today-requester")
    adaeze.page.get_by_role("link", name=f"{QUILLHAVEN.vendor}: {QUILLHAVEN.title}").click()
    adaeze.reads("Personal", wording.day(journey.counts_until))
    adaeze.look("review-decided-requester")


def the_vendor_sees_who_opened_its_report(journey: Journey) -> None:
    jonah = journey.jonah
    jonah.go("/portal/")
    jonah.heading("Nothing to do now")
    jonah.reads("Who opened your report", "Ines Varga")
    jonah.look("portal-custody")


def reminders_leave_in_the_year_that_follows(journey: Journey) -> None:
    house, ends = journey.house, journey.counts_until
    requester = journey.cast.requester.email
    plan = (
        (-90, requester, "the approval ends on"),
        (-60, JONAH, "when your next SOC 2 Type II report comes"),
        (-14, JONAH, "Your SOC 2 report counts here until"),
        (0, requester, "the approval ends today"),
    )
    for days, address, subject in plan:
        on = plus_days(ends, days)
        assert not house.letters_to(address, subject)
        printed = house.manage("send_due", "--on", on.isoformat())
        assert address in printed, printed
        letter = house.letter_to(address, subject)
        assert wording.longday(ends) in str(letter.message["Subject"]) + letter.text
        assert len(house.letters_to(address, subject)) == 1
    assert house.manage("send_due", "--on", ends.isoformat()).startswith("Nothing is due")


def everything_stands_in_the_ledger(journey: Journey) -> None:
    ines = journey.ines
    ines.go("/vendors/")
    ines.look("vendors")
    ines.press(QUILLHAVEN.vendor)
    ines.look("vendor")
    for tab in ("Reports", "NDA", "Reviews", "Contacts", "Reminders", "Custody", "Ledger"):
        ines.page.locator(".tabs a").filter(has_text=tab).click()
        ines.look(f"vendor-{tab.lower()}")
    sentences = ines.page.locator(".agenda.dated").first.inner_text()
    for who in ("Adaeze Lind", "Ines Varga", QUILLHAVEN.contact, "Tomasz Reyk"):
        assert who in sentences
    assert f"MEMO-{journey.today.year}-0001" in sentences
    journey.house.manage("verify_ledger")
    journey.house.manage("verify_vault")


def all_of_it_fits_a_phone(journey: Journey) -> None:
    """The main pages once more, on a screen of 390 pixels."""
    for person, pages in (
        (journey.adaeze, ("today-requester", "ask-for-a-review", "review-decided-requester", "memo-requester")),
        (journey.ines, ("vendors", "vendor", "vendor-ledger", "facts-accepted", "request-a-report", "review-judged")),
        (journey.tomasz, ("today-approver", "memo")),
        (journey.jonah, ("portal-custody", "portal-nda-accepted", "portal-upload", "portal-receipt")),
    ):
        phone = person.on_a_phone()
        for name in pages:
            phone.go(person.seen[name])
            phone.fits(name)
        phone.leave()
