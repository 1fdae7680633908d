"""Columns that are told by what stands in them: marks about files, the questions in another language, most points."""

import pytest

from procurement.questionnaires.content_check import problems_in
from procurement.questionnaires.import_page import COLUMN_ROLES
from procurement.questionnaires.imported import content_of
from procurement.questionnaires.importing.file_rules import says_which_need_a_file
from procurement.questionnaires.importing.languages import language_of
from procurement.questionnaires.importing.reader import read
from procurement.questionnaires.importing.words import Column
from tests.factories.questionnaire_files import separated

ASKED = {
    "en": [
        "Do you encrypt the backups of your customers?",
        "Do you test how they are restored?",
        "Who of your staff may read them?",
        "Are they kept in another place?",
    ],
    "de": [
        "Werden die Backups Ihrer Kunden verschlüsselt?",
        "Prüfen Sie, ob sie sich wiederherstellen lassen und wie lange das dauert?",
        "Wer von Ihren Mitarbeitern darf sie lesen?",
        "Werden sie bei einem Dritten oder an einem anderen Ort aufbewahrt?",
    ],
    "fr": [
        "Les sauvegardes de vos clients sont-elles chiffrées ?",
        "Est-ce que vous testez leur restauration et avec quels résultats ?",
        "Qui dans votre équipe a le droit de les lire ?",
        "Sont-elles conservées dans un autre lieu pour les protéger ?",
    ],
    "es": [
        "¿Se cifran las copias de los clientes?",
        "¿Prueban su restauración y con qué frecuencia?",
        "¿Quién de su personal tiene acceso y para qué?",
        "¿Se guardan en otro lugar o en el mismo edificio?",
    ],
    "ja": [
        "お客様のバックアップは暗号化されていますか？",
        "復元のテストを行っていますか？",
        "誰がそれを読むことができますか？",
        "別の場所に保管されていますか？",
    ],
    "ru": [
        "Шифруются ли резервные копии клиентов?",
        "Проверяете ли вы восстановление копий?",
        "Кто из сотрудников может их читать?",
        "Хранятся ли они в другом месте?",
    ],
}
GUIDANCE = [
    "Name the algorithm and the length of the keys that are used for it.",
    "Give the date of the last test and what it has shown.",
    "Roles are enough, there is no need for names.",
    "At least fifty kilometres away from the first one.",
]


def table(*columns: tuple[str, list[str]]) -> bytes:
    rows = [[head for head, _texts in columns], *map(list, zip(*(texts for _head, texts in columns), strict=True))]
    return separated([["ID", *rows[0]], *([f"A-{n}", *row] for n, row in enumerate(rows[1:], start=1))])


def roles(data: bytes) -> dict[str, Column]:
    return {each.head: each.role for each in read(data, "file.csv").layout.sheets[0].columns}


def made(data: bytes) -> list[dict]:
    content, _difference = content_of(read(data, "file.csv").draft, {}, key="made", title="Made", number=1)
    assert problems_in(content) == []
    return [each for section in content["sections"] for each in section["questions"]]


def said(data: bytes) -> dict[str, str]:
    return {note.code: note.sentence for note in read(data, "file.csv").draft.notes}


@pytest.mark.parametrize(
    ("head", "marks"),
    [
        ("Evidence required?", ["Y", "N", "Y", ""]),
        ("Evidence required (Yes/No)", ["Yes", "No", "YES", "No"]),
        ("Evidence required Y/N", ["Y", "N", "y", "n"]),
        ("Attachment needed", ["x", "", "x", ""]),
        ("Supporting document", ["Required", "Optional", "Mandatory", "Not required"]),
        ("Nachweis erforderlich", ["Ja", "Nein", "ja", "nein"]),
        ("Preuve requise", ["Oui", "Non", "oui", "N/A"]),
        ("Evidencia requerida", ["Sí", "No", "Si", "No"]),
        ("必須証拠", ["はい", "いいえ", "はい", "いいえ"]),
    ],
)
def test_marks_below_evidence_required_become_the_rule_for_files(head, marks):
    data = table(("Question", ASKED["en"]), (head, marks), ("Answer", [""] * 4))
    assert roles(data)[head] == Column.NEEDS_FILE
    assert [(each["evidence"], each["help"]) for each in made(data)] == [
        ("required", ""),
        ("optional", ""),
        ("required", ""),
        ("optional", ""),
    ]
    assert said(data)["files"] == f"2 questions need a file, as “{head}” says: file 2, file 4."


def test_a_file_that_goes_with_a_yes_is_asked_for_with_a_yes():
    data = table(("Question", ASKED["en"]), ("Evidence required?", ["If yes", "No", "If yes", "No"]))
    assert [(each["evidence"], each["evidence_if"]) for each in made(data)] == [
        ("if_answer", ["yes"]),
        ("optional", []),
        ("optional", []),  # "Who …" is answered in words
        ("optional", []),
    ]


@pytest.mark.parametrize(
    ("head", "texts"),
    [
        ("Evidence required", ["A policy", "The report of a test", "", "Yes, a plan"]),
        ("Evidence provided?", ["Yes", "No", "Yes", "No"]),
        ("Evidence attached (Y/N)", ["Y", "N", "Y", "N"]),
        ("Required", ["Y", "N", "Y", "N"]),
        ("Which evidence is there and where can we find it when we need it", ["Y", "N", "Y", "N"]),
        ("Evidence required?", ["", "", "", ""]),
    ],
)
def test_what_describes_evidence_or_says_what_was_sent_is_no_such_rule(head, texts):
    data = table(("Question", ASKED["en"]), (head, texts), ("Answer", ["Yes", "", "", ""]))
    assert Column.NEEDS_FILE not in roles(data).values()
    assert {each["evidence"] for each in made(data)} == {"optional"}


def test_where_the_vendor_chooses_below_evidence_it_is_no_rule_of_ours():
    marks = ["Yes", "No"]
    assert says_which_need_a_file("Evidence", marks, is_chosen=False)
    assert not says_which_need_a_file("Evidence", marks, is_chosen=True)
    assert says_which_need_a_file("Evidence required", marks, is_chosen=True)


@pytest.mark.parametrize("language", [name for name in ASKED if name != "en"])
@pytest.mark.parametrize("head", ["Question (2)", "Description", "Frage", "Translation"])
def test_the_same_questions_in_another_language_are_left_out_and_told(language, head):
    data = table(("Question", ASKED["en"]), (head, ASKED[language]), ("Answer", [""] * 4))
    assert roles(data)[head] == Column.TRANSLATION
    assert [(each["text"], each["help"]) for each in made(data)] == [(text, "") for text in ASKED["en"]]
    assert said(data)["translation"].startswith(f"“{head}”, column C of “file”, seems to say the questions in another")


def test_of_two_languages_the_first_one_asks():
    data = table(("Frage", ASKED["de"]), ("Question", ASKED["en"]), ("Pregunta", ASKED["es"]))
    assert list(roles(data).values()) == [Column.REF, Column.QUESTION, Column.TRANSLATION, Column.TRANSLATION]
    shorter = table(("Question", ASKED["en"]), ("Frage", ASKED["de"]))
    assert list(roles(shorter).values()) == [Column.REF, Column.QUESTION, Column.TRANSLATION]


@pytest.mark.parametrize(
    ("head", "texts"),
    [
        ("Guidance", GUIDANCE),  # the same language
        ("Hinweise", ["Bitte nennen Sie die Verfahren, die Sie für den Schutz der Daten verwenden."] * 4),  # one text
        ("Hinweise", ["Nennen Sie das Verfahren und die Länge der Schlüssel.", "", "", ""]),  # beside one of them
        ("Hinweise", ["Das ist die Länge der Schlüssel.", "Wann war der Test und wie?", "Mit Rolle.", "Der Ort."]),
    ],
)
def test_what_explains_the_questions_stays_their_help(head, texts):
    data = table(("Question", ASKED["en"]), (head, texts))
    assert Column.TRANSLATION not in roles(data).values()
    assert made(data)[0]["help"] == texts[0]


STATEMENTS = [
    "The backups of all customers are encrypted.",
    "You test how the backups are restored.",
    "Access to the backups is limited to those who need it.",
    "The backups are kept in another place.",
]
IN_GERMAN = [
    "Alle Backups werden mit einem Schlüssel von uns verschlüsselt.",
    "Der Test ist im Mai und wird von der Revision geprüft.",
    "Nur zwei Personen haben Zugriff und sie sind benannt.",
    "Das zweite Rechenzentrum ist in einer anderen Stadt.",
]


@pytest.mark.parametrize(
    ("head", "role"), [("Answer", Column.ANSWER), ("Comments", Column.COMMENT), ("Hinweise", Column.HELP)]
)
def test_what_a_vendor_answers_in_its_language_is_no_translation(head, role):
    data = table(("Requirement", STATEMENTS), (head, IN_GERMAN))
    assert roles(data)[head] == role
    assert "translation" not in said(data)


@pytest.mark.parametrize("head", ["Max score", "Maximum points", "Max. Punkte", "Points possible", "Puntuación máxima"])
def test_the_most_points_are_no_weight_unless_a_person_says_so(head):
    data = table(("Question", ASKED["en"]), (head, ["20", "10", "5", "20"]))
    assert {each["weight"] for each in made(data)} == {10}
    assert said(data)["most_points"].startswith(f"“{head}”, column C of “file”, is not read. Choose “Weight” where")
    assert "weights" not in said(data)


def test_every_role_of_a_column_can_be_chosen_on_the_page():
    assert set(COLUMN_ROLES) == set(Column)


@pytest.mark.parametrize("language", ASKED)
def test_a_language_is_told_from_every_other(language):
    told = {name: language_of(texts) for name, texts in ASKED.items()}
    assert told[language] != ""
    assert [name for name, found in told.items() if found == told[language]] == [language]


def test_of_a_few_words_no_language_is_told():
    assert language_of(["Backups", "ISO 27001", "AES-256"]) == language_of([]) == ""
