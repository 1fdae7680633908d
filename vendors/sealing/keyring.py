"""The installation's keys, newest first: they wrap the files' own keys and seal small texts."""

import base64
import binascii
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from vendors.sealing.errors import KeyMissing, SealBroken

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True, repr=False)
class Keyring:
    """Keys by id; the first one seals, every one opens."""

    keys: dict[str, bytes]

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        """Read "id:base64key,id2:base64key", newest first. Raises ValueError; its sentence shows no key."""
        keys: dict[str, bytes] = {}
        for position, entry in enumerate((part.strip() for part in text.split(",")), start=1):
            key_id, _, encoded = entry.partition(":")
            if not KEY_ID.fullmatch(key_id):
                raise ValueError(f"Key {position} has no id. Write each key as id:base64, newest first.")
            if key_id in keys:
                raise ValueError(f"Key id {key_id} stands there twice.")
            keys[key_id] = _decoded(encoded, key_id)
        return cls(keys)

    @property
    def newest_id(self) -> str:
        return next(iter(self.keys))

    def key(self, key_id: str) -> bytes:
        """The key of that id. Raises KeyMissing."""
        try:
            return self.keys[key_id]
        except KeyError:
            raise KeyMissing(f"The keyring holds no key {key_id!r}.") from None

    def wrap(self, data_key: bytes, *, context: bytes) -> tuple[str, bytes]:
        """Seal a file's key for this context. Returns the id of the key used, and the wrapped key."""
        return self.newest_id, _encrypt(self.key(self.newest_id), data_key, b"wrapped key\0" + context)

    def unwrap(self, wrapped: bytes, *, key_id: str, context: bytes) -> bytes:
        """The file's key. Raises KeyMissing, or SealBroken when it was wrapped for another context."""
        return _decrypt(self.key(key_id), wrapped, b"wrapped key\0" + context)

    def seal_text(self, text: str, *, context: str) -> bytes:
        """Seal a small field, for example a link that a mail will carry. `context` names its row."""
        key_id = self.newest_id.encode()
        header = bytes([1, len(key_id)]) + key_id
        return header + _encrypt(self.key(self.newest_id), text.encode(), b"text\0" + header + context.encode())

    def open_text(self, sealed: bytes, *, context: str) -> str:
        """The text again. Raises KeyMissing or SealBroken."""
        sealed = bytes(sealed)
        if len(sealed) < 2 or sealed[0] != 1:
            raise SealBroken("This is no sealed text.")
        header = sealed[: 2 + sealed[1]]
        key = self.key(header[2:].decode("ascii", "replace"))
        return _decrypt(key, sealed[len(header) :], b"text\0" + header + context.encode()).decode()


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def derived_key(data_key: bytes, *, purpose: str) -> bytes:
    """A key for something made of a file: it opens only as long as the file's own key is there."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"derived key\0" + purpose.encode()).derive(data_key)


def _decoded(encoded: str, key_id: str) -> bytes:
    try:
        key = base64.b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"Key {key_id} is not base64.") from None
    if len(key) != KEY_BYTES:
        raise ValueError(f"Key {key_id} has {len(key)} bytes; it must have {KEY_BYTES}.")
    return key


def _encrypt(key: bytes, plain: bytes, aad: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, aad)


def _decrypt(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)
    except (InvalidTag, ValueError):
        raise SealBroken("The seal is broken.") from None


def keyring() -> Keyring:
    """The keyring of this installation.

    VAULT_KEYS where it is set (production always). A demo keeps its key in var/vault.keys; tests have a key
    of their own for each process, so that nothing sealed by a test can be opened afterwards.
    """
    if settings.VAULT_KEYS:
        return _parsed(settings.VAULT_KEYS)
    return _demo_keyring(Path(settings.VAR) / "vault.keys") if settings.DEMO else _keyring_of_this_process()


@lru_cache(maxsize=4)
def _parsed(text: str) -> Keyring:
    return Keyring.parse(text)


@lru_cache(maxsize=1)
def _keyring_of_this_process() -> Keyring:
    return Keyring({"test": new_key()})


@lru_cache(maxsize=4)
def _demo_keyring(path: Path) -> Keyring:
    if not path.exists():
        _create_once(path, f"demo:{base64.b64encode(new_key()).decode()}\n")
    return Keyring.parse(path.read_text().strip())


def _create_once(path: Path, text: str) -> None:
    """Web, worker and beat start together: whoever is first writes the whole file, the others keep it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
