"""How a question is answered: its kind, its options, and what an answer that came along means."""

import re
from collections.abc import Sequence

from procurement.questionnaires.importing.answer_words import (
    IN_WORDS_STARTS,
    KIND_WORDS,
    NO,
    SPELLINGS,
    YES,
    YES_NO_STARTS,
)
from procurement.questionnaires.importing.draft import Kind
from procurement.questionnaires.importing.texts import folded, one_line

SPLIT = re.compile(r"\s*[|;\n•]\s*|\s*/\s*|\s*,\s*|\s+(?:or|ou|oder|lub|o)\s+")
OPTION_SEPARATORS = ("\n", "|", ";", "/", ",")
BULLET = re.compile(r"^\s*(?:[-–—•*▪●☐□○]|\(?[a-zA-Z0-9]{1,2}[.)])\s+")

CHOOSE_ALL = re.compile(
    r"(?:choose|select|check|mark|tick|list) all|all that apply|one or more|multiple answers|seleccione todas"
    r"|todas las que|alle zutreffenden|mehrfach|toutes les r|plusieurs r|wszystkie|tutte le|todas as"
    r"|所有适用|多选|すべて|جميع ما",
    re.IGNORECASE,
)
HOW_MANY = re.compile(
    r"(?:how many|what (?:is the )?(?:number|percentage)|number of|cuántos|cuántas|wie viele|combien|ile |quanti|quante"
    r"|quantos|сколько)",
    re.IGNORECASE,
)
WHICH_DATE = re.compile(
    r"(?:when |on what date|on which date|what (?:is|was) the date|date of|fecha|en qué fecha|wann |à quelle date"
    r"|kiedy |когда)",
    re.IGNORECASE,
)
UPLOAD = re.compile(
    r"(?:please )?(?:upload|attach|enclose|provide (?:a |the )?cop(?:y|ies)|adjunt|hochladen|joindre|joignez|załącz"
    r"|приложите)",
    re.IGNORECASE,
)
# Where yes or no is asked for in the middle or at the end: "Les accès sont-ils revus ?", "…していますか。", "…吗？".
CLOSED = re.compile(
    r"\w-(?:t-)?(?:ils?|elles?|on|vous)\b.*\?\s*$|(?:です|ます|した|ません)か[。？?]?\s*$|吗[？?]?\s*$", re.IGNORECASE
)
LONGEST_CLOSED = 500
OPEN_QUESTION = re.compile(
    r"^(?:comment|combien|quand|pourquoi|où|qui|que|quoi|à qui|(?:\w+ )?(?:les?|la)?quel(?:le)?s?)\b"
    r"|何|なに|どの|どこ|どう|どれ|いつ|誰|だれ|なぜ|いくつ|什么|哪|谁|怎",
    re.IGNORECASE,
)
SCALE = re.compile(r"(?<![\d.])(\d)\s*(?:-|–|—|…|\.\.\.?|to|bis|à|a|hasta|do)\s*(\d{1,2})(?![\d.])")
STEPS = range(2, 11)  # between the ends of a scale: 1–3 to 0–10
IN_BRACKETS = re.compile(r"[(（]([^()（）]{5,400})[)）]\s*[?.:]?\s*$")
PLACEHOLDER = re.compile(
    r"[<\[(]?\s*(?:please |bitte |veuillez )?(?:select|choose|pick|enter|click|type here|auswählen|wählen|choisir"
    r"|seleccione|elija|wybierz)\b",
    re.IGNORECASE,
)


def is_answer(text: str) -> bool:
    """Whether a text is a spelling of yes, no, partly or not applicable."""
    return len(text) <= 30 and folded(text) in SPELLINGS


def known_answers(text: str) -> list[str]:
    """The answers that a text lists ("Yes / No / N/A"), in their order; empty when it says anything else as well."""
    if len(text) > 80:
        return []
    whole = re.sub(
        r"\bn\s*/\s*a\b", "na", re.sub(r"\bs\s*/\s*o\b", "so", text, flags=re.IGNORECASE), flags=re.IGNORECASE
    )
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
    return tuple(
        dict.fromkeys(
            piece.strip(" ().:").replace("\u2215", "/") for piece in SPLIT.split(kept) if piece.strip(" ().:")
        )
    )


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
    if _begins(asked, YES_NO_STARTS):
        return True
    return len(asked) <= LONGEST_CLOSED and bool(CLOSED.search(asked)) and not OPEN_QUESTION.search(asked)


def asks_for_words(text: str) -> bool:
    """Whether only words can answer: "Describe …"."""
    return _begins(one_line(text), IN_WORDS_STARTS)


def _begins(asked: str, starts: Sequence[str]) -> bool:
    words = folded(asked[:40])
    return any(words.startswith(f"{start} " if start.isascii() else start) for start in starts)


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


def options_in_brackets(text: str) -> tuple[str, ...]:
    """The options that a question lists at its end: "Which are in scope? (Security; Availability)"."""
    found = IN_BRACKETS.search(text)
    return listed_options(found[1]) if found else ()


def scale(lowest: int, highest: int) -> tuple[str, ...]:
    """The steps of a rating, () where the numbers are too few or too many to choose from."""
    return tuple(map(str, range(lowest, highest + 1))) if highest - lowest in STEPS else ()


def scale_in(text: str) -> tuple[str, ...]:
    """The steps of a rating that a text names: "1-5", "0 to 3"."""
    found = SCALE.search(text)
    return scale(int(found[1]), int(found[2])) if found else ()


def is_placeholder(text: str) -> bool:
    """Whether an answer's cell only asks for an answer, or lists the answers to choose from."""
    return (len(text) <= 60 and bool(PLACEHOLDER.match(text))) or len(known_answers(text)) > 1
