"""Words in a sealed PDF. Only the confined child reads the text; it is kept as sealed as the file (`page_text`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vendors.confinement.errors import ConfinedJobFailed
from vendors.confinement.services import run_confined
from vendors.people.actors import Actor
from vendors.vault.custody import record_page
from vendors.vault.models import StoredFile
from vendors.vault.opening import plain_chunks
from vendors.vault.page_text import page_text

MOST_HITS = 200

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Hit:
    """One place where the words stand: its page, and the words around them."""

    page: int
    before: str
    found: str
    after: str


@dataclass(frozen=True)
class Found:
    """What was found, the page a reader is shown beside it, and there a box for each line the words run over."""

    hits: list[Hit]
    page: int
    boxes: tuple[Box, ...] = ()


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
    if on_page_only:
        hits, boxes = _on_page(stored, words, near)
        page = near
    else:
        hits, _none = _run("find_in_text", {"words": words, "most": MOST_HITS}, page_text(stored, at=at))
        page = next((hit.page for hit in hits if hit.page >= near), hits[0].page if hits else near)
        boxes = _on_page(stored, words, page)[1] if hits else ()
    record_page(stored, page=page, by=by, at=at, purpose=purpose, ip=ip)
    return Found(hits, page, boxes)


def _on_page(stored: StoredFile, words: str, page: int) -> tuple[list[Hit], tuple[Box, ...]]:
    """The hits of one page with their boxes: the document is opened for it, and of its text only this page's read."""
    return _run("find", {"words": words, "most": MOST_HITS, "page": page}, plain_chunks(stored))


def _run(job: str, params: dict[str, Any], data: bytes | Iterable[bytes]) -> tuple[list[Hit], tuple[Box, ...]]:
    result, _nothing = run_confined(f"vendors.reading.jobs:{job}", params=params, data=data)
    if result["error"]:
        raise ConfinedJobFailed(result["error"], "The file could not be read.")
    boxes = tuple(tuple(box) for hit in result["hits"] for box in hit.pop("boxes"))
    return [Hit(**hit) for hit in result["hits"]], boxes
