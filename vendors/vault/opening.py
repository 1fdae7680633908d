"""Breaking a seal: the key of a stored file, and its plain bytes. Custody is written by whoever releases them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from vendors.people.actors import Refused
from vendors.sealing.errors import SealingError
from vendors.sealing.keyring import keyring
from vendors.sealing.streams import open_stream as open_sealed
from vendors.vault.models import StoredFile
from vendors.vault.storage import vault_storage

log = logging.getLogger(__name__)


class CannotOpen(Refused):
    """The file was destroyed, is missing, or is not the one that was sealed. Nothing of it was released."""


def key_context(stored: StoredFile) -> bytes:
    """What the wrapped key is bound to: this file, for this vendor."""
    return f"{stored.pk} {stored.vendor_id}".encode()


@contextmanager
def opened_key(stored: StoredFile) -> Iterator[bytes]:
    """The file's own key, as the database holds it now. What goes wrong inside becomes CannotOpen."""
    stored.refresh_from_db(fields=["wrapped_key", "key_id", "destroyed_at"])
    if stored.destroyed_at is not None:
        raise CannotOpen(_("“%(name)s” was destroyed. Its name and SHA-256 are kept.") % {"name": stored.name})
    try:
        yield keyring().unwrap(bytes(stored.wrapped_key), key_id=stored.key_id, context=key_context(stored))
    except (SealingError, FileNotFoundError) as error:
        log.error("File %s was not opened: %s", stored.pk, type(error).__name__)
        raise CannotOpen(not_as_sealed(stored)) from error


def plain_chunks(stored: StoredFile) -> Iterator[bytes]:
    """Verified chunk by chunk: only for readers that release nothing before the end. Raises CannotOpen."""
    with opened_key(stored) as key, vault_storage().open(stored.storage_name) as source:
        yield from open_sealed(source, key, stored.pk)


def not_as_sealed(stored: StoredFile) -> str:
    """The sentence for a file that is missing or was changed."""
    return _(
        "“%(name)s” is not as it was sealed, so nothing of it was opened. An administrator should run verify_vault."
    ) % {"name": stored.name}
