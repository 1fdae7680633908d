"""A questionnaire from sending to memo, by two contacts and a reviewer at their browsers: real servers, real mail.

Nothing is looked up in the database on the way: what people do next stands on their pages and in their mail.
"""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Locator, expect

from procurement.demo.cast import Cast
from procurement.demo.paper import paper_of
from procurement.demo.sample_report import SampleReport
from procurement.demo.seeding import QUILLHAVEN, the_last_period
from procurement.demo.story import Story, issue_nda_text
from tests.factories.contacts import make_contact, signed_in
from tests.factories.pictures import png_bytes
from tests.factories.questionnaires import published
from tests.factories.vault import pdf_bytes
from tests.factories.workbooks import filled_in, opened, questions_of
from tests.journeys.browser import DESK, PATIENCE_MS, PHONE, Seat, downloaded
from tests.journeys.house import House
from tests.journeys.papers import squeezed, until_there, words_of
from tests.journeys.ten_questions import TITLE, ten_questions
from vendors.calendar import clock
from vendors.calendar.days import plus_days
from vendors.contacts.models import Contact
from vendors.templatetags import wording

pytestmark = [pytest.mark.browser, pytest.mark.broker, pytest.mark.slow]

INTERNAL = "Their last vendor lost a backup too."
SAVED = re.compile(r"^Saved \d\d:\d\d$")
IN_TWO_WEEKS = 14


class Assessing:
    """Everybody's browser, the house they work in, and the day this happens."""

    def __init__(self, house: House, cast: Cast, review: str, seats: dict[str, Seat], dana: Contact) -> None:
        self.house, self.cast, self.review, self.dana_holt = house, cast, review, dana
        self.ines, self.tomasz, self.jonah, self.dana = (seats[name] for name in ("ines", "tomasz", "jonah", "dana"))
        self.today: date = clock.today()
        self.due = plus_days(self.today, IN_TWO_WEEKS)


@pytest.fixture
def assessing(sqlite_database, open_house, people, request) -> Assessing:
    """A review whose report is accepted and judged, a published questionnaire, and two contacts who came in before."""
    cast, yesterday = people(), plus_days(clock.today(), -1)
    issue_nda_text(cast, clock.now())
    published(ten_questions())
    house = open_house(sqlite_database)
    paper = paper_of(SampleReport(*the_last_period(clock.today(), months_ago=3)))
    story = Story(QUILLHAVEN, cast, told_at=clock.now())
    review = story.take(story.ask(yesterday), yesterday)
    pell = story.invite(review.vendor, yesterday)
    story.accept_nda(pell, yesterday)
    report = story.record_facts(review, story.send_report(pell, None, paper, yesterday), paper, yesterday)
    story.accept_report(review, report, yesterday)
    story.judge(review, paper, yesterday)
    holt = make_contact(review.vendor, "Dana Holt", title="Data platform")
    sessions = {name: cookie_of(contact) for name, contact in (("jonah", pell), ("dana", holt))}
    seat = request.getfixturevalue("seat")
    seats = {name: seat(house, viewport=PHONE if name == "jonah" else DESK) for name in ("ines", "tomasz", *sessions)}
    for name, value in sessions.items():
        seats[name].context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": house.address}])
    return Assessing(house, cast, review.get_absolute_url(), seats, holt)


def cookie_of(contact: Contact) -> str:
    return signed_in(contact).cookies[settings.SESSION_COOKIE_NAME].value


def test_two_contacts_answer_and_a_reviewer_reads_asks_again_and_accepts(assessing, tmp_path):
    the_reviewer_sends_it(assessing)
    the_contact_sees_what_is_asked_and_begins(assessing)
    the_contact_gives_a_section_to_a_colleague(assessing)
    the_colleague_answers_it_with_a_file(assessing, tmp_path)
    both_are_in_one_answer_at_once(assessing)
    the_rest_is_answered_in_a_workbook(assessing, tmp_path)
    it_is_handed_over_with_a_name(assessing, "has answered the questionnaire")
    the_reviewer_reads_by_keys(assessing)
    what_is_unclear_goes_back_in_one_mail(assessing)
    the_contact_answers_that_and_sees_nothing_internal(assessing)
    it_is_handed_over_with_a_name(assessing, "has answered what you sent back")
    the_reviewer_accepts_the_rest(assessing)
    it_leaves_as_a_workbook_and_as_a_document(assessing)
    the_approver_reads_it_in_the_memo(assessing)


def row(seat: Seat, ref: str) -> Locator:
    return seat.page.locator(f"#q-{ref.lower()}")


def is_saved(seat: Seat, ref: str) -> None:
    expect(row(seat, ref).locator("[data-said-at]")).to_have_text(SAVED, timeout=PATIENCE_MS)


def the_reviewer_sends_it(assessing: Assessing) -> None:
    ines = assessing.ines
    ines.sign_in(assessing.cast.reviewer.email)
    ines.go(assessing.review)
    ines.press("Send a questionnaire")
    for box in ines.page.locator('[name="versions"]:checked').all():
        box.uncheck()
    ines.page.get_by_label(TITLE).check()
    ines.choose("contact", QUILLHAVEN.contact)
    ines.fill({"due_on": assessing.due, "message": "We begin on the first of the month."})
    ines.look("whole-send")
    ines.press("Send")
    ines.reads("Jonah Pell gets a mail.", TITLE, "0 of 8 answered.")
    ines.look("whole-review")


def the_contact_sees_what_is_asked_and_begins(assessing: Assessing) -> None:
    jonah = assessing.jonah
    letter = assessing.house.letter_to(QUILLHAVEN.contact_email, "Please answer our 8 questions")
    assert wording.longday(assessing.due) in letter.text
    jonah.follow(letter, "/portal/questionnaires/")
    jonah.heading(TITLE)
    jonah.reads("0 of 8 answered", "We begin on the first of the month.")
    jonah.page.get_by_text("1 question is answered by your report").click()
    jonah.reads("Covered by SOC 2 Type II", "CC6.1", "Something is different")
    expect(row(jonah, "AC-1")).to_have_count(0)
    expect(row(jonah, "AC-2")).to_contain_text("notes an exception on CC6.2")
    expect(row(jonah, "DA-3")).to_be_hidden()
    jonah.look("whole-asked")
    row(jonah, "AC-2").get_by_label("Partial").check()
    row(jonah, "AC-2").get_by_label("Comment").fill("Late in two cases.")
    is_saved(jonah, "AC-2")
    row(jonah, "AC-3").get_by_label("A security key").check()
    is_saved(jonah, "AC-3")
    row(jonah, "DA-2").get_by_label("Yes", exact=True).check()
    expect(row(jonah, "DA-3")).to_be_visible()
    expect(jonah.page.locator("[data-progress]")).to_have_text("2 of 9 answered")


def the_contact_gives_a_section_to_a_colleague(assessing: Assessing) -> None:
    jonah = assessing.jonah
    jonah.page.get_by_role("button", name=re.compile(r"hand over\s*: Our data")).click()
    jonah.choose("contact", "Dana Holt")
    jonah.fill({"due_on": plus_days(assessing.today, 3)})
    jonah.look("whole-give")
    jonah.press("Give the section")
    jonah.reads("Dana Holt answers “Our data”.")


def the_colleague_answers_it_with_a_file(assessing: Assessing, folder: Path) -> None:
    dana = assessing.dana
    letter = assessing.house.letter_to(assessing.dana_holt.user.email, "Jonah Pell asks you to answer: Our data")
    dana.follow(letter, "/portal/questionnaires/")
    dana.go("/portal/")
    dana.reads("Answer 4 questions that Jonah Pell gave you")
    dana.look("whole-colleague-home")
    dana.follow(letter, "/portal/questionnaires/")
    dana.reads("Show everything")
    expect(row(dana, "AC-2")).to_have_count(0)
    row(dana, "DA-1").get_by_label("Countries").fill("Germany, Ireland")
    is_saved(dana, "DA-1")
    row(dana, "DA-2").get_by_label("No", exact=True).check()
    expect(row(dana, "DA-3")).to_be_hidden()
    is_saved(dana, "DA-2")
    row(dana, "DA-4").get_by_label("Yes", exact=True).check()
    row(dana, "DA-4").get_by_label("Who owns the rule").fill("The data office")
    is_saved(dana, "DA-4")
    dana.look("whole-mine")
    row(dana, "DA-4").get_by_role("button", name="Attach a file").click()
    rule = folder / "Retention rule.pdf"
    rule.write_bytes(pdf_bytes())
    dana.page.locator("input[type=file]").set_input_files(rule)
    dana.look("whole-attach")
    dana.press("Send file")
    dana.page.wait_for_url(re.compile(r"/portal/questionnaires/\d+/(\?mine=1)?#q-da-4$"))
    expect(row(dana, "DA-4")).to_contain_text("Retention rule.pdf")
    a_screenshot_goes_with_it(dana, folder)


def a_screenshot_goes_with_it(dana: Seat, folder: Path) -> None:
    row(dana, "DA-4").get_by_role("button", name=re.compile(r"^Files\b")).click()
    wrong, screenshot = folder / "rule.txt", folder / "Rule on screen.png"
    wrong.write_text("The rule.")
    screenshot.write_bytes(png_bytes())
    dana.page.locator("input[type=file]").set_input_files(wrong)
    dana.reads("This is not a PDF, PNG or JPEG.")
    dana.page.locator("input[type=file]").set_input_files(screenshot)
    dana.press("Send file")
    dana.page.wait_for_url(re.compile(r"/portal/questionnaires/\d+/(\?mine=1)?#q-da-4$"))
    expect(row(dana, "DA-4")).to_contain_text("Rule on screen.png")


def both_are_in_one_answer_at_once(assessing: Assessing) -> None:
    """Dana has the page open with Jonah's comment as it was; Jonah writes on, then she does."""
    jonah, dana = assessing.jonah, assessing.dana
    row(jonah, "AC-2").get_by_label("Comment").fill("Late in two cases of 25.")
    is_saved(jonah, "AC-2")
    row(dana, "AC-2").get_by_label("Comment").fill("The step is automatic since May.")
    expect(row(dana, "AC-2").locator(".notice")).to_contain_text("Jonah Pell changed this answer at")
    dana.complaints.clear()  # the browser's own line about the status that says so
    dana.look("whole-clash")
    dana.page.get_by_role("button", name="Put both together").click()
    both = row(dana, "AC-2").get_by_label("Comment")
    expect(both).to_have_value(re.compile(r"Late in two cases of 25\.\s+The step is automatic since May\."))
    both.press("End")
    both.press_sequentially(" ")
    is_saved(dana, "AC-2")


def the_rest_is_answered_in_a_workbook(assessing: Assessing, folder: Path) -> None:
    jonah = assessing.jonah
    jonah.page.reload()
    jonah.press("Answer offline, in a workbook")
    jonah.look("whole-offline")
    blank = jonah.download("Download the workbook")
    assert set(questions_of(opened(blank))) == {"AC-2", "AC-3", "DA-1", "DA-2", "DA-4", "CO-1", "CO-2", "CO-3"}
    call = "Name: Rosa Quint\nE-mail: rosa@quillhaven.example\nPhone: +49 30 1234"
    file = folder / "answers.xlsx"
    last_month = plus_days(assessing.today, -30)
    file.write_bytes(filled_in(blank, {"CO-1": "four", "CO-2": last_month, "CO-3": call}))
    jonah.page.locator("input[type=file]").set_input_files(file)
    jonah.press("Look at it")
    jonah.heading("What the file would change")
    jonah.reads("1 answer cannot be read", "four", "Rosa Quint")
    jonah.look("whole-dry-run")
    file.write_bytes(filled_in(blank, {"CO-1": 4, "CO-2": last_month, "CO-3": call}))
    jonah.page.locator(".crumbs a").last.click()
    jonah.page.locator("input[type=file]").set_input_files(file)
    jonah.press("Look at it")
    jonah.press("Take the answers in")
    jonah.reads("3 answers came from answers.xlsx.")
    jonah.look("whole-taken-in")
    jonah.press("Back to the questions")


def it_is_handed_over_with_a_name(assessing: Assessing, subject: str) -> None:
    jonah, house = assessing.jonah, assessing.house
    jonah.press("Check and submit")
    jonah.fill({"signer_name": "Jonah Pell", "signer_title": "Security lead", "states": True})
    jonah.look("whole-submit")
    jonah.press("Submit the answers")
    jonah.reads("Thank you. Your answers are with us now.")
    assessing.ines.follow(house.letter_to(assessing.cast.reviewer.email, subject), "/reviews/")


def the_reviewer_reads_by_keys(assessing: Assessing) -> None:
    ines = assessing.ines
    ines.reads("Late in two cases of 25.", "The step is automatic since May.", "Retention rule.pdf", "The data office")
    ines.look("whole-read")
    keys = ines.page.keyboard
    keys.press("j")
    expect(row(ines, "AC-2")).to_be_focused()
    keys.press("f")
    ines.heading("Raise a finding")
    ines.fill({"severity": "medium", "due_on": plus_days(assessing.today, 30)})
    ines.choose("owner", "Adaeze Lind")
    ines.look("whole-flag")
    ines.press("Raise the finding")
    expect(row(ines, "AC-2")).to_contain_text("Medium")
    expect(row(ines, "AC-2")).to_be_focused()
    keys.press("a")
    expect(row(ines, "AC-2")).to_contain_text("Accepted")
    expect(row(ines, "AC-3")).to_be_focused()
    for ref in ("AC-3", "DA-1", "DA-2", "DA-4"):
        expect(row(ines, ref)).to_be_focused()
        keys.press("a")
        expect(row(ines, ref)).to_contain_text("Accepted")
    expect(row(ines, "CO-1")).to_be_focused()
    keys.press("c")
    keys.type(INTERNAL)
    row(ines, "CO-1").get_by_role("button", name="Keep it internal").click()
    expect(row(ines, "CO-1")).to_contain_text("Internal")
    expect(row(ines, "CO-1")).to_be_focused()
    keys.press("q")
    keys.type("Four hours for all of it, or for one customer?")
    row(ines, "CO-1").locator("[data-ask] button").click()
    expect(row(ines, "CO-1")).to_contain_text("Will be sent back")
    ines.look("whole-judged")


def what_is_unclear_goes_back_in_one_mail(assessing: Assessing) -> None:
    ines = assessing.ines
    ines.press("Send back (1 question)")
    ines.fill({"due_on": plus_days(assessing.today, 7)})
    ines.look("whole-send-back")
    ines.press("Send the mail")
    letter = assessing.house.letter_to(QUILLHAVEN.contact_email, "One of your answers needs another look")
    assert "Four hours for all of it, or for one customer?" in letter.text
    assert INTERNAL not in letter.text + letter.html
    assert len(assessing.house.letters_to(QUILLHAVEN.contact_email, "needs another look")) == 1
    assessing.jonah.follow(letter, "/portal/questionnaires/")


def the_contact_answers_that_and_sees_nothing_internal(assessing: Assessing) -> None:
    jonah = assessing.jonah
    jonah.reads("One answer needs another look.", "Four hours for all of it, or for one customer?")
    assert INTERNAL not in jonah.page.content()
    expect(row(jonah, "AC-2").get_by_role("radio")).to_have_count(0)
    jonah.look("whole-asked-again")
    row(jonah, "CO-1").get_by_label("Answer in hours").fill("8")
    row(jonah, "CO-1").get_by_text("Add a comment").click()
    row(jonah, "CO-1").get_by_label("Comment").fill("One customer in four, all of them in eight.")
    is_saved(jonah, "CO-1")


def the_reviewer_accepts_the_rest(assessing: Assessing) -> None:
    ines = assessing.ines
    expect(row(ines, "CO-1")).to_contain_text("One customer in four, all of them in eight.")
    expect(row(ines, "CO-1")).to_contain_text("Before:")
    for ref in ("CO-1", "CO-2", "CO-3"):
        row(ines, ref).focus()
        row(ines, ref).get_by_role("button", name="Accept").click()
        expect(row(ines, ref)).to_contain_text("Accepted")
    ines.press("Complete")
    ines.reads("8 of 8 answers accepted.")
    ines.press(f"{TITLE}, version 1")
    ines.look("whole-complete")


def it_leaves_as_a_workbook_and_as_a_document(assessing: Assessing) -> None:
    ines = assessing.ines
    sheets = opened(exported(ines, "Workbook (XLSX)")).worksheets
    cells = " ".join(str(cell) for sheet in sheets for line in sheet.values for cell in line)
    words = words_of(exported(ines, "Document (PDF)"))
    assert "The data office" in cells
    for said in ("One customer in four", "Retention rule.pdf", "Ines Varga"):
        assert said in cells
        assert squeezed(said) in squeezed(words)
    assessing.jonah.go(assessing.jonah.seen["whole-asked"])
    own = words_of(exported(assessing.jonah, "Document (PDF)"))
    assert squeezed("One customer in four") in squeezed(own)
    assert squeezed(INTERNAL) not in squeezed(own)


def exported(seat: Seat, label: str) -> bytes:
    """The file behind this line of the menu."""
    menu = seat.page.locator("main details[data-menu]").filter(has_text="Export")
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    with seat.page.expect_download() as coming:
        seat.page.get_by_role("link", name=label).click()
    return downloaded(coming.value)


def the_approver_reads_it_in_the_memo(assessing: Assessing) -> None:
    ines, tomasz, approver = assessing.ines, assessing.tomasz, assessing.cast.approver
    ines.go(assessing.review)
    ines.press("Draft the decision")
    ines.fill({"summary": QUILLHAVEN.summary, "residual_risk": "low", "residual_note": QUILLHAVEN.residual_note})
    ines.press("Keep the draft")
    ines.press("Ask for approval")
    ines.choose("approver", approver.name)
    ines.press("Put it before this approver")
    tomasz.follow(assessing.house.letter_to(approver.email, "waits for your decision"), "/reviews/")
    tomasz.sign_in(approver.email)
    tomasz.page.wait_for_url("**/reauthenticate/**")
    tomasz.prove_password()
    tomasz.reads(TITLE, "One customer in four, all of them in eight.", "Late in two cases of 25.")
    tomasz.look("whole-decide")
    tomasz.page.get_by_label("Approve", exact=True).check()
    tomasz.press("Countersign")
    tomasz.heading(f"MEMO-{assessing.today.year}-0001")
    until_there(tomasz, "Download the PDF")
    memo = squeezed(words_of(tomasz.download("Download the PDF")))
    assert squeezed("One customer in four, all of them in eight.") in memo
    assert squeezed(INTERNAL) not in memo
