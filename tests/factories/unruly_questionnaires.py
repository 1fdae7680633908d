"""Questionnaires as people make them who have no import in mind, in our own words. Each function returns bytes."""

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from tests.factories.questionnaire_files import Cells, drop_down, fill, saved, separated, workbook


def form_export(*answered: Cells) -> bytes:
    """What a form service writes: the questions side by side, each set of answers in a row below."""
    heads = [
        "Timestamp", "Email Address", "Company name", "Do you hold a current SOC 2 report?",
        "Which of these do you encrypt? [Data at rest]", "How do you back up, and how often?",
    ]  # fmt: skip
    return separated([heads, *answered])


ONE_ANSWERED = ["2026/03/02 9:14", "a@vendor.example", "Vendor Inc.", "Yes", "No", "Every day, kept for a month."]


def boxes_in_cells() -> bytes:
    """A table out of a word processor: titles over three columns, numbers in the texts, boxes to tick."""
    book = Workbook()
    sheet = book.active
    fill(
        sheet,
        [
            ["Annex 3 to the agreement"],
            ["1. Organisation"],
            ["1.1  Please confirm that all staff sign a promise of secrecy.", "☐ Yes  ☐ No"],
            ["1.2  Who looks after security?", None],
            ["2. Technology"],
            ["2.1  Is all customer data encrypted at rest?", "☒ Yes  ☐ No", "AES-256"],
            ["2.2  Who holds the keys?", None, "See 2.1"],
            ["2.3  Do you test your firewalls?", "[ ] Yes  [x] No  [ ] N/A"],
        ],
    )
    for row in (2, 5):
        sheet.merge_cells(f"A{row}:C{row}")
    return saved(book)


def boxes_in_columns(empty: str | bool = "☐", mark: str | bool = "X") -> bytes:
    """A column for each answer; a box that nobody ticked stands in most of them."""
    rows: list[Cells] = [["Tick one box a line"], [], ["N.", "Statement", "Yes", "No", "N/A"]]
    ticked = {1: 0, 2: 1, 4: 0}
    for number in range(1, 7):
        if number in (1, 4):
            rows.append(["Premises" if number == 1 else "People"])
        marks = [mark if ticked.get(number) == place else empty for place in range(3)]
        rows.append([number, f"Visitors are met and led, case {number}", *marks])
    return workbook({"Checklist": rows})


def two_tables() -> bytes:
    """The same heads twice in one row, each with a title above."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Quick check"
    heads = ["No", "Question", "Answer", "Remark"]
    fill(sheet, [["Networks", *[None] * 4, "Privacy"], [*heads, None, *heads]])
    left = ["Do you log?", "Do you patch?", "Do you scan?", "Do you test?"]
    right = ["Do you train?", "Do you delete?", "Do you tell?"]
    for number, text in enumerate(left, start=1):
        beside = [number, right[number - 1]] if number <= len(right) else []
        sheet.append([number, text, None, None, None, *beside])
    drop_down(sheet, '"Y,N"', "C3:C6")
    drop_down(sheet, '"Y,N"', "H3:H5")
    return saved(book)


def numbers_in_columns() -> bytes:
    """1 | 1.1 | a: a column for each level of the numbers."""
    return workbook(
        {
            "Due diligence": [
                ["Section", "Question", "Sub", "Description", "Response"],
                [1, None, None, "Continuity"],
                [None, 1.1, None, "Do you have a plan for when the office burns?"],
                [None, None, "(a)", "How often is it tested?"],
                [None, None, "(b)", "Who tests it?"],
                [2, None, None, "People"],
                [None, 2.1, None, "Do you look at references?"],
                [None, None, "a", "How many?"],
                [None, 2.2, None, "Do people sign a code of conduct?"],
            ]
        }
    )


def question_over_rows() -> bytes:
    """A question merged over the rows of what it is asked about."""
    book = Workbook()
    sheet = book.active
    fill(
        sheet,
        [
            ["ID", "Topic", "Question", "Aspect", "Vendor reply"],
            ["R1", "Keys", "How is data encrypted?", "At rest"],
            [None, None, None, "In transit"],
            ["R2", "Keys", "Who holds the keys?"],
            ["R3", "Logs", "Which logs are kept, and how long?", "Application"],
            [None, None, None, "Network"],
        ],
    )
    for column in "ABC":
        sheet.merge_cells(f"{column}2:{column}3")
        sheet.merge_cells(f"{column}5:{column}6")
    return saved(book)


def ratings(*, head: str = "Self-rating (1-5)", checked: bool = True) -> bytes:
    """A rating of each practice; the cells take whole numbers from 1 to 5, or the head says so."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Ref", "Capability", "Weight", head, "Why?"])
    for number in range(1, 6):
        sheet.append([f"ID.{number}", f"We know who may see record {number}", 10, number if number < 3 else None])
    if checked:
        rule = DataValidation(type="whole", operator="between", formula1="1", formula2="5")
        sheet.add_data_validation(rule)
        rule.add("D2:D6")
    return saved(book)


def bare_list() -> bytes:
    """No heads: questions, what was answered beside them, a remark beside that."""
    return workbook(
        {
            "Sheet1": [
                ["Do you have a plan for incidents?", "Yes", "Tested in May"],
                ["Where is our data?", "Frankfurt"],
                ["When was the last test?", "2026-02-10", "By others"],
                ["Do you carry insurance?"],
            ]
        }
    )


def notes_on_cells() -> bytes:
    """Help as a note on the question's cell, a remark as a note on the answer's, one of them out of a talk."""
    book = Workbook()
    sheet = book.active
    fill(sheet, [["Question", "Answer", "Comment"], ["Do you test?", "Yes", "Twice"], ["Do you log?", "No"], ["Why?"]])
    sheet["A2"].comment = Comment("Ann Buyer:\nAny test will do.", "Ann Buyer")
    sheet["B2"].comment = Comment("In May.", "V")
    sheet["B3"].comment = Comment("[Threaded comment]\n\nYour version shows it.\n\nComment:\n    Next year.", "V")
    sheet["B4"].comment = Comment("V:\n", "V")
    return saved(book)


def facts_and_questions() -> bytes:
    """A sheet of facts about the company beside the sheet of controls, which has a column of sections."""
    return workbook(
        {
            "Vendor profile": [
                ["No.", "Item", "Vendor input"],
                ["A1", "Legal name of the company"],
                ["A2", "Registered address of the company"],
            ],
            "Controls": [
                ["ID", "Domain", "Control question", "Response", "Comments"],
                ["C1", "Access", "Is access reviewed every year?"],
                ["C2", "Access", "Is access removed when people leave?"],
                ["C3", "Backup", "Are backups tested?"],
            ],
        }
    )


def mixed_answers() -> bytes:
    """The head names the answers, but one row asks for words."""
    return separated(
        [
            ["Réf.", "Thème", "Exigence", "Réponse (Oui / Non / Sans objet)", "Justification"],
            ["G-1", "Gouvernance", "Une politique est-elle écrite ?", "Oui", "Depuis 2019"],
            ["G-2", "Gouvernance", "Décrivez l'organisation de la sécurité.", "", ""],
            ["E-1", "Exploitation", "Les sauvegardes sont-elles testées ?", "s.o.", ""],
        ],
        "cp1252",
        ";",
    )


FOREIGN_JSON = """{"name": "Intake", "sections": [
  {"title": "Company", "items": [{"id": "c1", "label": "What is your company called?", "type": "text"}]},
  {"title": "Data", "fields": [
    {"id": "d1", "label": "Do you hold a report?", "type": "radio", "options": ["Type I", "Type II"]},
    {"id": "d2", "label": "When was the last test?", "type": "date"}]}]}"""
