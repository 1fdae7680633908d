"""A questionnaire of 825 questions on 21 sheets: read, beside openpyxl's bare load of the same bytes."""

from io import BytesIO

from openpyxl import load_workbook

from procurement.questionnaires.importing.reader import read
from tests.bench.figures import Amounts, Figure, Figures, in_turns
from tests.factories.questionnaire_shapes import domain_sheets

SHEETS = 21
MOST_TIMES_THE_BARE_LOAD = 2


def questionnaires(amounts: Amounts) -> Figures:
    """From bytes to a draft, everything on the way included."""
    data = domain_sheets(per_sheet=amounts.questions // SHEETS, sheets=SHEETS)
    floor, ours = in_turns(
        lambda: load_workbook(BytesIO(data)), lambda: read(data, "questions.xlsx"), repeats=amounts.repeats
    )
    count = len(read(data, "questions.xlsx").draft.questions)
    yield Figure(work=f"import {count} questions", floor=floor, ours=ours, goal=MOST_TIMES_THE_BARE_LOAD)
