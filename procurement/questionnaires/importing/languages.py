"""In which language the texts of a column are, as far as it tells two columns apart. Pure.

By the script, and among the languages of the Latin one by the small words that hardly another has.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from procurement.questionnaires.importing.texts import folded

FEWEST = 3  # small words that are met before a language is named
AHEAD = 2.0  # times as many as of the next language
SMALL_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and or of is are do does you your have has for with to how what which who any been this that by",
        "de": "der die das und oder ist sind sie ihr ihre ihren werden wird mit fur von gibt es bei wie welche den dem",
        "fr": "le les des et ou est sont vous votre vos avez pour avec du au aux quel quelle quels comment une dans",
        "es": "el los las y o es son su sus tiene tienen para con del al como que cuales se una por en",
        "it": "il gli dei e o sono vostro vostra avete per con della delle come quale quali una nel viene vengono",
        "pt": "os as e ou sao seu sua tem para com do da dos das como qual quais uma em nao voce",
        "nl": "de het en of zijn uw heeft hebben voor met van hoe welke een wordt worden er bij",
        "pl": "czy i lub jest sa maja ma dla z ze w jak jakie ktore oraz na do sie przez",
        "cs": "je jsou a nebo mate pro s ve jak jake ktere na se do zda",
        "sv": "och eller ar har ni er for med av hur vilka en ett som det den",
    }.items()
}
SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "kana": re.compile(r"[\u3040-\u30ff]"),
    "hangul": re.compile(r"[\uac00-\ud7af]"),
    "han": re.compile(r"[\u3400-\u9fff]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "arabic": re.compile(r"[\u0600-\u06ff]"),
    "greek": re.compile(r"[\u0370-\u03ff]"),
    "hebrew": re.compile(r"[\u0590-\u05ff]"),
}
LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f]")


def language_of(texts: Iterable[str]) -> str:
    """A name for it; "" where it cannot be told."""
    text = " ".join(texts)
    amounts = {name: len(pattern.findall(text)) for name, pattern in SCRIPTS.items()}
    # Japanese writes its words with Han characters between kana; those are many more in no other script.
    foreign = max(amounts, key=lambda name: amounts[name])
    if amounts["kana"] and foreign == "han" and amounts["kana"] * 5 > amounts["han"]:
        foreign = "kana"
    if amounts[foreign] * 2 > len(LATIN.findall(text)):
        return foreign if amounts[foreign] else ""
    return _latin(folded(text).split())


def _latin(words: list[str]) -> str:
    counted = Counter(words)
    found = Counter({name: sum(counted[word] for word in small) for name, small in SMALL_WORDS.items()})
    (best, most), (_next, second) = found.most_common(2)
    return best if most >= FEWEST and most >= AHEAD * second else ""
