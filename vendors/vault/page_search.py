"""Words in a sealed PDF. Only the confined child reads the text, and nothing of it is kept."""

from dataclasses import dataclass
from datetime import datetime

from vendors.confinement.errors import ConfinedJobFailed
from vendors.confinement.services import run_confined
from vendors.people.actors import Actor
from vendors.vault.custody import record_page
from vendors.vault.models import StoredFile
from vendors.vault.opening import plain_chunks

MOST_HITS = 200

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Hit:
    """One place where the words stand: its page, the words around them, and a box for each line they run over."""

    page: int
    before: str
    found: str
    after: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Found:
    """What was found, and the page a reader is shown beside it."""

    hits: list[Hit]
    page: int


def find_words(
    stored: StoredFile,
    words: str,
    *,
    near: int,
    on_page_only: bool,
    by: Actor,
    purpose: str,
    at: datetime,
    ip: str | None = None,
) -> Found:
    """Where the words stand, `MOST_HITS` places at most. Raises CannotOpen, ConfinedJobFailed.

    near          the page the reader looks at: the first hit from there on is shown
    on_page_only  look nowhere else; the reader stays on the page

    A search leaves no line of its own in the custody, but its answer quotes the document. So the page it is shown
    with is written down here, with the answer, and not only when its picture is fetched.
    """
    params = {"words": words, "most": MOST_HITS, "page": near if on_page_only else None}
    result, _nothing = run_confined("vendors.reading.jobs:find", params=params, data=plain_chunks(stored))
    if result["error"]:
        raise ConfinedJobFailed(result["error"], "The file could not be read.")
    hits = [Hit(**{**hit, "boxes": tuple(tuple(box) for box in hit["boxes"])}) for hit in result["hits"]]
    page = next((hit.page for hit in hits if hit.page >= near), hits[0].page if hits else near)
    record_page(stored, page=page, by=by, at=at, purpose=purpose, ip=ip)
    return Found(hits, page)
