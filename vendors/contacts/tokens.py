"""Secrets of the door: made from the system's randomness, kept only as a hash (SECURITY.md A2)."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """256 random bits that fit into a link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """What is kept of a token. It is random and long, so a plain SHA-256 tells nothing about it."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
