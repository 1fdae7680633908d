"""How a question is answered: its kind, its options, and what an answer that came along means."""

import re
from collections.abc import Sequence

from procurement.questionnaires.importing.draft import Kind
from procurement.questionnaires.importing.texts import folded, one_line
from procurement.questionnaires.importing.words import folded_words

YES, NO, PARTIAL, NOT_APPLICABLE = "yes", "no", "partial", "not_applicable"
# "I don't know" is in none of them: it must never become "not applicable".
SPELLINGS: dict[str, str] = {
    spelling: answer
    for answer, spellings in {
        YES: "yes|y|yes it is|true|si|s|oui|ja|j|tak|t|sim|sì|да|نعم|是|有|はい|예|네|ano|igen|da|evet|kylla|ok|compliant"
        "|fully compliant|implemented|fully implemented|met|conforme|cumple|erfullt|符合|已实施",
        NO: "no|n|false|non|nein|nie|nao|nee|nej|нет|ні|لا|否|无|不是|いいえ|아니요|아니오|ne|nem|nu|hayir|ei|not compliant|non compliant"
        "|noncompliant|not implemented|not met|no cumple|nicht erfullt|non conforme|不符合|未实施",
        PARTIAL: "partial|partially|partly|in part|in progress|some|somewhat|partially compliant|partially implemented"
        "|partial compliance|parcial|parcialmente|en parte|partiel|partiellement|en partie|teilweise|zum teil"
        "|czesciowo|czesciowe|parziale|parzialmente|em parte|gedeeltelijk|deels|delvis|частично|частково|جزئي|جزئيا|部分"
        "|部分符合|部分实施|一部|부분|castecne",
        NOT_APPLICABLE: "n a|na|not applicable|not relevant|does not apply|no aplica|no procede|n d|non applicable"
        "|sans objet|so|s o|nicht anwendbar|entfallt|nicht zutreffend|nie dotyczy|nd|non applicabile|nao aplicavel"
        "|nao se aplica|niet van toepassing|nvt|n v t|ikke relevant|ej tillampligt|не применимо|неприменимо|не применяется"
        "|غير قابل للتطبيق|لا ينطبق|不适用|不適用|該当なし|해당 없음|해당없음|neni relevantni",
    }.items()
    for spelling in folded_words(spellings)
}
SPLIT = re.compile(r"\s*[|;\n•]\s*|\s*/\s*|\s*,\s*|\s+(?:or|ou|oder|lub|o)\s+")
OPTION_SEPARATORS = ("\n", "|", ";", "/", ",")
BULLET = re.compile(r"^\s*(?:[-–—•*▪●☐□○]|\(?[a-zA-Z0-9]{1,2}[.)])\s+")

KIND_WORDS: dict[Kind, tuple[str, ...]] = {
    kind: tuple(folded_words(words))
    for kind, words in {
        Kind.MULTI: "multi|multiple|multiple choice|multi select|multiselect|multiple select|checkbox|checkboxes|check all"
        "|select all|seleccion multiple|mehrfachauswahl|choix multiple|wielokrotny wybor|checkbox tree|checkgroup|tagbox"
        "|多选|複数選択|اختيار متعدد",
        Kind.SINGLE: "single|single choice|single select|unique choice|choice|select|dropdown|drop down|radio|radios"
        "|radiogroup|list|picklist|rating|imagepicker|unica|einfachauswahl|auswahl|choix unique|choix|jednokrotny wybor"
        "|scale|单选|単一選択|اختيار واحد",
        Kind.DATE: "date|fecha|datum|data|date time|日期|日付|التاريخ|дата",
        Kind.NUMBER: "number|numeric|integer|decimal|amount|percentage|percent|pricing|numero|zahl|nombre|liczba|数字|数値|رقم"
        "|число",
        Kind.FILE: "file|upload|attachment|document|evidence|archivo|adjunto|datei|fichier|piece jointe|plik|zalacznik|文件"
        "|附件|ファイル|ملف|файл",
        Kind.LONG_TEXT: "text|long text|free text|free form|freeform|open|open ended|open text|narrative|paragraph|textarea"
        "|comment|box|textbox large|essay|descriptive|texto|texto libre|freitext|texte|texte libre|tekst|tekst otwarty|文本"
        "|自由文本|テキスト|自由記述|نص|текст",
        Kind.SHORT_TEXT: "short text|line|string|single line|text line|texto corto|kurztext|texte court|krotki tekst",
        Kind.TABLE: "table|matrix|grid|tabla|tabelle|tableau|tabela|matrixdynamic|matrixdropdown|表格",
        Kind.LOCATION: "country|countries|location|locations|address|pais|land|pays|kraj|国家",
        Kind.CONTACT: "contact|email|e mail|phone|contacto|kontakt|联系人",
        Kind.INFO: "info|information|info only|heading|html|static",
        Kind.YES_NO: "yes no|boolean|bool|y n|true false|si no|ja nein|oui non|tak nie|да нет|是 否|はい いいえ|نعم لا|check",
    }.items()
}
CHOOSE_ALL = re.compile(
    r"(?:choose|select|check|mark|tick|list) all|all that apply|one or more|multiple answers|seleccione todas|todas las que"
    r"|alle zutreffenden|mehrfach|toutes les r|plusieurs r|wszystkie|tutte le|todas as|所有适用|多选|すべて|جميع ما",
    re.IGNORECASE,
)
HOW_MANY = re.compile(
    r"^(?:how many|what (?:is the )?(?:number|percentage)|number of|cuántos|cuántas|wie viele|combien|ile |quanti|quante|quantos|сколько)",
    re.IGNORECASE,
)
WHICH_DATE = re.compile(
    r"^(?:when |on what date|on which date|what (?:is|was) the date|date of|fecha|wann |à quelle date|kiedy |en qué fecha|когда)",
    re.IGNORECASE,
)
UPLOAD = re.compile(
    r"^(?:please )?(?:upload|attach|enclose|provide (?:a |the )?cop(?:y|ies)|adjunt|hochladen|joindre|joignez|załącz|приложите)",
    re.IGNORECASE,
)
# How a question begins that yes or no answers.
YES_NO_STARTS = folded_words(
    "do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|must|tiene|tienen|dispone|disponen|existe"
    "|existen|cuenta|cuentan|se|esta|estan|es|ha|han|haben|hat|ist|sind|gibt|werden|wird|verfugt|verfugen|fuhrt|est ce que"
    "|avez|disposez|existe t|y a t|etes|czy|hai|avete|e|esiste|tem|possui|ha|heeft|hebben|zijn|wordt|есть ли|имеется ли"
    "|проводится ли|هل|是否|有没有|有无"
)


def is_answer(text: str) -> bool:
    """Whether a text is a spelling of yes, no, partly or not applicable."""
    return len(text) <= 30 and folded(text) in SPELLINGS


def known_answers(text: str) -> list[str]:
    """The answers that a text lists ("Yes / No / N/A"), in their order; empty when it says anything else as well."""
    if len(text) > 80:
        return []
    whole = re.sub(r"\bn\s*/\s*a\b", "na", re.sub(r"\bs\s*/\s*o\b", "so", text, flags=re.IGNORECASE), flags=re.IGNORECASE)
    pieces = [piece.strip(" ()[].:") for piece in SPLIT.split(whole.strip("()[] ")) if piece and piece.strip(" ()[].:")]
    if not pieces or not all(is_answer(piece) for piece in pieces):
        return []
    return [SPELLINGS[folded(piece)] for piece in pieces]


def listed_options(text: str) -> tuple[str, ...]:
    """The options in a cell: one a line, or with the separator that the cell uses."""
    if "\n" not in text and (answers := known_answers(text)) and len(answers) > 1:
        return _as_written(text)
    for separator in OPTION_SEPARATORS:
        pieces = [BULLET.sub("", piece).strip() for piece in text.split(separator)]
        pieces = [piece for piece in pieces if piece and piece != "/"]
        if len(pieces) > 1 and (separator != "/" or all(len(piece) <= 40 for piece in pieces)):
            return tuple(dict.fromkeys(pieces))
    return ()


def _as_written(text: str) -> tuple[str, ...]:
    """ "Yes/No/N/A" → Yes, No, N/A."""
    kept = re.sub(r"\b([nNsS])\s*/\s*([aAoO])\b", "\\1\u2215\\2", text.strip("()[] "))
    return tuple(dict.fromkeys(piece.strip(" ().:").replace("\u2215", "/") for piece in SPLIT.split(kept) if piece.strip(" ().:")))


def kind_of(text: str, *, told: str = "", options: Sequence[str] = (), validation: str = "") -> Kind:
    """The kind of answer: what the file tells first, then its options, then how the question is asked.

    told        the words of a type column
    validation  "date" or "number" where the answer's cell takes nothing else
    """
    if told and (kind := _told(told)):
        if kind == Kind.YES_NO and options:
            return _choice(text, options)
        return kind
    if options:
        return _choice(text, options)
    if validation:
        return Kind(validation)
    asked = one_line(text).lstrip("¿ ")
    for pattern, kind in ((HOW_MANY, Kind.NUMBER), (WHICH_DATE, Kind.DATE), (UPLOAD, Kind.FILE)):
        if pattern.match(asked):
            return kind
    return Kind.YES_NO_PARTIAL_NA if _is_yes_or_no(asked) else Kind.LONG_TEXT


def _is_yes_or_no(asked: str) -> bool:
    words = folded(asked[:40])
    return any(words.startswith(f"{start} " if start.isascii() else start) for start in YES_NO_STARTS)


def _told(told: str) -> Kind | None:
    answers = known_answers(told)
    if len(answers) > 1:
        return Kind.YES_NO if set(answers) == {YES, NO} else Kind.YES_NO_PARTIAL_NA
    words = folded(told)
    return next((kind for kind, known in KIND_WORDS.items() if words in known), None)


def _choice(text: str, options: Sequence[str]) -> Kind:
    meant = [SPELLINGS.get(folded(option)) for option in options]
    if set(meant) == {YES, NO}:
        return Kind.YES_NO
    if None not in meant and {YES, NO} <= set(meant):
        return Kind.YES_NO_PARTIAL_NA
    return Kind.MULTI if CHOOSE_ALL.search(text) else Kind.SINGLE


def answered(written: str, options: Sequence[str]) -> str | None:
    """The option that a written answer means; None when it is on no list. Without options it stands as written."""
    if not written or not options:
        return written or None
    said = folded(written)
    for option in options:
        if folded(option) == said:
            return option
    meant = SPELLINGS.get(said)
    same = [option for option in options if meant and SPELLINGS.get(folded(option)) == meant]
    return same[0] if len(same) == 1 else None


IN_BRACKETS = re.compile(r"[(（]([^()（）]{5,400})[)）]\s*[?.:]?\s*$")
PLACEHOLDER = re.compile(r"^[<\[(]?\s*(?:please |bitte |veuillez )?(?:select|choose|pick|enter|click|type here|auswählen|wählen|choisir|seleccione|elija|wybierz)\b", re.IGNORECASE)


def options_in_brackets(text: str) -> tuple[str, ...]:
    """The options that a question lists at its end: "Which are in scope? (Security; Availability)"."""
    found = IN_BRACKETS.search(text)
    return listed_options(found[1]) if found else ()


def is_placeholder(text: str) -> bool:
    """Whether an answer's cell only asks for an answer, or lists the answers to choose from."""
    return len(text) <= 60 and bool(PLACEHOLDER.match(text)) or len(known_answers(text)) > 1
