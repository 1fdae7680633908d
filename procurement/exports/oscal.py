"""What both OSCAL documents share: ids, properties and metadata in the shapes that OSCAL takes. Pure.

OSCAL has no questionnaire. What it has no place for stands in properties of the namespace NS, or is left out
(docs/questionnaires.md says what). Ids are made of what they name, so the same content gives the same document.
"""

import re
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

VERSION = "1.1.3"
NS = "urn:countersign:ns:oscal"

Json = dict[str, Any]


def uuid_of(*named: object) -> str:
    """The id of what these words name, a UUID of version 5: always the same."""
    return str(uuid5(NAMESPACE_URL, "/".join((NS, *(str(each) for each in named)))))


def control_id(key: str) -> str:
    """A question's key as the id of a control. OSCAL's tokens begin with a letter; no key of ours holds a dot, so
    neither two controls nor a control and a group are called the same."""
    return f"q.{key}"


def prop(name: str, value: object, group: str = "") -> Json:
    """A property of ours; its value in one line without space around it, as OSCAL wants it."""
    made = {"name": name, "ns": NS, "value": in_one_line(str(value))}
    return {**made, "group": group} if group else made


def props_of(**values: object) -> list[Json]:
    """A property for each value that says something; `is_asked` becomes "is-asked"."""
    return [
        prop(name.replace("_", "-"), str(value).lower() if isinstance(value, bool) else value)
        for name, value in values.items()
        if value is not None and value != "" and value is not False
    ]


def in_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def filled(**parts: Any) -> Json:
    """The object without what is empty, for OSCAL takes no empty list or text; `back_matter` becomes "back-matter"."""
    return {name.replace("_", "-"): value for name, value in parts.items() if value not in ("", None, [], {})}


def metadata(title: str, *, version: str, changed: datetime, organisations: list[str], remarks: str) -> Json:
    """The head of a document; the organisations are its parties, the first made it."""
    return filled(
        title=in_one_line(title),
        last_modified=changed.isoformat(timespec="seconds"),
        version=version,
        oscal_version=VERSION,
        parties=[
            {"uuid": uuid_of("party", name), "type": "organization", "name": in_one_line(name)}
            for name in dict.fromkeys(organisations)
        ],
        remarks=remarks,
    )
