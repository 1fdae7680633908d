"""The rules one by one: what a head means, what a row is, what an answer means."""

import pytest

from procurement.questionnaires.importing.answers import answered, kind_of, known_answers, listed_options
from procurement.questionnaires.importing.draft import Kind
from procurement.questionnaires.importing.heads import meanings
from procurement.questionnaires.importing.layout import RowKind
from procurement.questionnaires.importing.reader import read
from procurement.questionnaires.importing.row_texts import is_guidance, is_instruction, is_noise, is_parent, is_title
from procurement.questionnaires.importing.words import Column
from tests.factories.questionnaire_files import separated, statement


@pytest.mark.parametrize(
    ("role", "heads"),
    [
        (Column.REF, "ID|#|No.|Question ID|Ref|Ques Num|Nr.|Lp.|Nº|N°|Código|编号|序号|رقم|番号|№|req_id|Control ID"),
        (Column.QUESTION, "Question|Pregunta|Frage|Questions|Pytanie|Requirement|Anforderung|问题|السؤال|質問|Вопрос"
         "|Question (example wording - replace it)|req_description|Control question|Assessment Questions"),
        (Column.TEXT, "Description|Detail|Control Specification|Beschreibung|Opis|描述|الوصف|Process"),
        (Column.ANSWER, "Answer|Your answer|Response|Respuesta|Réponse|Antwort|Odpowiedź|回答|الإجابة|Yes/No"
         "|Completed (Yes/No/Not Applicable)|Provider Answer|Vendor response (Y/N)|Compliant?"),
        (Column.COMMENT, "Comments|Notes|Elaboration|Observaciones|Bemerkung|Commentaires|Uwagi|备注|ملاحظات"),
        (Column.COMPANION, "Provider Implementation Description\n(Optional/Recommended)|Additional Information"
         "|Control\nOwnership|Customer Responsibilities|SSRM Control Ownership|Weitere Informationen"),
        (Column.EVIDENCE, "Evidence|Evidence / citation|Nachweis|Preuve|Dowód|Evidencia|证据|Supporting documents"),
        (Column.SECTION, "Domain|Category|Section|chapter_name|Bereich|Obszar|Ámbito|Domaine|类别|المجال|Domain Title"),
        (Column.OPTIONS, "Options|Allowed values|Answer options|question_choices|选项|Choix"),
        (Column.KIND, "Answer type|Type|Question type|Tipo|Antworttyp|类型"),
        (Column.HELP, "Guidance|Hint|Ayuda|Hinweise|Typical evidence|Help text|帮助"),
        (Column.OTHER, "Owner|Status|name[fr]|CWE"),
    ],
)  # fmt: skip
def test_heads_are_known_in_many_languages(role, heads):
    wrong = {
        head: meanings(head)[:1] for head in heads.split("|") if role not in {each.role for each in meanings(head)}
    }
    assert not wrong


@pytest.mark.parametrize(
    "text", ["Questionnaire", "Do you have a documented and approved response plan for incidents, tested?", ""]
)
def test_what_is_no_head_means_nothing(text):
    assert meanings(text) == ()


@pytest.mark.parametrize(
    ("rule", "yes", "no"),
    [
        # Rule, texts that it knows, texts that it leaves alone.
        (is_title, "Access Control|1. Governance|权限管理", "Fill this in.|Is it?|Note: be brief|a\nb|=A1"),
        (is_guidance, "Guidance: keep it|Hinweis: so|Example: a b|提示：这样", "Access: who may|Notebook: x"),
        (is_instruction, "Please fill it in|Answer all questions|Bitte ausfüllen", "Users may|Pleased"),
        (is_noise, "TOTAL|End of Questionnaire|© 2026|Gesamt|合计", "End user devices|Version control is used"),
    ],
)  # fmt: skip
def test_texts_of_rows(rule, yes, no):
    assert [text for text in yes.split("|") if not rule(text)] == []
    assert [text for text in no.split("|") if rule(text)] == []


@pytest.mark.parametrize(
    ("ref", "below", "parent"),
    [("2", "2.1", True), ("2.0", "2.1", True), ("V2", "V2.1", True), ("AC", "AC-1", True), ("A", "A1", True),
     ("1", "10", False), ("1.1", "1.10", False), ("2", "3.1", False), ("2", "2", False), ("", "1", False)],
)  # fmt: skip
def test_an_id_is_the_parent_of_longer_ones(ref, below, parent):
    assert is_parent(ref, below) is parent


def kinds(*rows: tuple[str, ...]) -> list[RowKind]:
    heads = ("No", "Question", "Type", "Answer")
    several = [(f"9.{n}", f"Is case {n} dealt with every year?", "Yes/No", "") for n in range(1, 6)]
    sheet = read(separated([heads, *several, *rows]), "file.csv").layout.sheets[0]
    return [row.kind for row in sheet.rows[6:]]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (("", "OPERATIONS", "", ""), RowKind.SECTION),
        (("Operations", "", "", ""), RowKind.SECTION),
        (("10", "Operations", "", ""), RowKind.SECTION),
        (("", "Who is your privacy officer?", "Text", ""), RowKind.QUESTION),
        (("", "Name your privacy officer", "Text", ""), RowKind.QUESTION),
        (("10.9", "Name your privacy officer", "Text", ""), RowKind.QUESTION),
        (("", "Guidance: a page is enough", "", ""), RowKind.HELP),
        (("", statement(1) + " " + statement(2), "", ""), RowKind.HELP),
        (("TOTAL", "", "", "30"), RowKind.NOISE),
        (("End of questionnaire", "", "", ""), RowKind.NOISE),
        (("Please sign below", "", "", ""), RowKind.INSTRUCTION),
        (("No", "Question", "Type", "Answer"), RowKind.HEADER),
        (("11", "", "", ""), RowKind.SKIP),
    ],
)
def test_rows_below_questions(row, kind):
    following = ("10.1", "Is case 10 dealt with every year?", "Yes/No", "")
    assert kinds(row, following)[0] == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Do you encrypt backups?", Kind.YES_NO_PARTIAL_NA),
        ("¿Dispone de un plan?", Kind.YES_NO_PARTIAL_NA),
        ("Czy szyfrujecie kopie?", Kind.YES_NO_PARTIAL_NA),
        ("是否加密备份？", Kind.YES_NO_PARTIAL_NA),
        ("Les accès sont-ils revus chaque année ?", Kind.YES_NO_PARTIAL_NA),
        ("Comment les accès sont-ils revus ?", Kind.LONG_TEXT),
        ("À quelle fréquence les accès sont-ils revus ?", Kind.LONG_TEXT),
        ("Liegt ein gültiges Zertifikat vor?", Kind.YES_NO_PARTIAL_NA),
        ("多要素認証を導入していますか。", Kind.YES_NO_PARTIAL_NA),
        ("どの国にデータを保存していますか。", Kind.LONG_TEXT),
        ("你们做备份吗？", Kind.YES_NO_PARTIAL_NA),
        ("How many people work in security?", Kind.NUMBER),
        ("When was the last test?", Kind.DATE),
        ("Please attach your certificate", Kind.FILE),
        ("Describe how you back up.", Kind.LONG_TEXT),
        ("Verify that sessions end.", Kind.LONG_TEXT),
    ],
)
def test_a_question_without_type_is_known_by_how_it_is_asked(text, kind):
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("told", "options", "kind"),
    [
        ("Yes/No", (), Kind.YES_NO),
        ("Yes / No / N/A", (), Kind.YES_NO_PARTIAL_NA),
        ("Multi", ("A", "B"), Kind.MULTI),
        ("unique_choice", ("A", "B"), Kind.SINGLE),
        ("", ("Sí", "No", "Parcial", "N/A"), Kind.YES_NO_PARTIAL_NA),
        ("", ("Ja", "Nein"), Kind.YES_NO),
        ("", ("erfüllt", "teilweise erfüllt", "nicht erfüllt", "entfällt"), Kind.YES_NO_PARTIAL_NA),
        ("", ("In place", "Partly in place", "Not in place"), Kind.YES_NO_PARTIAL_NA),
        ("", ("Provider", "Customer"), Kind.SINGLE),
        ("Freitext", (), Kind.LONG_TEXT),
    ],
)
def test_kinds_by_type_and_options(told, options, kind):
    assert kind_of("Anything", told=told, options=options) == kind


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yes", "Yes"), ("YES ", "Yes"), ("Y", "Yes"), ("Sí", "Yes"), ("Oui", "Yes"), ("是", "Yes"), ("N/A", "NA"),
        ("n.a.", "NA"), ("not applicable", "NA"), ("Nie dotyczy", "NA"), ("no", "No"), ("Nein", "No"),
        ("I don't know", None), ("unknown", None), ("Partial", None), ("Yes and no", None), ("-", None), ("", None),
    ],
)  # fmt: skip
def test_answers_are_mapped_to_the_list_or_left_blank(written, meant):
    assert answered(written, ("Yes", "No", "NA")) == meant


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Yes|No|Partly", ("Yes", "No", "Partly")),
        ("Yes/No/N/A", ("Yes", "No", "N/A")),
        ("EU; US; UK", ("EU", "US", "UK")),
        ("- daily\n- weekly\n/", ("daily", "weekly")),
        ("Sí, No", ("Sí", "No")),
        ("Any text", ()),
        ("", ()),
    ],
)
def test_options_in_a_cell(text, options):
    assert listed_options(text) == options


def test_a_text_that_says_more_lists_no_answers():
    assert known_answers("Yes, every year") == []
    assert known_answers("Yes or No") == ["yes", "no"]
