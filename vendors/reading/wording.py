"""How wordings are written down: as plain words, with any white space between them."""

import re
from collections.abc import Iterable


def wording(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern in which a space is any white space (" ?": some or none) and an apostrophe may be missing."""
    spaced = re.sub(r" ([?*]?)", lambda space: r"\s*" if space[1] else r"\s+", pattern)
    return re.compile(spaced.replace("'", "'?").replace("'??", "'?"), flags)


def any_wording(patterns: Iterable[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern that matches any of several wordings."""
    return wording("|".join(f"(?:{pattern})" for pattern in patterns), flags)
