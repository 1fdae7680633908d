"""Memos as one ZIP: each PDF as issued and each content as JSON, under a manifest that names the hash of every file."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from procurement.decisions.canonical import canonical_json
from procurement.decisions.models import Memo
from procurement.decisions.validity import Standing
from procurement.listing.csv_files import as_csv
from vendors.people.actors import Actor
from vendors.vault import services as vault
from vendors.vault.models import CustodyAction, StoredFile

FORMAT = "countersign-memo-export/1"
PURPOSE = "memo export"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One file of the ZIP. `stored` holds the PDF's bytes in the vault, `content` what we write down ourselves."""

    name: str
    sha256: str
    size: int
    stored: StoredFile | None = None
    content: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """What one export holds: the manifests first, then the files they speak of."""

    manifest: Piece
    table: Piece
    pieces: tuple[Piece, ...]

    def stream(self, *, by: Actor, at: datetime, ip: str | None) -> Iterator[bytes]:
        """The ZIP, file by file as it is sent. Each PDF leaves its custody entry before its first byte."""
        sink = _Sink()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            for piece in (self.manifest, self.table, *self.pieces):
                content = piece.content
                if piece.stored is not None:
                    action = CustodyAction.DOWNLOADED
                    content = vault.read_bytes(piece.stored, by=by, purpose=PURPOSE, at=at, ip=ip, action=action)
                entry = zipfile.ZipInfo(piece.name, date_time=timezone.localtime(at).timetuple()[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, content)
                yield sink.taken()
        yield sink.taken()


def bundle_of(memos: Sequence[Memo], standings: dict[int, Standing], *, by: Actor, on: date, now: datetime) -> Bundle:
    """The files and manifests of these memos.

    standings  by decision id, as they are on the day `on`; a memo whose PDF is not made yet goes without it
    """
    rows, pieces = [], []
    for memo in memos:
        files = _files_of(memo)
        pieces += files
        rows.append(_row(memo, files, standings.get(memo.decision_id)))
    manifest = {
        "format": FORMAT,
        "organisation": settings.ORGANISATION_NAME,
        "exported_by": by.label,
        "exported_at": _moment(now),
        "standing_on": on.isoformat(),
        "memos": rows,
    }
    listed = json.dumps(manifest, ensure_ascii=False, indent=2).encode()
    return Bundle(
        manifest=_written("manifest.json", listed),
        table=_written("manifest.csv", _as_csv(rows, manifest["exported_by"], manifest["exported_at"])),
        pieces=tuple(pieces),
    )


def _files_of(memo: Memo) -> list[Piece]:
    files = [_written(f"{memo.number}.json", canonical_json(memo.content))]
    if memo.pdf is not None:
        files.insert(0, Piece(name=f"{memo.number}.pdf", sha256=memo.pdf.sha256, size=memo.pdf.size, stored=memo.pdf))
    return files


def _row(memo: Memo, files: Iterable[Piece], standing: Standing | None) -> dict[str, Any]:
    decision = memo.content["decision"]
    return {
        "number": memo.number,
        "vendor": memo.content["vendor"]["name"],
        "service": memo.content["engagement"]["title"],
        "outcome": decision["outcome"],
        "issued_at": _moment(memo.issued_at),
        "valid_until": decision["valid_until"],
        "standing": standing.name.value if standing else None,
        "standing_because": str(standing.reason) if standing else None,
        "content_sha256": memo.content_sha256,
        "files": [{"name": file.name, "sha256": file.sha256, "bytes": file.size} for file in files],
    }


def _as_csv(rows: Iterable[dict[str, Any]], exported_by: str, exported_at: str) -> bytes:
    """A line for each file, so that a hash stands beside the name it belongs to."""
    columns = (
        "number", "vendor", "service", "outcome", "issued_at", "valid_until", "standing", "standing_because",
        "content_sha256",
    )  # fmt: skip
    lines = []
    for row in rows:
        told = [row[column] or "" for column in columns]
        lines += [
            [*told, file["name"], file["sha256"], file["bytes"], exported_by, exported_at] for file in row["files"]
        ]
    return as_csv([*columns, "file", "sha256", "bytes", "exported_by", "exported_at"], lines)


def _written(name: str, content: bytes) -> Piece:
    return Piece(name=name, sha256=hashlib.sha256(content).hexdigest(), size=len(content), content=content)


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


class _Sink:
    """Where the archive writes to: keeps what is not sent yet, and cannot go back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing lies behind it."""

    def close(self) -> None:
        """Whoever reads takes the rest."""

    def taken(self) -> bytes:
        """What was written since it was asked last."""
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken
