"""Questionnaires in the shapes that buyers bring, in our own words. Each function returns a file's bytes."""

from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from tests.factories.questionnaire_files import (
    SUBJECTS,
    THEMES,
    Cells,
    band,
    drop_down,
    fill,
    legacy,
    question,
    saved,
    separated,
    statement,
    workbook,
)


def maturity_interview(*, answers: bool = True) -> bytes:
    """Heads repeated for every practice, which they name; ids as formulas without a result; rows of guidance."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Interview"
    fill(
        sheet, [["Maturity interview"], [], ["Instructions"], ["Ask one person at a time."], [], ["Organisation:"], []]
    )
    number = 0
    for group in range(4):
        band(sheet, f"Function {group + 1}", 6)
        for theme in THEMES[group * 3 : group * 3 + 3]:
            sheet.append([None, theme + " practice", None, "Answer", "Interview Notes", "Rating"])
            for step in range(1, 4):
                number += 1
                ref = f'=CONCATENATE("{theme[:2].upper()}","{step}")' if step > 1 else f"{theme[:2].upper()}{step}"
                sheet.append([ref, question(number, theme), None, "Yes" if answers and number % 2 else None])
                drop_down(sheet, '"Yes,No,Partly"', f"D{sheet.max_row}")
                sheet.append([None, "Guidance: a list with dates and names is enough, kept for a year at least"])
            sheet.append([])
    fill(book.create_sheet("Scorecard"), [["Practice", "Score"], *([theme, 1.5] for theme in THEMES[:12])])
    return saved(book)


def assertions(*, make: Any = legacy) -> bytes:
    """A sheet for each of four functions; below each question a row that begins with "Assertion:"."""
    sheets: dict[str, list[Cells]] = {}
    number = 0
    for group in range(4):
        rows: list[Cells] = [[f"Function {group + 1} interview"], []]
        for theme in THEMES[group * 3 : group * 3 + 3]:
            rows.append([f"{theme} practice", None, "Yes/No", "Notes"])
            for step in range(1, 5):
                number += 1
                rows.append([f"{theme[:2].upper()} {step}", question(number, theme), None, None])
                rows.append([None, "Assertion: " + statement(number, theme)])
            rows.append([])
        sheets[f"Function {group + 1}"] = rows
    return make({"Cover": [["Interview"], ["Print and fill in by hand."]], **sheets, "Scores": [["Practice", "Score"]]})


def assertions_on_one_sheet() -> bytes:
    """The same on one sheet, where the practice stands in a row of its own and guidance has no id."""
    rows: list[Cells] = [["Interview"], [], ["Activity", "Question", "Answer (Yes/No)", "Comments"]]
    number = 0
    for theme in THEMES[:12]:
        rows.append([theme + " practice"])
        for step in range(1, 4):
            number += 1
            rows.append([f"{theme[:2].upper()}{step}", question(number, theme), "Yes", "seen"])
            rows.append([None, "Assertion: " + statement(number, theme)])
    return legacy({"Interview": rows})


POLISH_LEVELS = ("Poziom 1", "Poziom 2", "Poziom 3")


def two_row_headers(*, merged: bool = True, title_in_head: bool = True) -> bytes:
    """Polish; heads of two rows that are repeated for every section."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Weryfikacja"
    sheet.append(["Standard weryfikacji aplikacji"])
    number = 0
    for place, theme in enumerate(THEMES[:13], start=1):
        title = f"V{place}. Wymagania: {theme}"
        if title_in_head:
            sheet.append(["Nr", title, "Poziom", None, None])
        else:
            sheet.append([title])
            if merged:
                sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=5)
            sheet.append(["Nr", "Opis wymagania", "Poziom", None, None])
        top = sheet.max_row
        sheet.append([None, None, 1, 2, 3])
        if merged:
            sheet.merge_cells(start_row=top, end_row=top, start_column=3, end_column=5)
            sheet.merge_cells(start_row=top, end_row=top + 1, start_column=1, end_column=1)
            sheet.merge_cells(start_row=top, end_row=top + 1, start_column=2, end_column=2)
        for step in range(1, 5):
            number += 1
            text = f"Sprawdź, że {theme.lower()} podlega przeglądowi co pół roku, przypadek {number}."
            sheet.append([f"{place}.{step}", text, None, "x" if step % 2 else None, "x"])
    return saved(book)


def criteria_per_sheet(*, band_titles: str = "long", count: int = 12) -> bytes:
    """Sheets alike; on each the heads come again for every criterion, with a row that names the criterion."""
    book = Workbook()
    intro = book.active
    intro.title = "Introduction"
    fill(intro, [["Process checks"], ["Fill in the columns on the right."], ["Company name:", None]])
    number = 0
    heads = ["S/N", "Process", "Evidence type", "Completed (Yes/No/Not Applicable)", "Elaboration"]
    for place, theme in enumerate(THEMES[:count], start=1):
        sheet = book.create_sheet(f"{place}. {theme}")
        sheet.append([theme])
        sheet.append([f"Principle: people can see how {theme.lower()} is dealt with."])
        for criterion in range(1, 4):
            name = f"Criterion {place}.{criterion}"
            if band_titles == "long":
                name = (
                    f"{place}.{criterion} Show that {theme.lower()} is looked after by people who know how, and told."
                )
            if band_titles:
                band(sheet, name, 5)
            sheet.append(heads)
            for step in range(1, 3 if criterion > 1 else 4):
                number += 1
                row = [
                    f"{place}.{criterion}.{step}",
                    statement(number, theme),
                    "Internal documentation (e.g. a policy)",
                    "Yes" if number % 2 else None,
                    "See the wiki." if number % 2 else None,
                ]
                sheet.append(row)
                drop_down(sheet, '"Yes,No,Not Applicable"', f"D{sheet.max_row}")
            sheet.append([])
    return saved(book)


def deep_hierarchy() -> bytes:
    """Depth and mark columns, five levels, names of answer lists; titles in a second language."""
    heads = ["assessable", "depth", "ref_id", "name", "description", "questions", "answer", "questions[fr]"]
    rows: list[Cells] = [heads]
    number = 0
    for place, theme in enumerate(THEMES[:8], start=1):
        rows.append([None, 1, f"{place}", theme])
        rows.append([None, 2, f"{place}.1", f"{theme} rules", "Skip the rest when you do not host."])
        for step in range(1, 6):
            number += 1
            rows.append(
                ["x", 3, f"{place}.1.{step}", None, None, question(number, theme), "YNA" if step % 2 else "TEXT", "?"]
            )
            rows.append([None, 4, f"{place}.1.{step}.a", "Details"])
            rows.append(["x", 5, f"{place}.1.{step}.a.1", None, None, statement(number, theme), "TEXT", "?"])
    lists = [
        ["id", "question_type", "question_choices"],
        ["YNA", "unique_choice", "Yes\nNo\nAlternate\nN/A"],
        ["TEXT", "text", None],
    ]
    meta = [["type", "library"], ["name", "Supply chain set"], ["description", "A set for tests."], ["locale", "en"]]
    return workbook({"library_meta": meta, "reqs_content": rows, "answers_content": lists})


def spanish(*, style: str = "bands") -> bytes:
    """Spanish; Sí, No, Parcial, N/A; long texts of several lines; one question answered in words."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Cuestionario"
    fill(sheet, [["CUESTIONARIO DE SEGURIDAD"], ["Proveedor:"], ["Fecha:"], []])
    column = style == "column"
    sheet.append([*(["Dominio"] if column else []), "Nº", "Pregunta", "Respuesta", "Observaciones"])
    number = 0
    for place, theme in enumerate(THEMES[:14], start=1):
        if not column:
            band(sheet, f"{place}. {theme} del proveedor", 4)
        for step in range(1, 6):
            number += 1
            text = f"¿Se revisa {theme.lower()} cada año (caso {number})?\n- quién lo revisa\n- cuándo se revisó"
            sheet.append([*([theme if step == 1 else None] if column else []), f"{place}.{step}", text, None])
            if number > 1:
                drop_down(sheet, '"Sí,No,Parcial,N/A"', f"{'D' if column else 'C'}{sheet.max_row}")
    return saved(book)


def control_assessment(*, answered: bool = True) -> bytes:
    """The shape of a CAIQ that a vendor sent back: group heads above heads, answers in many spellings, rows hidden."""
    book = Workbook()
    intro = book.active
    intro.title = "Introduction"
    fill(intro, [["Assessment"], ["1. Fill column C."], ["Question 2: is this a question? It is not."]])
    sheet = book.create_sheet("Assessment v4")
    sheet.append(["ASSESSMENT QUESTIONNAIRE v4"])
    sheet.append(["Question", None, "Provider response", None, None, None, "Control reference"])
    for area in ("A2:B2", "C2:F2", "G2:H2"):
        sheet.merge_cells(area)
    heads = ["Question ID", "Question", "Provider Answer", "Control\nOwnership", "Provider Implementation\n(Optional)"]
    sheet.append([*heads, "Customer Responsibilities\n(Optional)", "Control ID", "Control Specification"])
    spellings = ("yes", "YES ", "No", "NA", "n/a", "Y", "Yes", "nope")
    number = 0
    for theme in THEMES[:17]:
        band(sheet, f"{theme} & Assurance", 8)
        for step in range(1, 7):
            number += 1
            answer = spellings[number % len(spellings)] if answered else None
            note = f"Our {theme.lower()} team answers." if answered and step % 2 else None
            ref = f"{theme[:3].upper()}-{(step + 1) // 2:02}.{step}"
            control = ref[:6] if step % 2 else None
            sheet.append(
                [ref, question(number, theme), answer, "Provider-owned", note, None, control, control and "A control."]
            )
            drop_down(sheet, '"Yes,No,NA"', f"C{sheet.max_row}")
            drop_down(sheet, "Lists!$A$1:$A$3", f"D{sheet.max_row}")
    fill(sheet, [[], ["End of Questionnaire"], ["© an example"]])
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["H"].hidden = True
    lists = book.create_sheet("Lists")
    fill(lists, [["Provider-owned"], ["Customer-owned"], ["Shared"]])
    lists.sheet_state = "hidden"
    return saved(book)


def domain_sheets(*, per_sheet: int = 40, sheets: int = 21, bands: bool = False) -> bytes:
    """A sheet for each domain, numbers like A.1.2, instructions before and a glossary behind."""
    book = Workbook()
    start = book.active
    start.title = "Instructions"
    fill(start, [["How to fill this in"], ["Answer every question."], ["Use the drop-downs."]])
    fill(book.create_sheet("Dashboard"), [["Domain", "Answered", "Open"], *([theme, 0, per_sheet] for theme in THEMES)])
    number = 0
    for place in range(sheets):
        theme, letter = THEMES[place % len(THEMES)], chr(65 + place)
        sheet = book.create_sheet(f"{letter}. {theme}")
        fill(
            sheet, [[f"{letter}. {theme}"], [], ["Ques Num", "Question/Request", "Response", "Additional Information"]]
        )
        for step in range(1, per_sheet + 1):
            if bands and step % 10 == 1:
                sheet.append([f"{letter}.{(step + 9) // 10}", f"{theme} part {(step + 9) // 10}"])
            number += 1
            sheet.append([f"{letter}.{(step + 9) // 10}.{(step - 1) % 10 + 1}", question(number, theme)])
            drop_down(sheet, '"Yes,No,N/A"', f"C{sheet.max_row}")
    fill(
        book.create_sheet("Glossary"),
        [["Term", "Definition"], ["Asset", "Anything that is worth protecting from harm or loss."]],
    )
    return saved(book)


def in_language(heads: Cells, ask: str, answer: str, theme: str) -> list[Cells]:
    """Three sections of five questions: id, section, question, answer."""
    return [heads, *([f"{at}.{step}", f"{theme} {at}", ask, answer] for at in range(1, 4) for step in range(1, 6))]


def verification_list(theme: str, text: str) -> list[Cells]:
    """Chapters and sections in columns, levels as marks; one id stands twice."""
    heads = ["chapter_id", "chapter_name", "section_id", "section_name", "req_id", "req_description", "level1", "cwe"]
    rows: list[Cells] = [heads]
    for at in range(1, 15):
        for step in range(1, 6):
            ref = f"V{at}.1.{step if (at, step) != (3, 2) else 1}"
            rows.append([f"V{at}", f"{theme} {at}", f"V{at}.1", theme, ref, text.format(step), "x", "1053"])
    return rows


def list_beside() -> bytes:
    """Two columns that number the rows; the answers to choose from stand in a column far right."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Req", "#", "Category", "Detail", "Level 1", "Since", "Verified", *[None] * 10, "Answers"])
    number = 0
    for at in range(1, 9):
        for step in range(1, 8):
            number += 1
            listed = ("Yes", "No", "N/A")[number - 1] if number < 4 else None
            row = [
                number,
                f"{at}.{step}",
                f"V{at}. {THEMES[at]}",
                statement(number),
                "x",
                "1.0",
                None,
                *[None] * 10,
                listed,
            ]
            sheet.append(row)
    drop_down(sheet, "$R$2:$R$4", "G2:G57")
    moved = book.create_sheet("Where is...")
    fill(moved, [["Original", "Description", "Status", "Removed", "Reason"]])
    fill(moved, [[f"9.{step}", statement(step + 100), "Moved", "2.0", "Moved elsewhere"] for step in range(1, 20)])
    return saved(book)


def bold_titles() -> bytes:
    """No ids, no drop-downs; titles are bold."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Question", "Response", "Notes"])
    number = 0
    for theme in THEMES[:4]:
        sheet.append([theme])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for _ in range(5):
            number += 1
            sheet.append([question(number, theme)])
    return saved(book)


def short_items() -> bytes:
    """Short items that look like titles; the titles are in capitals."""
    rows: list[Cells] = [["Item", "Yes/No", "Notes"]]
    for theme in THEMES[:4]:
        rows += [[theme.upper()], *([f"{subject} kept for {theme}"] for subject in SUBJECTS[:5])]
    return workbook({"Checklist": rows})


def gates() -> bytes:
    """Seven sheets of sections whose heads name them; the first sheet explains."""
    book = Workbook()
    fill(book.active, [["Toolkit"], ["Read this first."]])
    book.active.title = "START HERE"
    number = 0
    for at, name in enumerate(("Organization", "Product", "Hosting", "Access", "Case-Specific", "AI", "Privacy")):
        sheet = book.create_sheet(name)
        fill(sheet, [[f"Part {at}"], ["Fill in the yellow cells."]])
        for theme in THEMES[at * 3 : at * 3 + 3]:
            sheet.append([f"{theme} information", None, "Answer", "Additional Information", "Guidance"])
            for step in range(1, 7):
                number += 1
                sheet.append(
                    [f"{theme[:4].upper()}-{step:02}", question(number, theme), None, None, "If yes, since when?"]
                )
                drop_down(sheet, '"Yes,No"', f"C{sheet.max_row}")
    fill(book.create_sheet("Analyst Report"), [["ID", "Score"], ["ACCE-01", 10]])
    return saved(book)


def merged_section_column(*, head: str | None = "Area", merged: bool = True) -> bytes:
    """The section in a column that is merged downwards, or written on every row under no head at all."""
    book = Workbook()
    sheet = book.active
    sheet.append([head, "No", "Control question", "Reply"])
    number = 0
    for theme in THEMES[:5]:
        top = sheet.max_row + 1
        for step in range(4):
            number += 1
            sheet.append(
                [f"{theme} area" if step == 0 or not merged else theme + " area", number, question(number, theme)]
            )
        if merged:
            sheet.merge_cells(start_row=top, end_row=top + 3, start_column=1, end_column=1)
    return saved(book)


def columns_of_marks() -> bytes:
    """A column each for yes, no and not applicable; people put a mark."""
    rows: list[Cells] = [["#", "Question", "Yes", "No", "N/A", "Comments"]]
    for theme in THEMES[:3]:
        rows.append([None, theme.upper()])
        rows += [
            [f"{theme[0]}{n}", question(n, theme), *("x" if n == at else None for at in range(3))] for n in range(5)
        ]
    return workbook({"Checklist": rows})


def numbered_statements() -> bytes:
    """One column: titles "1. …" and statements "1.1 …"."""
    rows: list[Cells] = [["Our rules"], []]
    for at, theme in enumerate(THEMES[:4], start=1):
        rows += [[f"{at}. {theme}"], *([f"{at}.{n} {statement(n, theme)}"] for n in range(1, 6))]
    return workbook({"Rules": rows})


def words_among_lists() -> bytes:
    """Numbered titles; every third question is answered in words and has no drop-down."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Ref", "Description", "Response", "Remarks"])
    for at, theme in enumerate(THEMES[:5], start=1):
        sheet.append([f"{at}", f"{theme} management"])
        for n in range(1, 7):
            sheet.append([f"{at}.{n}", statement(n, theme) if n % 3 else f"Describe the {SUBJECTS[n]}"])
            if n % 3:
                drop_down(sheet, '"Yes,No,N/A"', f"C{sheet.max_row}")
    return saved(book)


def merged_criteria() -> bytes:
    """Twelve sheets; heads again and again; the criterion is merged beside its three checks; no ids."""
    book = Workbook()
    book.active.append(["Checklist"])
    for theme in THEMES[:12]:
        sheet = book.create_sheet(theme)
        fill(sheet, [[f"{theme} principle"], []])
        for criterion in range(3):
            sheet.append(["Testable criteria", "Processes", "Evidence type", "Completed (Yes/No/NA)", "Elaboration"])
            top = sheet.max_row + 1
            for n in range(3):
                named = f"Put in place ways to look after {theme}, part {criterion}" if n == 0 else None
                sheet.append(
                    [named, statement(criterion * 3 + n, theme), "Internal documentation", "Yes" if n else None]
                )
            sheet.merge_cells(start_row=top, end_row=top + 2, start_column=1, end_column=1)
    return saved(book)


def repeated_titles() -> bytes:
    """Titles that stand in every column, as a program writes merged cells into text."""
    rows: list[Cells] = [["ID", "Question", "Response"]]
    for theme in THEMES[:4]:
        rows += [[theme] * 3, *([f"{theme[0]}.{n}", question(n, theme), ""] for n in range(1, 5))]
    return separated(rows)


def speaking_ids() -> bytes:
    """Nothing but the letters of the ids tells the sections."""
    rows = [[f"{theme[:3].upper()}-{n:02}", question(n, theme), ""] for theme in THEMES[:6] for n in range(1, 5)]
    return separated([["Question ID", "Question", "Answer"], *rows])


def talkative_heads() -> bytes:
    """Heads that explain at length."""
    long = "Please answer every one of these questions as it stands today and leave the order of the rows alone."
    answer = "Vendor response (please select Yes, No or N/A from the list; do not write anything else into this column)"
    return workbook({"S": [["Ref", f"Question\n{long}", answer], *([n, question(n)] for n in range(6))]})
