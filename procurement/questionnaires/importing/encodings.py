"""The encoding of a text file that does not tell it: a mark at its start, UTF-8, or the code page whose letters fit."""

import codecs
import itertools

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters that are frequent in the languages of a code page; the first page wins where two fit alike.
LETTERS = {
    "cp1252": "àâäáãåæçèéêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÃÅÆÇÈÉÊËÍÎÑÓÔÖÕØÚÙÛÜ¿¡ºª",
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäôľĺŕőűöüăâîşţđ",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯёіїєґІЇЄ№",
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ",
    "cp1254": "ğışçöüĞİŞÇÖÜâî",
    "cp1255": "אבגדהוזחטיכלמנסעפצקרשתםןףץך",
    "cp1256": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةىًٌٍَُِّْپچژگ،؛؟",
}
# Marks that every code page above has at the same place.
SHARED = "«»‘’“”–—…•€·°§©®™±\u00a0"
WIDE_PAGES = ("gb18030", "shift_jis", "euc_kr", "big5")
# What is frequent in Chinese (simplified, then traditional), and the alphabets of Japanese and Korean.
FREQUENT = frozenset(
    "的一是不在有人了中和为这要以个上们到时大地出就对可也会年发说生能用方工部日学行法经分全安否是系统数据管理信息服务"
    "問題為這個們時對會發說學經數據資訊統務請與於年是否"
)
ALPHABETS = (("\u3041", "\u30ff"), ("\uac00", "\ud7a3"), ("\u3001", "\u3002"))


def decoded(data: bytes, encoding: str = "") -> tuple[str, str, int]:
    """The text, the encoding it was read in, and how many characters could not be read.

    encoding  somebody's choice; one that Python does not know counts as no choice
    """
    if encoding and _is_known(encoding):
        text = data.decode(encoding, "replace")
        return text.removeprefix("\ufeff"), encoding, text.count("\ufffd")
    encoding = encoding_of(data)
    text = data.decode(encoding, "replace")
    return text.removeprefix("\ufeff"), encoding.removesuffix("-sig"), text.count("\ufffd")


def encoding_of(data: bytes) -> str:
    """The most likely encoding."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    if unmarked := _utf16_without_mark(data[:4096]):
        return unmarked
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 or _is_nearly_utf8(data):
            return "utf-8"
    else:
        return "utf-8"
    scores = {page: _fit(data, page, letters) for page, letters in LETTERS.items()}
    scores |= {page: _wide_fit(data, page) for page in WIDE_PAGES}
    return max(scores, key=lambda page: scores[page])


def _utf16_without_mark(start: bytes) -> str:
    """Every second byte of Latin text in UTF-16 is zero."""
    if len(start) < 4:
        return ""
    even, odd = start[::2].count(0) / len(start[::2]), start[1::2].count(0) / len(start[1::2])
    if odd > 0.3 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 and odd < 0.1 else ""


def _is_nearly_utf8(data: bytes) -> bool:
    """UTF-8 with a few broken characters in it: what is foreign is a small part of what is not ASCII."""
    text = data.decode("utf-8", "replace")
    foreign = sum(1 for character in text if not character.isascii())
    return text.count("\ufffd") < 0.05 * foreign


def _fit(data: bytes, page: str, letters: str) -> float:
    """The share of the characters beyond ASCII that the languages of this page use."""
    text = data.decode(page, "replace")
    foreign = [character for character in text if not character.isascii()]
    known = set(letters) | set(SHARED)
    return sum(character in known for character in foreign) / max(1, len(foreign)) - _odd_capitals(text)


def _odd_capitals(text: str) -> float:
    """A capital letter beyond ASCII straight after a small one is a sign of the wrong page."""
    pairs = [(one, two) for one, two in itertools.pairwise(text) if not two.isascii()]
    odd = sum(one.islower() and two.isupper() for one, two in pairs)
    return odd / max(1, len(pairs))


def _wide_fit(data: bytes, page: str) -> float:
    try:
        text = data.decode(page)
    except UnicodeDecodeError:
        return -1
    foreign = [character for character in text if not character.isascii()]
    usual = sum(
        character in FREQUENT or any(first <= character <= last for first, last in ALPHABETS) for character in foreign
    )
    runs = sum(1 for one, two in itertools.pairwise(text) if not one.isascii() and not two.isascii())
    # A Western text read as Chinese has single odd signs between Latin letters; Chinese comes in runs.
    return 1 + usual / max(1, len(foreign)) if runs > len(foreign) / 2 and usual > len(foreign) / 20 else -1


def _is_known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding)._is_text_encoding
    except LookupError:
        return False
