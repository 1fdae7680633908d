"""What a column of weights says → the weights we have: 20 critical, 10 usual, 5 minor, 0 not scored. Pure.

Words mean what the one table says. Numbers are read against the largest of their column: up to a third is minor, up to
two thirds usual, above it critical, and 0 is not scored. Numbers that are all the same tell nothing apart: usual.
"""

import re
from collections.abc import Iterable, Mapping

from procurement.questionnaires.importing.texts import folded
from procurement.questionnaires.importing.words import folded_words

CRITICAL, USUAL, MINOR, NOT_SCORED = 20, 10, 5, 0
WORDS: Mapping[str, int] = {
    word: weight
    for weight, words in {
        CRITICAL: "critical|very high|highest|high|essential|mandatory|must|must have|major|key|crucial|kritisch"
        "|sehr hoch|hoch|wesentlich|critique|tres eleve|eleve|haute|critico|critica|muy alto|muy alta|alto|alta"
        "|krytyczny|krytyczna|wysoki|wysoka|hoog|muito alto|критический|высокий|高|关键|高い|높음",
        USUAL: "medium|med|moderate|normal|standard|usual|average|important|should|should have|mittel|mittelhoch|moyen"
        "|moyenne|modere|medio|media|sredni|srednia|gemiddeld|средний|中|中等|보통",
        MINOR: "low|very low|lowest|minor|minimal|optional|could|could have|nice to have|niedrig|gering|sehr gering"
        "|faible|bas|basse|bajo|baja|basso|bassa|niski|niska|laag|baixo|baixa|низкий|低|低い|낮음",
        NOT_SCORED: "none|not scored|no weight|informational|info|info only|information|keine|ohne|aucun|aucune|ninguna"
        "|ninguno|brak|geen|нет|无",
    }.items()
    for word in folded_words(words)
}
NUMBER = re.compile(r"(\d{1,6}(?:[.,]\d{1,4})?)\s*%?")


def weights_of(written: Iterable[str]) -> dict[str, int | None]:
    """What each text of a column means; None for what is no weight. An empty text says nothing and is left out."""
    texts = {text for text in written if text.strip()}
    numbers = {text: float(found[1].replace(",", ".")) for text in texts if (found := NUMBER.fullmatch(text.strip()))}
    most = max(numbers.values(), default=0.0)
    tells_apart = len(set(numbers.values())) > 1
    return {
        text: (_of_number(numbers[text], most) if tells_apart else USUAL)
        if text in numbers
        else WORDS.get(folded(text))
        for text in texts
    }


def _of_number(number: float, most: float) -> int:
    if number == 0:
        return NOT_SCORED
    if number * 3 <= most:
        return MINOR
    return USUAL if number * 3 <= most * 2 else CRITICAL
