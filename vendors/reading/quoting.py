"""Quotations that are too long for their place: cut between words, and never without saying so."""

LEFT_OUT = " … "
HEAD_OF_TEN = 6  # of what may stay, so much from the beginning: who says it and of what comes first


def shortened(text: str, most: int) -> str:
    """The text as one line, at most so many characters: of a longer one the first and the last words."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    room = most - len(LEFT_OUT)
    head, tail = text[: room * HEAD_OF_TEN // 10 + 1], text[-(room - room * HEAD_OF_TEN // 10) - 1 :]
    return f"{_whole_words(head)}{LEFT_OUT}{_whole_words(tail[::-1])[::-1]}"


def cut(text: str, most: int) -> str:
    """The text as one line, at most so many characters: of a longer one the first words."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{_whole_words(text[:most])}…"


def _whole_words(beginning: str) -> str:
    """Without the word that may be cut; a single one that fills the place stays as it is."""
    whole, space, _cut = beginning.rpartition(" ")
    return whole.rstrip(" ,") if space else beginning[:-1]
