"""The JSON of Google's VSAQ: blocks in blocks. The two outer levels of blocks are the sections."""

from typing import Any

from procurement.questionnaires.importing.answers import kind_of
from procurement.questionnaires.importing.collected import Collected, entries, words
from procurement.questionnaires.importing.draft import Kind, Question

KINDS = {
    "line": Kind.SHORT_TEXT,
    "box": Kind.LONG_TEXT,
    "radiogroup": Kind.SINGLE,
    "checkgroup": Kind.MULTI,
    "check": Kind.YES_NO,
    "yesno": Kind.YES_NO,
    "radio": Kind.SINGLE,
    "upload": Kind.FILE,
}
LEVELS = 2
DEEPEST = 50


def collect(root: Any) -> Collected | None:
    """None for anything but a list of blocks under "questionnaire"."""
    blocks = entries(root.get("questionnaire")) if isinstance(root, dict) else []
    if not blocks:
        return None
    found = Collected()
    if len(blocks) == 1 and blocks[0].get("type") == "block":
        # One block around everything: its text is the title.
        found.title = words(blocks[0].get("text"))
        blocks = entries(blocks[0].get("items"))
    _Walk(found).items(blocks, ())
    return found


class _Walk:
    def __init__(self, found: Collected) -> None:
        self.found = found
        self.places: dict[tuple[str, ...], int] = {}

    def items(self, items: list[dict[str, Any]], path: tuple[str, ...]) -> None:
        """The items of one block; what an info item says helps with the question after it."""
        information: list[str] = []
        for item in items:
            kind = item.get("type")
            if item.get("cond"):
                self.found.conditional += 1
            if kind == "block":
                if len(path) < DEEPEST:
                    self.items(entries(item.get("items")), (*path, words(item.get("text"))))
            elif kind == "info":
                information.append(words(item.get("text")))
            elif kind == "tip":
                self.found.tips += 1
            elif kind in KINDS:
                self._take(item, path, information)
                information = []

    def _take(self, item: dict[str, Any], path: tuple[str, ...], information: list[str]) -> None:
        section = tuple(title for title in path if title)[:LEVELS]
        if section not in self.places:
            self.places[section] = self.found.section(" / ".join(section))
        # A choice without a text of its own is asked by the information above it.
        text = words(item.get("text")) or (information.pop() if information else "") or (section[-1] if section else "")
        options = tuple(words(label) for each in entries(item.get("choices")) for label in list(each.values())[:1])
        kind = KINDS[item["type"]]
        self.found.questions.append(
            Question(
                ref=words(item.get("id")),
                section=self.places[section],
                text=text,
                kind=kind_of(text, options=options) if kind == Kind.SINGLE and options else kind,
                options=options,
                help="\n".join(information),
                required=item["required"] if isinstance(item.get("required"), bool) else None,
            )
        )
