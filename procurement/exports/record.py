"""What an export of a questionnaire holds, as plain data. Every format is made of this and of nothing else. Pure.

The JSON export is these fields by these names (json_file.py, docs/questionnaires.md).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Audience(StrEnum):
    """Whose copy it is. The vendor's holds what the vendor said and was told, and nothing that is ours alone."""

    OURS = "ours"
    VENDOR = "vendor"


class Stands(StrEnum):
    """Whether the vendor is asked, else why not."""

    ASKED = "asked"
    COVERED = "covered"
    HIDDEN = "hidden"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """When the export was taken, by whom, and whose copy it is."""

    at: datetime
    by: str
    organisation: str
    audience: Audience


@dataclass(frozen=True, kw_only=True)
class VendorNamed:
    name: str
    legal_name: str
    domain: str


@dataclass(frozen=True, kw_only=True)
class Version:
    """What was asked. `content` is the version in our own format, of which `sha256` is the hash; None in a vendor's
    copy."""

    questionnaire: str
    title: str
    number: int
    sha256: str
    content: dict[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class BroughtIn:
    """A file of answers that a reviewer brought in for the vendor: who did, which, and where it came from."""

    by: str
    name: str
    received_from: str


@dataclass(frozen=True, kw_only=True)
class Course:
    """Where the questionnaire stands, and when it came there. Names are empty where nobody acted yet.

    handed_over_by  the reviewer who took what was brought in as the vendor's answer: then nobody has signed
    brought_in      the files it was taken from
    """

    state: str
    sent_at: datetime
    sent_by: str
    contact: str
    due_on: date
    submitted_at: datetime | None
    signer_name: str
    signer_title: str
    completed_at: datetime | None
    completed_by: str
    cancelled_at: datetime | None
    cancelled_reason: str
    leans_on_report: bool
    wants_second_reviewer: bool
    handed_over_by: str = ""
    brought_in: tuple[BroughtIn, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Of the questions of the version: asked, answered by the report, hidden by their conditions. Of those asked:
    answered whole, accepted, sent back. `carried` stood last year's answer beside."""

    asked: int
    covered: int
    hidden: int
    answered: int
    accepted: int
    sent_back: int
    carried: int


@dataclass(frozen=True, kw_only=True)
class SectionScore:
    """The score of one section, from 0 to 100; None while nothing of it is scored."""

    title: str
    score: int | None
    if_submitted: int | None
    not_applicable: int
    says_little: bool


@dataclass(frozen=True, kw_only=True)
class Scores:
    """The score of the whole. `knocked_out` are references of what is not negotiable and worth nothing."""

    score: int | None
    if_submitted: int | None
    risk: str
    unrated: int
    knocked_out: tuple[str, ...]
    sections: tuple[SectionScore, ...]


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file beside an answer. `as_of` is the document's own date; `sha256` that of its bytes, which are not here."""

    name: str
    kind: str
    as_of: date | None
    size: int
    sha256: str
    sent_by: str
    sent_at: datetime


@dataclass(frozen=True, kw_only=True)
class FurtherField:
    """A further field of the question that is filled in."""

    key: str
    title: str
    said: str


@dataclass(frozen=True, kw_only=True)
class Flag:
    """What a chosen option raises."""

    option: str
    severity: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Our word on an answer. `note` is what we asked the vendor when we sent it back."""

    verdict: str
    note: str
    by: str
    at: datetime | None
    seconded_by: str
    seconded_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Rated:
    """A reviewer's rating. `counts` is false once the vendor has changed the answer since."""

    score: int
    before: int | None
    reason: str
    by: str
    at: datetime
    counts: bool


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What an answer adds to the score. `own` is its worth by itself, `score` what counts; None: open or unrated."""

    weight: int
    own: int | None
    score: int | None
    ratings: tuple[Rated, ...]


@dataclass(frozen=True, kw_only=True)
class ByReport:
    """What the accepted report says to a question: level full, partial or none, and the pages of the report."""

    level: str
    report: str
    period_start: date | None
    period_end: date | None
    reason: str
    pages: tuple[int, ...]
    required_by: str


@dataclass(frozen=True, kw_only=True)
class LastYear:
    """The earlier answer that stood beside the question, how it was found, and what became of it."""

    answer: str
    comment: str
    how: str
    became: str


@dataclass(frozen=True, kw_only=True)
class FindingRaised:
    """What we found about the answer, and who sees to it until when."""

    label: str
    title: str
    severity: str
    state: str
    owner: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One question with its answer.

    section         the titles of its section and of those around it, the outermost first
    because         where it is hidden, the condition under which it would be asked
    is_handed_over  in our copy nothing stands in `value` to `files` before; a vendor's copy holds what it has written
    value, answer   as kept (docs/questionnaires.md), and in words
    companions      the further fields that are filled in, in their order
    answered_by     a contact by name; what a reviewer brought in, with file and source in words
    brought_in      the same in parts; None where a contact gave it
    judgement       in a vendor's copy only what was sent back
    worth           None where it is not asked or not scored, and in a vendor's copy
    """

    key: str
    ref: str
    section: tuple[str, ...]
    question: str
    kind: str
    criteria: tuple[str, ...]
    stands: Stands
    because: str
    is_handed_over: bool
    is_whole: bool
    value: Any
    answer: str
    is_not_applicable: bool
    comment: str
    companions: tuple[FurtherField, ...]
    files: tuple[SentFile, ...]
    revision: int
    answered_by: str
    answered_at: datetime | None
    judgement: Judgement | None
    worth: Worth | None
    flags: tuple[Flag, ...]
    findings: tuple[FindingRaised, ...]
    report: ByReport | None
    last_year: LastYear | None
    brought_in: BroughtIn | None = None

    @property
    def is_asked(self) -> bool:
        return self.stands is Stands.ASKED


@dataclass(frozen=True, kw_only=True)
class AssessmentRecord:
    """One questionnaire as it stands when it is exported.

    review  the number of the review it belongs to; empty in a vendor's copy
    facts   what conditions ask beside answers, as it stood when it was sent; empty in a vendor's copy
    scores  None in a vendor's copy, and while nothing is handed over
    """

    id: int
    exported: Taken
    vendor: VendorNamed
    service: str
    review: str
    version: Version
    course: Course
    facts: dict[str, Any]
    counts: Counts
    scores: Scores | None
    answers: tuple[Answered, ...]

    @property
    def is_ours(self) -> bool:
        return self.exported.audience is Audience.OURS
