"""Files in the shapes that buyers bring: how many questions and sections, and what else must be right."""

from collections import Counter

import pytest

from procurement.questionnaires.importing.draft import Draft, Kind
from procurement.questionnaires.importing.reader import read
from tests.factories import questionnaire_files as files
from tests.factories import questionnaire_shapes as shapes

ZH = shapes.verification_list("身份验证", "验证应用程序的第{}个组件是否安全并且经过检查。")
AR = shapes.verification_list("المصادقة", "تحقق من أن التطبيق يستخدم آلية تحكم آمنة رقم {}")
BARE = [["Question", "Response"], *([files.question(number)] for number in range(9))]
NUMBERED = [["Our list"], [], *([f"{number}. {files.question(number)}"] for number in range(1, 9))]
# Encoding, separator, heads, question, answer, title of a section.
LANGUAGES = {
    "German": (
        "cp1252",
        ";",
        "Nr.|Bereich|Frage|Antwort",
        "Prüfen Sie, ob Zugriffe („Büro“) nötig sind?",
        "Ja",
        "Gebäude",
    ),
    "French": (
        "utf-16",
        "\t",
        "N°|Domaine|Question|Réponse",
        "Les accès sont-ils revus chaque année ?",
        "Oui",
        "Sécurité",
    ),
    "Spanish": ("cp1252", ";", "Nº|Ámbito|Pregunta|Respuesta", "¿Se revisan los accesos cada año?", "Sí", "Gestión"),
    "Polish": (
        "cp1250",
        ";",
        "Lp.|Obszar|Pytanie|Odpowiedź",
        "Czy co roku przeglądacie dostępy?",
        "Częściowo",
        "Obszar",
    ),
    "Russian": ("cp1251", "\t", "№|Раздел|Вопрос|Ответ", "Проводится ли пересмотр доступа?", "да", "Раздел"),
    "Chinese, traditional": ("big5", ",", "編號|類別|問題|回答", "是否定期審查存取權限並保留記錄？", "是", "資訊"),
    "Japanese": ("shift_jis", ",", "番号|分類|質問|回答", "アクセス権を毎年見直していますか？", "はい", "分野"),
    "Korean": ("euc_kr", ",", "번호|분야|질문|답변", "접근 권한을 매년 검토합니까?", "예", "분야"),
}


SHAPES = {
    "heads that name the practice": (shapes.maturity_interview(), 36, 12),
    "assertions below questions, old XLS": (shapes.assertions(), 48, 12),
    "assertions below questions, XLSX": (shapes.assertions(make=files.workbook), 48, 12),
    "assertions on one sheet": (shapes.assertions_on_one_sheet(), 36, 12),
    "heads of two rows with the title": (shapes.two_row_headers(), 52, 13),
    "heads of two rows with the title, not merged": (shapes.two_row_headers(merged=False), 52, 13),
    "heads of two rows below a title": (shapes.two_row_headers(title_in_head=False), 52, 13),
    "heads of two rows below a title, not merged": (shapes.two_row_headers(title_in_head=False, merged=False), 52, 13),
    "sentences above repeated heads": (shapes.criteria_per_sheet(), 84, 12),
    "short titles above repeated heads": (shapes.criteria_per_sheet(band_titles="short"), 84, 12),
    "repeated heads without titles": (shapes.criteria_per_sheet(band_titles=""), 84, 12),
    "a few sheets of criteria": (shapes.criteria_per_sheet(count=5), 35, 5),
    "five levels": (shapes.deep_hierarchy(), 80, 8),
    "Spanish, title rows": (shapes.spanish(), 70, 14),
    "Spanish, section column": (shapes.spanish(style="column"), 70, 14),
    "assessment sent back": (shapes.control_assessment(), 102, 17),
    "assessment to fill in": (shapes.control_assessment(answered=False), 102, 17),
    "a sheet for each domain": (shapes.domain_sheets(per_sheet=10), 210, 21),
    "a sheet for each domain, numbered titles": (shapes.domain_sheets(per_sheet=20, bands=True), 420, 21),
    "seven sheets of several sections": (shapes.gates(), 126, 21),
    "answers listed far right": (shapes.list_beside(), 56, 8),
    "bold titles": (shapes.bold_titles(), 20, 4),
    "short items": (shapes.short_items(), 20, 4),
    "merged section column": (shapes.merged_section_column(), 20, 5),
    "section column without a head": (shapes.merged_section_column(head=None, merged=False), 20, 5),
    "questions and nothing else": (files.workbook({"S": BARE}), 9, 1),
    "numbers in the texts": (files.workbook({"S": NUMBERED}), 8, 1),
    "numbered statements": (shapes.numbered_statements(), 20, 4),
    "columns of marks": (shapes.columns_of_marks(), 15, 3),
    "questions in words among lists": (shapes.words_among_lists(), 30, 5),
    "criteria merged beside their checks": (shapes.merged_criteria(), 108, 12),
    "titles in every column": (shapes.repeated_titles(), 16, 4),
    "ids that name the section": (shapes.speaking_ids(), 24, 6),
    "heads that explain": (shapes.talkative_heads(), 6, 1),
    "no heads": (files.separated([f"A-{n}", files.question(n), ""] for n in range(8)), 8, 1),
    "Chinese, UTF-8": (files.separated(ZH), 70, 14),
    "Chinese, GB 18030": (files.separated(ZH, "gb18030"), 70, 14),
    "Arabic, UTF-8 with its mark": (files.separated(AR, "utf-8-sig"), 70, 14),
    "Arabic, cp1256": (files.separated(AR, "cp1256"), 70, 14),
}

SHAPES |= {
    name: (files.separated(shapes.in_language(heads.split("|"), ask, answer, theme), encoding, separator), 15, 3)
    for name, (encoding, separator, heads, ask, answer, theme) in LANGUAGES.items()
}


@pytest.fixture(params=SHAPES)
def shape(request) -> tuple[Draft, int, int]:
    data, questions, sections = SHAPES[request.param]
    return read(data, "vendor questions.any").draft, questions, sections


def test_every_question_is_found_and_stands_in_its_section(shape):
    draft, questions, sections = shape
    assert (len(draft.questions), len(draft.sections)) == (questions, sections)
    counts = Counter(question.section for question in draft.questions)
    assert max(counts.values()) - min(counts.values()) <= (0 if sections < 12 or questions % sections == 0 else 3)
    assert all(question.text and title for question in draft.questions for title in [draft.sections[question.section]])


def questions_of(name: str) -> Draft:
    return read(SHAPES[name][0], "file.any").draft


@pytest.mark.parametrize(
    ("name", "sections"),
    [
        ("heads that name the practice", ["Access practice", "Backup practice"]),
        ("heads of two rows with the title", ["V1. Wymagania: Access", "V2. Wymagania: Backup"]),
        ("heads of two rows below a title", ["V1. Wymagania: Access", "V2. Wymagania: Backup"]),
        ("sentences above repeated heads", ["1. Access", "2. Backup"]),
        ("five levels", ["Access", "Backup"]),
        ("Spanish, section column", ["Access", "Backup"]),
        ("a sheet for each domain, numbered titles", ["A. Access", "B. Backup"]),
        ("seven sheets of several sections", ["Access information", "Backup information"]),
        ("assertions on one sheet", ["Access practice", "Backup practice"]),
        ("numbered statements", ["1. Access", "2. Backup"]),
        ("criteria merged beside their checks", ["Access", "Backup"]),
        ("ids that name the section", ["ACC", "BAC"]),
    ],
)
def test_sections_carry_the_titles_of_the_file(name, sections):
    assert list(questions_of(name).sections[:2]) == sections


@pytest.mark.parametrize(
    ("name", "kind", "options"),
    [
        ("heads that name the practice", Kind.YES_NO_PARTIAL_NA, ("Yes", "No", "Partly")),
        ("assertions on one sheet", Kind.YES_NO, ("Yes", "No")),
        ("sentences above repeated heads", Kind.YES_NO_PARTIAL_NA, ("Yes", "No", "Not Applicable")),
        ("five levels", Kind.SINGLE, ("Yes", "No", "Alternate", "N/A")),
        ("assessment sent back", Kind.YES_NO_PARTIAL_NA, ("Yes", "No", "NA")),
        ("columns of marks", Kind.YES_NO_PARTIAL_NA, ("Yes", "No", "N/A")),
        ("answers listed far right", Kind.YES_NO_PARTIAL_NA, ("Yes", "No", "N/A")),
    ],
)
def test_options_come_from_the_list_the_file_gives(name, kind, options):
    first = questions_of(name).questions[0]
    assert (first.kind, first.options) == (kind, options)


@pytest.mark.parametrize(
    ("name", "answered"),
    [
        ("heads that name the practice", 18),
        ("assertions on one sheet", 36),
        ("sentences above repeated heads", 42),
        ("assessment sent back", 90),
        ("assessment to fill in", 0),
        ("answers listed far right", 0),
        ("columns of marks", 9),
        ("Chinese, GB 18030", 0),
        ("Polish", 15),
        ("Korean", 15),
        ("Spanish", 15),
    ],
)
def test_answers_that_the_file_brings_along_are_kept(name, answered):
    assert sum(question.answer is not None for question in questions_of(name).questions) == answered


def test_an_answer_that_is_on_no_list_stays_blank_and_is_told():
    draft = questions_of("assessment sent back")
    assert {question.answer for question in draft.questions} == {"Yes", "No", "NA", None}
    assert "“nope” in Assessment v4" in " ".join(note.sentence for note in draft.notes)


def test_explanations_below_a_question_become_its_help():
    draft = questions_of("assertions on one sheet")
    assert all(question.help.startswith("Assertion: Verify that") for question in draft.questions)
    assert questions_of("heads that name the practice").questions[0].help.startswith("Guidance: a list")


def test_ids_that_stand_twice_are_kept_and_told():
    draft = questions_of("Arabic, cp1256")
    assert [question.ref for question in draft.questions].count("V3.1.1") == 2
    assert [note.about["ref"] for note in draft.notes if note.code == "duplicate_ref"] == ["V3.1.1"]


def test_numbers_before_the_texts_become_ids():
    draft = questions_of("numbers in the texts")
    assert [question.ref for question in draft.questions[:2]] == ["1", "2"]
    assert draft.questions[0].text.startswith("Do you keep")


def test_a_column_that_only_counts_rows_is_not_the_id():
    assert questions_of("answers listed far right").questions[7].ref == "2.1"
