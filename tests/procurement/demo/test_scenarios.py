"""The scenarios of the walkthrough: what the policy says, how the approval stands over the year, who gets mail.

Told in this process with a scan each week: a scan that missed six days loses nothing.
"""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from pypdf import PdfReader

from procurement.decisions.models import Decision, Memo
from procurement.demo.paper import paper_from
from procurement.demo.plots import Tale, tale_of
from procurement.demo.scenarios import SCENARIOS
from procurement.demo.walkthrough import Broken, Walkthrough
from procurement.policy.terms import Result
from procurement.reviews.models import Review, RiskAcceptance, State, Waiver
from procurement.reviews.queries import requirement_checks
from tests.procurement.demo.reports import HOW_TO_GET_THEM, REPORTS, memo_words
from vendors.calendar.days import plus_days, plus_months

START = date(2026, 9, 15)
CONTACT = "jonah.pell@quillhaven.example"

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _the_first_day():
    with time_machine.travel(f"{START.isoformat()}T07:00:00+02:00", tick=False):
        yield


class Telling:
    """One scenario, told from START on."""

    def __init__(self, folder, settings) -> None:
        settings.CELERY_BROKER_URL = ""
        self.folder = folder
        self.lines: list[str] = []

    def __call__(self, name: str, *, tale: Tale | None = None) -> Walkthrough:
        chosen = SCENARIOS[name]
        tale = tale or chosen.tale(START)
        self.walk = Walkthrough(tale=tale, out=self.folder, tell=self.lines.append, every_days=7)
        self.memo = chosen.tell(self.walk)
        return self.walk

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def results(self, on: date) -> dict[str, Result]:
        return {check.key: check.result for check in requirement_checks(Review.objects.get(), on)}

    def mails_to(self, address: str) -> int:
        return Counter(message.to[0].split("<")[-1].strip(">") for message in mail.outbox)[address]


@pytest.fixture
def tell(tmp_path, settings) -> Telling:
    return Telling(tmp_path, settings)


def flat(text: str) -> str:
    return " ".join(text.split())


def stood(walk: Walkthrough) -> list[str]:
    return [words for words, _until in walk.standings]


def test_clean(tell):
    walk = tell("clean")
    assert {Result.NOT_MET} & set(tell.results(plus_days(START, 8)).values()) == set()
    assert walk.standings == [("in force", date(2027, 5, 31)), ("lapsed", date(2027, 5, 31))]
    assert tell.memo.name == f"{Memo.objects.get().number}.pdf"
    assert tell.mails_to(CONTACT) > 5
    assert "Please tell us by" in tell.text
    assert "Quillhaven: the approval ends" in tell.text or "the approval ends today" in tell.text


def test_qualified(tell):
    walk = tell("qualified")
    results = tell.results(plus_days(START, 8))
    assert (results["opinion"], results["remediation_closed"]) == (Result.NOTED, Result.MET)
    assert stood(walk) == ["in force", "lapsed"]
    assert "Laszlo Oduya closes the remediation" in tell.text
    assert tell.mails_to("laszlo.oduya@northmoor.example") >= 1


@pytest.mark.skipif(not REPORTS.is_dir(), reason=HOW_TO_GET_THEM)
@pytest.mark.parametrize(
    ("file", "outcome", "opinion", "auditor"),
    [
        ("brindlewick_soc2_type2_2025.pdf", "Approved", "Unqualified", "Calloway Brandt LLP"),
        ("mossgate_soc2.pdf", "Approved with conditions", "Qualified", "Pemberwick CPAs, PLLC"),
    ],
)
def test_a_report_of_ones_own(tell, file, outcome, opinion, auditor):
    tell("main", tale=tale_of(paper_from(REPORTS / file)))
    assert f"decides: {outcome}, MEMO-" in tell.text
    memo = memo_words(tell.folder)
    for each in (opinion, auditor):
        assert each in memo
    assert "Quillhaven" not in memo, "nothing of our own story slips into it"


def test_adverse(tell):
    tell("adverse")
    assert tell.results(plus_days(START, 8))["opinion"] is Result.NOT_MET
    assert (tell.memo, Review.objects.get().state) == (None, State.WITHDRAWN)
    assert RiskAcceptance.objects.get().refused_at
    assert "Asking for approval: refused. Not ready to decide. Settle first: Opinion." in tell.text
    assert "no reminder in the year that follows" in tell.text
    assert tell.mails_to("tomasz.reyk@northmoor.example") == 1, "asked to accept the risk, and nothing else"


def test_type_1_newcomer(tell):
    walk = tell("type-1-newcomer")
    waiver = Waiver.objects.get()
    assert waiver.until == plus_months(START, 6) == Decision.objects.get().valid_until
    assert tell.results(plus_days(START, 8))["soc2_type2_current"] is Result.NOTED
    assert tell.results(plus_days(waiver.until, 1))["soc2_type2_current"] is Result.NOT_MET
    assert walk.standings == [("in force", waiver.until), ("lapsed", waiver.until)]
    assert "4 of 4 have an owner" in tell.text, "what is typed and what is read is one control"
    pages = [page.extract_text() for page in PdfReader(tell.memo).pages]
    assert 2 <= len(pages) <= 4
    assert "Document, frozen with this memo" in pages[-1], "no last page with nothing but how to check it"
    assert "Adaeze Lind" in "".join(line for line in tell.lines if "the approval ends" in line)
    to_vendor = [str(message.subject) for message in mail.outbox if CONTACT in message.to[0]]
    asking = "Please send us your SOC 2 Type II report by 15 March 2027"
    year = to_vendor[to_vendor.index(asking) :]
    assert {subject.split(":")[0] for subject in year[1:]} >= {"Due on 15 March 2027", "Overdue since 15 March 2027"}
    assert 4 <= len(year) <= 6
    asked = next(str(message.body) for message in mail.outbox if message.subject == asking)
    assert "Until then the Type I report we hold stands in for it: at most until 15 March 2027." in flat(asked)
    assert "Quillhaven has not sent its next report" in tell.text


def test_gap_with_bridge(tell):
    walk = tell("gap-with-bridge")
    assert tell.results(plus_days(START, 8))["period_length"] is Result.NOTED
    assert "were examined by nobody" in tell.text
    for words in ("bridged  2025-06-01 – 2025-08-31, 92 days", "gap      2025-09-01 – 2025-09-30, 30 days"):
        assert words in tell.text
    assert stood(walk) == ["in force", "lapsed"]
    assert tell.mails_to(CONTACT) > 5


def test_awaiting_successor(tell):
    walk = tell("awaiting-successor")
    stated = plus_days(date(2027, 5, 31), -20)
    carried = plus_days(plus_months(stated, 3), -1)
    assert stood(walk) == ["in force", "in force, awaiting successor", "lapsed"]
    assert walk.standings[-1][1] == carried
    assert "The approval is in force, awaiting successor: The report stopped counting on 31 May 2027." in tell.text
    assert "The vendor writes when its next report comes" in tell.text


def test_no_report_healthcare_as_the_command_tells_it(tmp_path, settings):
    settings.CELERY_BROKER_URL = ""  # with the test ends what the command sets as well
    told = StringIO()
    call_command("walkthrough", "--scenario", "no-report-healthcare", "--out", str(tmp_path / "out"), stdout=told)
    results = {check.key: check.result for check in requirement_checks(Review.objects.get(), plus_days(START, 3))}
    assert (results["baa_for_health"], results["soc2_type2_current"]) == (Result.MET, Result.NOT_MET)
    assert "Nothing is waived and no risk accepted for data from Healthcare." in told.getvalue()
    assert "Done. Nothing was approved, as the policy demands." in told.getvalue()
    assert "no reminder in the year that follows" in told.getvalue()
    assert not Waiver.objects.exists()
    assert Review.objects.get().state == State.WITHDRAWN


def test_cardholder_without_aoc(tell):
    tell("cardholder-without-aoc")
    results = tell.results(plus_days(START, 8))
    assert {key for key, result in results.items() if result is Result.NOT_MET} == {"pci_aoc_for_cardholder"}
    assert "Settle first: PCI DSS attestation of compliance." in tell.text
    assert not Decision.objects.exclude(outcome="").exists()
    assert "no reminder in the year that follows" in tell.text


def test_lapsed_nda(tell):
    walk = tell("lapsed-nda")
    ended = plus_days(START, 120)
    assert walk.standings == [("in force", date(2027, 5, 31)), ("lapsed", plus_days(ended, -1))]
    assert "Opening the report: refused. No NDA with Quillhaven is in force." in tell.text
    assert "The NDA ended on" in tell.text


def test_trust_center(tell):
    walk = tell("trust-center")
    assert stood(walk) == ["in force", "lapsed"]
    assert tell.mails_to(CONTACT) == 0
    assert tell.mails_to("ines.varga@northmoor.example") > 3, "the reviewer stands in for the vendor"


def test_a_story_that_ends_otherwise_is_broken(tell):
    walk = tell("clean")
    with pytest.raises(Broken, match="was not refused"):
        walk.is_refused(START, "Nothing", lambda: None, "")
    review = Review.objects.get()
    with pytest.raises(Broken, match="for another reason"):
        walk.is_refused(START, "Withdrawing", lambda: walk.withdraw(review, "Late.", START), "some other words")
    with pytest.raises(Broken, match="Data is cleared without an approval"):
        walk.nothing_may_be_sent(Review.objects.get(), plus_days(START, 10))
