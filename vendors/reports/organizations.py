"""Whether the service organization that a report names may be the vendor whose file it was sent to. Pure.

Names are compared by what tells one company from another: case, marks, accents, legal forms, "the" and the words that
half of all companies carry ("Software", "Group") say nothing. One shared word is enough, also one written apart or
together ("Git Hub"), and initials stand for the words they begin ("AWS"). Whether a subsidiary or an acquirer is meant
is for a person to say.
"""

import re
import unicodedata
from collections.abc import Iterable

from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _

LEGAL_FORMS = frozenset(
    re.findall(
        r"\w+",
        "ab ag aps as asa bv co company corp corporation ev gmbh inc incorporated kg kk lc limited llc llp lp ltd"
        " mbh nv oy oyj pbc plc pte pty pvt sa sarl sas se spa srl ug",
    )
)
FILLERS = frozenset(re.findall(r"\w+", "a an and by d b dba de der die for formerly la le of on the und"))
# What many companies are called beside their own name; alone it makes no two of them the same.
COMMON = frozenset(
    re.findall(
        r"\w+",
        "ai analytics app apps business capital cloud communications computing consulting data digital enterprise"
        " enterprises europe financial global group health holding holdings hosting industries information"
        " international internet lab labs management media network networks north america online partners payments"
        " platform platforms product products security services service software solution solutions"
        " system systems tech technologies technology uk us usa ventures web worldwide",
    )
)
LONGEST_RUN = 4  # words that may be written together
FEWEST_INITIALS = 2


def other_organization(named: str, *, vendor: str, known_names: Iterable[str]) -> Reason | None:
    """Why this report may be another company's: the name in it shares nothing with any the vendor is known by. None
    where it does, and while nothing is named.

    vendor       how the vendor is called here
    known_names  its name, its legal name, and whatever else it is known by
    """
    known = [name for name in known_names if _words(name)]
    if not _words(named) or not known or any(_share_something(named, name) for name in known):
        return None
    # "Inc." ends the sentence by itself.
    sentence = _("The report names {named}; this vendor is {vendor}.")
    return because(sentence, named=named.strip(), vendor=vendor.rstrip("."))


def _share_something(one: str, other: str) -> bool:
    ours, theirs = _words(one), _words(other)
    return bool(_telling(ours) & _telling(theirs)) or _are_initials(ours, theirs) or _are_initials(theirs, ours)


def _words(name: str) -> list[str]:
    """The words of a name without marks, accents, legal forms and fillers; all of its words where nothing else is."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).casefold()
    plain = re.sub(r"\b(?:\w\.){2,}", lambda form: form[0].replace(".", ""), plain)
    words = re.findall(r"\w+", re.sub(r"['’]", "", plain))
    return [word for word in words if word not in LEGAL_FORMS | FILLERS] or words


def _telling(words: list[str]) -> set[str]:
    """Each run of words written together, but those of common words alone, where the name has others."""
    telling_words = [word for word in words if word not in COMMON]
    runs = set()
    for first in range(len(words)):
        for last in range(first + 1, min(first + LONGEST_RUN, len(words)) + 1):
            run = words[first:last]
            if not telling_words or any(word not in COMMON for word in run):
                runs.add("".join(run))
    return runs


def _are_initials(short: list[str], long: list[str]) -> bool:
    """Whether one word of the one begins every word of the other: "IBM"."""
    initials = "".join(word[0] for word in long)
    return len(initials) >= FEWEST_INITIALS and initials in short
