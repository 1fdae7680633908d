"""From a memo's frozen content to its PDF. Reads nothing but the content, so a memo prints the same for ever."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from procurement.decisions.canonical import Content, canonical_json
from procurement.decisions.models import Memo, Outcome
from vendors.printing.services import PrintingUnavailable, PrintJobFailed, print_pdf

CannotPrint = (PrintingUnavailable, PrintJobFailed)

TONES = {Outcome.APPROVED: "ok", Outcome.APPROVED_WITH_CONDITIONS: "ok", Outcome.REJECTED: "bad"}


def render(memo: Memo) -> bytes:
    """The memo as PDF/A-3a with its content attached as JSON. Raises what `CannotPrint` names."""
    return print_pdf(
        html=memo_html(memo),
        created=datetime.fromisoformat(memo.content["decision"]["at"]),
        identifier=bytes.fromhex(memo.content_sha256)[:16],
        attachments=[
            (
                f"{memo.number}.json",
                canonical_json(memo.content),
                "The memo's frozen content, from which this PDF was made",
            )
        ],
    )


def memo_html(memo: Memo) -> str:
    """The memo's page before printing."""
    context = {
        "memo": memo.content,
        "content_sha256": memo.content_sha256,
        "verdict": verdict_of(memo.content),
        "tone": tone_of(memo.content),
    }
    return render_to_string("procurement/decisions/memo.html", context)


def tone_of(content: Content) -> str:
    """The colour of the verdict: amber where something was let pass for a while; the words say it too."""
    tone = TONES[Outcome(content["decision"]["outcome"])]
    return "warn" if tone == "ok" and (content.get("waivers") or content.get("risk_acceptances")) else tone


def verdict_of(content: Content) -> str:
    """The decision in words: "Approved with 2 conditions", "Approved, by way of a waiver"."""
    outcome = content["decision"]["outcome"]
    words = verdict(outcome, len(content["conditions"]))
    if outcome == Outcome.REJECTED:
        return words
    if content.get("waivers"):
        words = _("%(verdict)s, by way of a waiver") % {"verdict": words}
    if content.get("risk_acceptances"):
        words = _("%(verdict)s, with an accepted risk") % {"verdict": words}
    return words


def verdict(outcome: str, conditions: int) -> str:
    """The outcome in words: "Approved with 2 conditions"."""
    if outcome == Outcome.APPROVED_WITH_CONDITIONS:
        return f"Approved with {conditions} condition{'s' if conditions != 1 else ''}"
    return str(Outcome(outcome).label)
