"""Runs in the confined child: the bytes of a file → what was read, as JSON. Imports no framework."""

from typing import Any

from procurement.questionnaires.importing.layout import Layout
from procurement.questionnaires.importing.limits import ImportRefused
from procurement.questionnaires.importing.profiles import PROFILES, Profile
from procurement.questionnaires.importing.reader import read
from vendors.confinement.errors import JobRefused

READ_QUESTIONNAIRE = "procurement.questionnaires.importing.jobs:read_questionnaire"


def read_questionnaire(params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Read one file.

    params  "name" of the file; "layout" that a person changed, or None; "profiles" of this house
    Returns "layout" and "draft", each for its own `from_json`. Raises JobRefused with the sentence of the refusal.
    """
    layout = Layout.from_json(params["layout"]) if params.get("layout") else None
    profiles = [Profile.from_json(each) for each in params.get("profiles", ())]
    try:
        found = read(data, params["name"], layout, (*profiles, *PROFILES))
    except ImportRefused as refusal:
        raise JobRefused(refusal.code, str(refusal)) from refusal
    return {"layout": found.layout.as_json(), "draft": found.draft.as_json()}, b""
