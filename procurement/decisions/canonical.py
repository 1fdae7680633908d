"""The one way content is written down before it is hashed, so that anybody can repeat it."""

import hashlib
import json
from typing import Any

Content = dict[str, Any]


def canonical_json(content: Content) -> bytes:
    """UTF-8 JSON with sorted keys and no spare space: equal content, equal bytes."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def content_sha256(content: Content) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(content)).hexdigest()
