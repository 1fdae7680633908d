"""Same glyph, same meaning, everywhere (look/LOOK.md, section 4): how a state looks and what it is called."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Meaning:
    """A tone (ok, warn, bad, idle, act), a glyph of the sprite, and the word when the page gives none."""

    tone: str
    glyph: str
    word: str | Promise


MEANINGS: dict[str, Meaning] = {
    # assurance of a vendor
    "current": Meaning("ok", "ok", _("Current")),
    "bridged": Meaning("ok", "bridge", _("Bridged")),
    "awaiting_successor": Meaning("warn", "bridge", _("Awaiting successor")),
    "due_soon": Meaning("warn", "half", _("Due soon")),
    "out_of_policy": Meaning("bad", "out", _("Out of policy")),
    "no_report": Meaning("idle", "none", _("No report")),
    "none": Meaning("idle", "none", _("None on file")),
    # days of a coverage timeline
    "covered": Meaning("ok", "ok", _("Covered")),
    "gap": Meaning("bad", "flag", _("Gap")),
    "unreported": Meaning("idle", "none", _("No report yet")),
    # a review
    "draft": Meaning("idle", "ring", _("Draft")),
    "collecting": Meaning("idle", "clock", _("Collecting")),
    "in_review": Meaning("act", "dot", _("In review")),
    "remediation": Meaning("bad", "flag", _("Remediation")),
    "awaiting_approval": Meaning("warn", "half", _("Awaiting approval")),
    "approved": Meaning("ok", "ok", _("Approved")),
    "approved_with_conditions": Meaning("ok", "ok", _("Approved with conditions")),
    "rejected": Meaning("bad", "out", _("Rejected")),
    "withdrawn": Meaning("idle", "x", _("Withdrawn")),
    # standing of an approval
    "in_force": Meaning("ok", "ok", _("In force")),
    "suspended": Meaning("bad", "flag", _("Suspended")),
    "lapsed": Meaning("bad", "out", _("Lapsed")),
    "superseded": Meaning("idle", "next", _("Superseded")),
    "held": Meaning("warn", "lock", _("Held")),
    "dropped": Meaning("idle", "x", _("Dropped")),
    "revoked": Meaning("bad", "out", _("Revoked")),
    # a requirement, a step, a task
    "met": Meaning("ok", "ok", _("Met")),
    "not_met": Meaning("bad", "flag", _("Not met")),
    "not_applicable": Meaning("idle", "minus", _("Does not apply")),
    "noted": Meaning("warn", "flag", _("Noted")),
    "flagged": Meaning("warn", "flag", _("Flagged")),
    "done": Meaning("ok", "ok", _("Done")),
    "now": Meaning("act", "dot", _("Now")),
    "to_come": Meaning("idle", "ring", _("To come")),
    "waiting": Meaning("idle", "clock", _("Waiting")),
    "overdue": Meaning("bad", "clock", _("Overdue")),
    "closed": Meaning("ok", "ok", _("Closed")),
    "open": Meaning("act", "dot", _("Open")),
    # how severe a finding is, and who reads a comment
    "low": Meaning("idle", "info", _("Low")),
    "medium": Meaning("warn", "flag", _("Medium")),
    "high": Meaning("bad", "flag", _("High")),
    "critical": Meaning("bad", "out", _("Critical")),
    "internal": Meaning("idle", "people", _("Internal")),
    "shared": Meaning("warn", "away", _("Shared with the requester")),
    # papers, files and mail
    "nda": Meaning("ok", "lock", _("NDA in force")),
    "no_nda": Meaning("bad", "lock", _("No NDA in force")),
    "received": Meaning("ok", "ok", _("Received")),
    "refused": Meaning("bad", "out", _("Not accepted")),
    "accepted": Meaning("ok", "ok", _("Accepted")),
    "sent": Meaning("ok", "mail", _("Sent")),
    "queued": Meaning("idle", "clock", _("Waiting to be sent")),
    "sending": Meaning("idle", "clock", _("Being sent")),
    "failed": Meaning("bad", "flag", _("Not delivered")),
    "cancelled": Meaning("idle", "x", _("No longer needed")),
    # a version of a questionnaire; "draft" stands above
    "published": Meaning("ok", "ok", _("Published")),
    "retired": Meaning("idle", "x", _("Retired")),
    # a fact or row beside the report before
    "new": Meaning("act", "plus", _("New")),
    "reworded": Meaning("warn", "pen", _("Reworded")),
    "changed": Meaning("warn", "pen", _("Changed")),
    "gone": Meaning("idle", "x", _("Gone")),
    "again": Meaning("warn", "flag", _("Noted again")),
    # opinions
    "unqualified": Meaning("ok", "ok", _("Unqualified")),
    "qualified": Meaning("warn", "flag", _("Qualified")),
    "adverse": Meaning("bad", "out", _("Adverse")),
    "disclaimer": Meaning("bad", "out", _("Disclaimer")),
    # accounts
    "active": Meaning("ok", "ok", _("Active")),
    "inactive": Meaning("idle", "x", _("Deactivated")),
    # answers to "may we send data?"
    "yes": Meaning("ok", "ok", _("Yes")),
    "not_yet": Meaning("warn", "half", _("Not yet")),
    "no": Meaning("bad", "out", _("No")),
}


def meaning_of(name: str) -> Meaning:
    """The meaning of that name. Raises KeyError for one without a glyph: a page must not invent any."""
    return MEANINGS[str(name)]
