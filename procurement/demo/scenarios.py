"""The scenarios of the walkthrough: one for each way a review may go, with the end the policy demands.

Each tells its acts on a `Walkthrough` and raises `Broken` when it ends otherwise. It returns the memo's PDF, or None
where nothing is decided.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from procurement.demo import plots, side_acts
from procurement.demo.plots import Tale
from procurement.demo.walkthrough import Broken, Walkthrough
from procurement.reviews.models import Review
from vendors.calendar.days import plus_days, plus_months
from vendors.correspondence.models import OutgoingEmail
from vendors.reports import services as reports
from vendors.reports.access import check_can_open
from vendors.reports.coverage import AuditPeriod, BridgeLetter, coverage

Told = Path | None


@dataclass(frozen=True)
class Scenario:
    tale: Callable[[date], Tale]
    tell: Callable[[Walkthrough], Told]


def the_main_job(walk: Walkthrough) -> Told:
    """Read, judged, approved; in force until the report stops counting."""
    memo = walk.run()
    _ends(walk, "in force", "lapsed")
    return memo


def an_adverse_opinion(walk: Walkthrough) -> Told:
    """No assurance. The approver does not accept the risk, so the review cannot be put forward and is withdrawn."""
    review, day = walk.until_judged(), plus_days(walk.start, 8)
    proposal = side_acts.propose_to_accept_the_risk(walk.story, review, plus_months(day, 3), day)
    walk.act(day, f"{walk.cast.reviewer} proposes to accept the risk until {proposal.until}")
    side_acts.refuse(walk.story, proposal, "Personal data does not go to a vendor without access control.", day)
    walk.act(day, f"{walk.cast.approver} refuses")
    _cannot_be_put_forward(walk, review, day, "Settle first: Opinion.")
    walk.withdraw(review, "The auditor gives no assurance.", day)
    walk.nothing_may_be_sent(review, plus_days(day, 1))
    walk.check_the_ledger()
    return None


def a_newcomer_with_type_1(walk: Walkthrough) -> Told:
    """A Type I report stands in by an interim waiver, and the approval ends with it."""
    review, day = walk.until_judged(), plus_days(walk.start, 8)
    launched, promised = plus_months(walk.start, -8), plus_months(walk.start, 6)
    waiver = side_acts.propose_interim(walk.story, review, promised, launched, day)
    walk.act(day, f"{walk.cast.reviewer} proposes an interim waiver until {waiver.until}")
    side_acts.grant(walk.story, waiver, day)
    walk.act(day, f"{walk.cast.approver} grants it")
    walk.what_the_policy_says(review, day)
    memo = walk.decide(review, day)
    walk.a_year_of_days(review, plus_days(day, 1))
    _ends(walk, "in force", "lapsed", last_day=waiver.until)
    walk.check_the_ledger()
    return memo


def a_gap_with_a_bridge(walk: Walkthrough) -> Told:
    """Four months lie between two reports; a letter bridges three of them, and nobody examined the fourth."""
    day, before = walk.start, plots.the_report_before(walk.paper)
    review = walk.ask_and_take(day)
    request = walk.ask_the_vendor(review, day)
    contact = request.contact
    assert contact is not None
    old = walk.story.send_report(contact, None, before, plus_days(day, 2))
    old = walk.story.record_facts(review, old, before, plus_days(day, 2))
    old = walk.story.accept_report(review, old, plus_days(day, 2))
    walk.act(plus_days(day, 2), f"{contact} sends the report before; it is accepted: {old}")
    walk.what_the_policy_says(review, plus_days(day, 2))
    facts = walk.paper.facts
    assert old.period_end
    assert facts.period_start
    assert facts.period_end
    bridged = plus_months(old.period_end, 3)
    period = (facts.period_start, facts.period_end)
    side_acts.name_next_report(walk.story, old, period, plus_days(day, 4), plus_days(day, 3), bridged)
    walk.act(plus_days(day, 3), f"A bridge letter that speaks until {bridged} is written down")
    new = walk.story.send_report(contact, request, walk.paper, plus_days(day, 4))
    walk.act(plus_days(day, 4), f"{contact} sends {new.file.name}")
    walk.read_and_judge(review, plus_days(day, 5), new)
    stretches = coverage(
        [AuditPeriod(start, end) for start, end in _periods(review)],
        [BridgeLetter(old.period_end, bridged)],
        first=plus_days(old.period_end, 1),
        last=period[1],
    )
    for stretch in stretches:
        walk.tell(f"      {stretch.kind.value:<8} {stretch.start} – {stretch.end}, {stretch.days} days")
    if [stretch.kind.value for stretch in stretches] != ["bridged", "gap", "covered"]:
        raise Broken("The days between the two reports are not bridged, then a gap, then covered.")
    memo = walk.decide(review, plus_days(day, 8))
    walk.a_year_of_days(review, plus_days(day, 9))
    _ends(walk, "in force", "lapsed")
    walk.check_the_ledger()
    return memo


def awaiting_the_successor(walk: Walkthrough) -> Told:
    """The vendor names its next report in writing, which carries the approval for a while; then the report is out of
    policy."""
    review, end = walk.until_judged(), walk.paper.facts.period_end
    assert end is not None
    current_until = plus_months(end, 12)
    stated = plus_days(current_until, -20)

    def the_vendor_writes(day: date) -> None:
        report = Review.objects.get(pk=review.pk).report
        assert report is not None
        side_acts.name_next_report(
            walk.story, report, (plus_days(end, 1), plus_months(end, 12)), plus_days(current_until, 60), day
        )
        walk.act(day, "The vendor writes when its next report comes")

    memo = walk.decide(review, plus_days(walk.start, 8))
    walk.a_year_of_days(review, plus_days(walk.start, 9), statement=(stated, the_vendor_writes))
    carried = plus_days(plus_months(stated, 3), -1)
    _ends(walk, "in force", "in force, awaiting successor", "lapsed", last_day=carried)
    walk.check_the_ledger()
    return memo


def healthcare_without_a_report(walk: Walkthrough) -> Told:
    """Papers for health data are on file, but there is no report, and nothing is waived in healthcare."""
    day = walk.start
    review = walk.ask_and_take(day)
    request = walk.ask_the_vendor(review, day)
    for kind, title in (("baa", "Business associate agreement"), ("hipaa_evidence", "HIPAA security assessment")):
        paper = side_acts.record_evidence(walk.story, review.vendor, kind, title, None, plus_days(day, 2))
        walk.act(plus_days(day, 2), f"{walk.cast.reviewer} records: {paper}")
    walk.what_the_policy_says(review, plus_days(day, 2))
    day = plus_days(day, 3)
    end = plus_months(day, 6)
    walk.is_refused(
        day,
        "A waiver of the report is proposed",
        lambda: side_acts.propose_waiver_of_report(walk.story, review, end, day),
        "Nothing is waived",
    )
    reports.cancel_request(
        request=request, reason="There is no report yet.", by=walk.cast.reviewer, now=walk.story.at(day)
    )
    walk.act(day, f"{walk.cast.reviewer} takes the request back")
    walk.withdraw(review, "No SOC 2 Type II report, and no waiver is possible.", day)
    walk.nothing_may_be_sent(review, plus_days(day, 1))
    walk.check_the_ledger()
    return None


def cardholder_data_without_attestation(walk: Walkthrough) -> Told:
    """The report is fine and another certificate is on file, but SOC 2 does not cover cardholder data."""
    review, day = walk.until_judged(), plus_days(walk.start, 8)
    paper = side_acts.record_evidence(
        walk.story, review.vendor, "iso27001_certificate", "Certificate 4711", plus_months(day, 18), day
    )
    walk.act(day, f"{walk.cast.reviewer} records: {paper}")
    _cannot_be_put_forward(walk, review, day, "Settle first: PCI DSS attestation of compliance.")
    walk.withdraw(review, "The vendor shows no attestation of compliance.", day)
    walk.nothing_may_be_sent(review, plus_days(day, 1))
    walk.check_the_ledger()
    return None


def an_nda_that_ends(walk: Walkthrough) -> Told:
    """The vendor ends the NDA after four months: the approval lapses that day and the report is closed."""
    review, ends = walk.until_judged(), plus_days(walk.start, 120)

    def the_nda_ends(day: date) -> None:
        side_acts.end_nda(walk.story, review.vendor.ndas.get(), day)
        walk.act(day, "The vendor ends the NDA")
        report = review.vendor.reports.get()
        walk.is_refused(
            day,
            "Opening the report",
            lambda: check_can_open(walk.cast.reviewer, report, day),
            "No NDA with Quillhaven is in force",
        )

    memo = walk.decide(review, plus_days(walk.start, 8))
    walk.a_year_of_days(review, plus_days(walk.start, 9), nda=(ends, the_nda_ends))
    _ends(walk, "in force", "lapsed", last_day=plus_days(ends, -1))
    walk.check_the_ledger()
    return memo


def from_the_trust_center(walk: Walkthrough) -> Told:
    """The reviewer accepts the vendor's own NDA and fetches the report; nobody at the vendor gets a mail."""
    day, story = walk.start, walk.story
    review = walk.ask_and_take(day)
    nda = story.accept_trust_center_nda(review.vendor, plus_days(day, 1))
    walk.act(plus_days(day, 1), f"{walk.cast.reviewer} records: {nda.title}, accepted for us on its trust center")
    report = story.upload_report(review.vendor, walk.paper, plus_days(day, 2))
    walk.act(plus_days(day, 2), f"{walk.cast.reviewer} uploads {report.file.name}")
    walk.read_and_judge(review, plus_days(day, 5))
    memo = walk.decide(review, plus_days(day, 8))
    walk.a_year_of_days(review, plus_days(day, 9))
    _ends(walk, "in force", "lapsed")
    if OutgoingEmail.objects.filter(to_email__endswith=walk.story.plot.domain).exists():
        raise Broken("Somebody at the vendor got a mail.")
    walk.check_the_ledger()
    return memo


SCENARIOS: dict[str, Scenario] = {
    "main": Scenario(plots.main_job, the_main_job),
    "clean": Scenario(plots.clean_report, the_main_job),
    "qualified": Scenario(plots.modified_opinion, the_main_job),
    "adverse": Scenario(plots.adverse_opinion, an_adverse_opinion),
    "type-1-newcomer": Scenario(plots.type_1, a_newcomer_with_type_1),
    "gap-with-bridge": Scenario(plots.after_a_gap, a_gap_with_a_bridge),
    "awaiting-successor": Scenario(plots.clean_report, awaiting_the_successor),
    "no-report-healthcare": Scenario(plots.health_data, healthcare_without_a_report),
    "cardholder-without-aoc": Scenario(plots.cardholder_data, cardholder_data_without_attestation),
    "lapsed-nda": Scenario(plots.clean_report, an_nda_that_ends),
    "trust-center": Scenario(plots.clean_report, from_the_trust_center),
}


def _periods(review: Review) -> list[tuple[date, date]]:
    periods = review.vendor.reports.values_list("period_start", "period_end")
    return [(start, end) for start, end in periods if start and end]


def _cannot_be_put_forward(walk: Walkthrough, review: Review, day: date, because: str) -> None:
    walk.what_the_policy_says(review, day)
    walk.story.draft(review, day)
    walk.is_refused(day, "Asking for approval", lambda: walk.story.submit(review, day), because)


def _ends(walk: Walkthrough, *wanted: str, last_day: date | None = None) -> None:
    """Raises Broken unless the approval stood like this, one after the other, and this was its last day."""
    found = [words for words, _until in walk.standings]
    if found != list(wanted):
        raise Broken(f"The approval was {', then '.join(found)}; the policy wants {', then '.join(wanted)}.")
    ended = walk.standings[-1][1]
    if last_day is not None and ended != last_day:
        raise Broken(f"The approval held until {ended}; the policy wants {last_day}.")
