"""Layouts that are known by name: the heads of their columns and nothing else, no question's text.

A profile is recognised when a row of a sheet has its `marks`. A person's own mapping is kept as one too (`learned`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from procurement.questionnaires.importing.grid import Workbook
from procurement.questionnaires.importing.layout import Layout, SheetRole
from procurement.questionnaires.importing.texts import folded
from procurement.questionnaires.importing.words import Column

ROWS_LOOKED_AT = 60


@dataclass(frozen=True)
class Profile:
    """name   as people know the layout
    heads  what its columns hold, by folded head
    marks  folded heads that stand in one row of such a file and hardly ever in another
    """

    name: str
    heads: Mapping[str, Column]
    marks: frozenset[str] = field(default=frozenset())

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"marks": sorted(self.marks), "heads": dict(self.heads)}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "Profile":
        heads = {head: Column(role) for head, role in content["heads"].items()}
        return cls(content["name"], heads, frozenset(content["marks"]))


def _profile(name: str, heads: Mapping[str, Column], marks: Iterable[str]) -> Profile:
    return Profile(name, {folded(head): role for head, role in heads.items()}, frozenset(map(folded, marks)))


PROFILES = (
    _profile(
        "CAIQ v4",
        {
            "Question ID": Column.REF,
            "Question": Column.QUESTION,
            "CSP CAIQ Answer": Column.ANSWER,
            "SSRM Control Ownership": Column.COMPANION,
            "CSP Implementation Description (Optional/Recommended)": Column.COMPANION,
            "CSC Responsibilities (Optional/Recommended)": Column.COMPANION,
            "CCM Control ID": Column.OTHER,
            "CCM Control Specification": Column.OTHER,
            "CCM Control Title": Column.OTHER,
            "CCM Domain Title": Column.SECTION,
        },
        ("CSP CAIQ Answer", "SSRM Control Ownership"),
    ),
    _profile(
        "SIG",
        {
            "Ques Num": Column.REF,
            "Question/Request": Column.QUESTION,
            "Response": Column.ANSWER,
            "Additional Information": Column.COMPANION,
            "Category": Column.OTHER,
            "Document/Attachment": Column.EVIDENCE,
            "AUP Reference": Column.OTHER,
            "ISO 27002 Relevance": Column.OTHER,
        },
        ("Ques Num", "Question/Request", "Response"),
    ),
    _profile(
        "HECVAT 4",
        {
            "ID": Column.REF,
            "Question": Column.QUESTION,
            "Answer": Column.ANSWER,
            "Vendor Answers": Column.ANSWER,
            "Additional Information": Column.COMPANION,
            "Guidance": Column.HELP,
            "Analyst Notes": Column.OTHER,
            "Compliant Answer": Column.OTHER,
            "Default Importance": Column.WEIGHT,
        },
        ("Additional Information", "Guidance", "Analyst Notes"),
    ),
    _profile(
        "SAMM",
        {
            "Stream": Column.OTHER,
            "Level": Column.OTHER,
            "Answer": Column.ANSWER,
            "Interview Notes": Column.COMMENT,
            "Rating": Column.SCORE,
        },
        ("Answer", "Interview Notes", "Rating"),
    ),
    _profile(
        "AI Verify",
        {
            "PID": Column.REF,
            "Testable Criteria": Column.OTHER,
            "Process": Column.QUESTION,
            "Process Checks": Column.QUESTION,
            "Process Evidence": Column.HELP,
            "Evidence Type": Column.HELP,
            "Completed": Column.ANSWER,
            "Elaboration": Column.COMMENT,
        },
        ("Process", "Elaboration"),
    ),
)


def recognised(workbook: Workbook, profiles: Iterable[Profile]) -> Profile | None:
    """The profile with the most marks that all stand in one row of the workbook."""
    best: Profile | None = None
    for sheet in workbook.sheets:
        for row in sorted(sheet.rows)[:ROWS_LOOKED_AT]:
            texts = {folded(cell.text) for cell in sheet.rows[row].values() if len(cell.text) < 100}
            for profile in profiles:
                if profile.marks and profile.marks <= texts and (best is None or len(profile.marks) > len(best.marks)):
                    best = profile
    return best


def learned(name: str, layout: Layout) -> Profile:
    """A person's mapping as a profile for the next file of this make."""
    columns = [each for sheet in layout.sheets if sheet.role == SheetRole.QUESTIONS for each in sheet.columns]
    heads = {folded(each.head): each.role for each in columns if each.head}
    return Profile(name, heads, frozenset(heads))
