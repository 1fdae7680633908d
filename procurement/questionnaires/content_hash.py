"""The hash that pins a version's content. Pure, so that whoever holds an exported file can make it again."""

import hashlib
import json
from typing import Any


def sha256_of(content: dict[str, Any]) -> str:
    """SHA-256 of the content as UTF-8 JSON with sorted keys and no spare space, in hexadecimal."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
