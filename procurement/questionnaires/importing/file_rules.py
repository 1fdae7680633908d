"""A column that says which questions need a file: its head, what stands in it, and what that means. Pure.

"Evidence required? (Y/N)" is told from a column that describes the evidence by what stands below: marks and nothing
else. A plain "Evidence" with marks below is one too, unless the vendor is to choose there or says what it has sent.
"""

from collections.abc import Collection

from procurement.questionnaires.importing.answer_words import NO, NOT_APPLICABLE, SPELLINGS, YES
from procurement.questionnaires.importing.texts import WIDE, folded
from procurement.questionnaires.importing.words import folded_words

REQUIRED, OPTIONAL, IF_YES = "required", "optional", "if_yes"
MOST_WORDS = 8  # of a head
# How words begin; scripts without spaces have them anywhere.
FILE = folded_words(
    "evidence|attachment|document|upload|file|proof|artifact|artefact|evidencia|adjunto|archivo|prueba|documento"
    "|nachweis|beleg|anlage|unterlage|dokument|datei|preuve|justificatif|piece jointe|fichier|dowod|zalacznik|plik"
    "|evidenza|allegato|comprovante|anexo|bewijs|bijlage|доказательств|подтвержд|документ|файл|证据|附件|证明|証拠|添付|증빙"
    "|첨부|الأدلة|دليل|مرفق|مستند"
)
NEEDED = folded_words(
    "required|needed|need|mandatory|necessary|obligatory|must|compulsory|requerid|obligatori|necesari|erforderlich"
    "|notwendig|pflicht|benotigt|verlangt|requis|obligatoire|necessaire|exige|wymagan|obowiazkow|konieczn|richiest"
    "|necessari|vereist|verplicht|nodig|требуется|обязательн|необходим|必要|必須|必填|需要|필요|필수|مطلوب|إلزامي"
)
# What the vendor says of what it has sent.
SENT = folded_words(
    "provided|attached|available|submitted|supplied|uploaded|sent|included|exists|vorhanden|beigefugt|vorgelegt|fourni"
    "|joint|disponible|adjuntad|entregad|przekazan|dostarczon|fornit|allegat|предоставлен|приложен|已提供|提出済"
)
MARKS = frozenset(("x", "✓", "✔", "•", "●", "☒", "☑"))
WORDS = {
    **dict.fromkeys(
        folded_words(
            "required|mandatory|needed|always|must|obligatorio|requerido|erforderlich|pflicht|obligatoire|requis"
            "|wymagane|obbligatorio|verplicht|обязательно|必須|必填|必要|필수|إلزامي"
        ),
        REQUIRED,
    ),
    **dict.fromkeys(
        folded_words(
            "optional|not required|not needed|if available|recommended|opcional|nicht erforderlich|facultatif"
            "|opcjonalne|facoltativo|optioneel|необязательно|可选|任意|선택|اختياري"
        ),
        OPTIONAL,
    ),
    **dict.fromkeys(
        folded_words("if yes|when yes|if the answer is yes|bei ja|wenn ja|si oui|en caso afirmativo|jesli tak|se si"),
        IF_YES,
    ),
}


def says_which_need_a_file(head: str, texts: Collection[str], *, is_chosen: bool) -> float:
    """How sure it is that this column does; 0 where it does not.

    is_chosen  the cells have a drop-down: without a word like "required" in the head the vendor chooses there
    """
    plain = folded(head)
    is_short = 0 < len(plain.split()) <= MOST_WORDS
    if not is_short or not texts or not _has(FILE, plain) or _has(SENT, plain):
        return 0
    if not all(rule_in(text) for text in texts):
        return 0
    if _has(NEEDED, plain):
        return 0.9
    return 0 if is_chosen else 0.6


def rule_in(text: str) -> str:
    """What one cell says: REQUIRED, OPTIONAL or IF_YES; "" for anything else, and for an empty cell."""
    plain = folded(text)
    if text.strip().casefold() in MARKS:
        return REQUIRED
    answer = SPELLINGS.get(plain)
    if answer in (NO, NOT_APPLICABLE):
        return OPTIONAL
    return REQUIRED if answer == YES else WORDS.get(plain, "")


def _has(words: Collection[str], plain: str) -> bool:
    """Whether a word begins with one of these; in scripts without spaces, whether one stands anywhere."""
    padded = f" {plain}"
    return any(word in padded if WIDE.search(word) else f" {word}" in padded for word in words)
