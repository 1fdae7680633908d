"""A version as an OSCAL catalog: sections are groups, questions controls, choices a parameter. Pure."""

import json
from datetime import datetime

from procurement.exports.oscal import Json, control_id, filled, in_one_line, metadata, prop, props_of, uuid_of

REMARKS = (
    "A questionnaire. Each control is a question: its statement is the question, its guidance the help under it. How "
    "it is answered, weighed and shown stands in properties."
)
CHOICES = {"yes_no": ("Yes", "No"), "yes_no_partial_na": ("Yes", "Partial", "No")}


def catalog(content: Json, *, sha256: str, organisation: str, changed: datetime) -> bytes:
    """The catalog as JSON.

    content       of a version, in our own format of today (content.current_content)
    sha256        that pins the version; empty for a draft
    organisation  who asks
    changed       when it was published, or exported as a draft
    """
    named = (content["questionnaire"], content["number"], sha256 or "draft")
    document = {
        "catalog": filled(
            uuid=uuid_of("catalog", *named),
            metadata={
                **metadata(
                    content["title"],
                    version=str(content["number"]),
                    changed=changed,
                    organisations=[organisation],
                    remarks=REMARKS,
                ),
                "props": props_of(questionnaire=content["questionnaire"], sha256=sha256, intro=content["intro"]),
            },
            groups=_groups(content["sections"], "s"),
        )
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _groups(sections: list[Json], above: str) -> list[Json]:
    """A group's id counts the sections: "s.1", and "s.1.2" for a part of it."""
    return [_group(section, f"{above}.{number}") for number, section in enumerate(sections, start=1)]


def _group(section: Json, id: str) -> Json:
    rule = section["visible_if"]
    return filled(
        id=id,
        **{"class": "section"},
        title=in_one_line(section["title"]),
        props=[prop("visible-if", json.dumps(rule, ensure_ascii=False))] if rule else [],
        parts=[{"id": f"{id}.overview", "name": "overview", "prose": section["intro"]}] if section["intro"] else [],
        groups=_groups(section["sections"], id),
        controls=[_control(each) for each in section["questions"]],
    )


def _control(question: Json) -> Json:
    id = control_id(question["key"])
    told = {"id": f"{id}.statement", "name": "statement", "prose": question["text"]}
    help = {"id": f"{id}.guidance", "name": "guidance", "prose": question["help"]}
    return filled(
        id=id,
        **{"class": "question"},
        title=in_one_line(question["text"]),
        params=_choices(question, id),
        props=_props(question),
        parts=[told, help] if question["help"] else [told],
    )


def _choices(question: Json, id: str) -> list[Json]:
    labels = CHOICES.get(question["kind"]) or [in_one_line(option["label"]) for option in question["options"]]
    if not labels:
        return []
    how_many = "one-or-more" if question["kind"] == "multi" else "one"
    return [{"id": f"{id}.answer", "label": "Answer", "select": {"how-many": how_many, "choice": list(labels)}}]


def _props(question: Json) -> list[Json]:
    rule, shape, options = question["visible_if"], question["shape"], question["options"]
    return [
        {"name": "label", "value": in_one_line(question["ref"])},
        *props_of(
            kind=question["kind"],
            required=question["required"],
            allows_na=question["allows_na"],
            weight=question["weight"],
            good_answer=question["good_answer"] if question["kind"] in CHOICES else "",
            is_knock_out=question["is_knock_out"],
            evidence=question["evidence"],
            evidence_max_months=question["evidence_max_months"],
            evidence_if=", ".join(question["evidence_if"]),
            evidence_kinds=", ".join(question["evidence_kinds"]),
            visible_if=json.dumps(rule, ensure_ascii=False) if rule else "",
            shape=json.dumps(shape, ensure_ascii=False) if shape else "",
            options=json.dumps(options, ensure_ascii=False) if options else "",
        ),
        *(prop("criterion", each) for each in question["criteria"]),
        *(prop("tag", each) for each in question["tags"]),
    ]
