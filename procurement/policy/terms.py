"""The words in which a use of a vendor is described, and the results of a requirement. Pure."""

from enum import StrEnum

from vendors.reports.reasons import Term


class DataClass(Term):
    """What may be sent to the vendor."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    PERSONAL = "personal"
    HEALTH = "health"
    CARDHOLDER = "cardholder"
    US_FEDERAL = "us_federal"

    @property
    def words(self) -> str:
        return "US federal" if self is DataClass.US_FEDERAL else self.value

    @property
    def is_above_public(self) -> bool:
        return self is not DataClass.PUBLIC


class Vertical(Term):
    """The field of business the data comes from. In a regulated one no waiver is possible."""

    GENERAL = "general"
    HEALTHCARE = "healthcare"
    FINANCE = "finance"
    GOVERNMENT = "government"

    @property
    def is_regulated(self) -> bool:
        return self is not Vertical.GENERAL


class Criticality(Term):
    """How hard it hits us when the vendor fails."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class ScopeFit(Term):
    """Whether what we buy lies inside the system that the report describes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Result(StrEnum):
    """What a requirement comes to. Noted: worth a sentence in the memo, nothing is held up by it."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NOTED = "noted"


class Action(StrEnum):
    """What to do about a requirement; a page turns it into a link."""

    RECORD_NDA = "record_nda"
    REQUEST_REPORT = "request_report"
    GO_BY_REPORT = "go_by_report"
    RECORD_FACTS = "record_facts"
    ACCEPT_REPORT = "accept_report"
    ASK_STATEMENT = "ask_statement"
    SETTLE_SCOPE = "settle_scope"
    DECIDE_EXCEPTIONS = "decide_exceptions"
    ASSIGN_CUECS = "assign_cuecs"
    CHECK_AUDITOR = "check_auditor"
    ADD_EVIDENCE = "add_evidence"
    CLOSE_REMEDIATION = "close_remediation"
