"""How request bodies become files: sealed while they stream in, up to the limit; a cut one leaves nothing."""

import logging
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from vendors.vault.spool import SealedSpool
from vendors.vault.uploads import SealedUpload

log = logging.getLogger(__name__)

# A file over the limit is read to its end and thrown away, so that the form can answer with a sentence.
# Beyond this nobody chose the wrong file by mistake: the connection ends.
READ_AND_THROWN_AWAY = 1024 * 1024 * 1024


class SealingUploadHandler(FileUploadHandler):
    """The only handler of FILE_UPLOAD_HANDLERS. Plain bytes pass through memory, 64 KiB at a time."""

    spool: SealedSpool | None = None
    problem = ""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.problem = ""
        self.spool = None
        try:
            self.spool = SealedSpool()
        except OSError:
            self._give_up("not stored")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.MAX_UPLOAD_BYTES:
            self._give_up("too large")
        if start > settings.MAX_UPLOAD_BYTES + READ_AND_THROWN_AWAY:
            raise StopUpload(connection_reset=True)
        if self.spool is not None:
            try:
                self.spool.write(raw_data)
            except OSError:
                self._give_up("not stored")

    def file_complete(self, file_size: int) -> SealedUpload:
        if self.spool is not None:
            try:
                self.spool.finish()
            except OSError:
                self._give_up("not stored")
        spool, self.spool = self.spool, None
        return SealedUpload(
            spool=spool,
            name=self.file_name or "unnamed",
            content_type=self.content_type or "",
            size=file_size,
            problem=self.problem,
        )

    def upload_interrupted(self) -> None:
        self._drop()

    def _give_up(self, problem: str) -> None:
        """Keep nothing, read on: the other fields of the form are still to come."""
        if problem == "not stored":
            log.exception("An upload could not be stored.")
        self.problem = problem
        self._drop()

    def _drop(self) -> None:
        if self.spool is not None:
            self.spool.close()
            self.spool = None
