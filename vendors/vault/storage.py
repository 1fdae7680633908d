"""Where sealed bytes lie: local folders, or whichever storage of Django's stands in `STORAGES["vault"]`."""

import os
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages


class LocalVaultStorage(FileSystemStorage):
    """Sealed files under STORAGE_ROOT/sealed: folders 0700, files 0600, on disk when `save` returns."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> str:
        return str(Path(settings.STORAGE_ROOT) / "sealed")

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def url(self, _name: str | None) -> NoReturn:
        raise ValueError("Sealed files have no address. Open them through vendors.vault.services.")

    def _save(self, name: str, content: File) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]
        for path in (self.path(saved), os.path.dirname(self.path(saved)), self.location):
            _to_disk(path)
        return saved


def vault_storage() -> Storage:
    return storages["vault"]


def incoming_folder() -> Path:
    """Where uploads are written, already sealed, until they are kept: on the same file system."""
    folder = Path(settings.STORAGE_ROOT) / "incoming"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _to_disk(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
