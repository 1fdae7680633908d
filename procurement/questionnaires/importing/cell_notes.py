"""What people wrote on a cell instead of into one: Excel's notes and comments, without who wrote them."""

import re
from xml.etree.ElementTree import Element

from procurement.questionnaires.importing.limits import CHARACTERS_A_CELL
from procurement.questionnaires.importing.texts import clean
from procurement.questionnaires.importing.validations import area_of

# Older programs get a talk as one text: a bracket that says so, an empty line, "Comment:" and what was said.
TALK = re.compile(r"^\[[^\]]{1,80}\].{0,600}?\n[ \t]*\n[^\n:]{1,40}:[ \t]*\n", re.DOTALL)
AUTHOR = re.compile(r"^[^\n:]{1,60}:\n")


def note_on_cell(element: Element) -> tuple[tuple[int, int], str] | None:
    """Row and column of the cell, and what the note says; None for one that says nothing or stands nowhere."""
    place = area_of(element.get("ref", ""))
    written = "".join(each.text or "" for each in element.iter() if each.tag.endswith("}t"))
    text = clean(AUTHOR.sub("", TALK.sub("", written[:CHARACTERS_A_CELL], count=1), count=1))
    return ((place.top, place.left), text) if place and text else None
