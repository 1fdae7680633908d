"""Names of firms and systems: cleaned of what stands around them, compared without legal form."""

import re

LEGAL_FORM = (
    r"(?:Inc|Incorporated|LLC|L\.L\.C|LLP|L\.L\.P|LP|PLLC|P\.?L\.?L\.?C|Ltd|Limited|Corp|Corporation|Co|Company|"
    r"P\.?C|PC|CPAs?|GmbH|AG|B\.?V|N\.?V|S\.?A|SAS|SE|plc|PLC|Pty|Oy|AB|ApS|A/S|P\.?A)"
)
FIRM = re.compile(rf"(?:[\s,]|^){LEGAL_FORM}\.?$|\b(?:CPAs?|Assurance|Advisors|Audit(?:ors)?|Accountants)\b")
_ENDS_IN_FORM = re.compile(rf"[\s,]{LEGAL_FORM}\.$")
SENTENCE_WITHIN = re.compile(r"(?<!Inc)(?<!Ltd)(?<!Corp)[a-z0-9]{2}\.\s")  # "... 2026. Quillhaven, Inc."
_SMALL = re.compile(
    r"a|and|as|de|der|et|for|in|of|the|to|und|van|von|&|-|–|plc|inc|llc|gmbh|mbh|a\.s|s\.r\.o", re.IGNORECASE
)


def cleaned(name: str) -> str:
    """A captured name without quotes, short forms in brackets and stray punctuation."""
    name = re.sub(r"\s+", " ", name)
    name = re.sub(r"\s*\([^)]*\)?", "", name).strip(" \"',;:–—-")
    name = re.sub(r"'s?$", "", name).strip(" \"',;:")
    name = re.sub(r"^(?:the|its|their|our|The|Its)\s+", "", name)
    if name.endswith(".") and not (_ENDS_IN_FORM.search(name) or re.search(r"\b[A-Z]\.$", name)):
        name = name[:-1]
    return name.strip()


def is_name(name: str, longest: int = 80) -> bool:
    """Whether a captured text looks like a name: short, and all its longer words with a capital or digit."""
    if not 2 <= len(name) <= longest or not (
        name[0].isupper() or name[0].isdigit() or (name[:1].islower() and name[1:2].isupper())
    ):
        return False
    if SENTENCE_WITHIN.search(name):
        return False
    words = name.replace(",", " ").split()
    return all(_SMALL.fullmatch(word) or not word[0].islower() or re.search(r"[A-Z]", word) for word in words)


def folded(name: str) -> str:
    """A name for comparing: small letters, without punctuation and legal form."""
    name = re.sub(r"\([^)]*\)", " ", name)
    name = re.sub(r"[^0-9a-zà-ɏ]+", " ", name.lower()).strip()
    before = None
    while before != name:
        before = name
        name = re.sub(
            r" (?:inc|incorporated|llc|l l c|ltd|limited|corp|corporation|co|company|llp|l l p|lp|pllc|p c|pc|cpas?|"
            r"gmbh|ag|b v|bv|n v|nv|s a|sa|plc|pty)$",
            "",
            name,
        ).strip()
    return re.sub(r"^the ", "", name)


def same_name(one: str, other: str) -> bool:
    return folded(one) == folded(other)
