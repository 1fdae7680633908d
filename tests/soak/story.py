"""The main job over plain HTTP, in a production installation: nothing is looked up beside pages and mail."""

import hashlib
import re
from datetime import date
from io import BytesIO

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from pypdf import PdfReader

from procurement.demo.paper import Paper, paper_of
from procurement.demo.sample_report import SampleReport
from procurement.demo.seeding import QUILLHAVEN
from tests.journeys.house import wait_until
from tests.journeys.typed import typed_facts, typed_rows
from tests.journeys.visitor import Unexpected, Visitor
from tests.smtp import Received, SmtpServer
from vendors.calendar.days import plus_days

PASSWORD = "quiet river under seven bridges"
ADMINISTRATOR = "mei.okafor@northmoor.example"
ADAEZE, INES, TOMASZ = (f"{name}@northmoor.example" for name in ("adaeze.lind", "ines.varga", "tomasz.reyk"))
JONAH = QUILLHAVEN.contact_email


class Telling:
    """The story. Each act prints its line when it is done."""

    def __init__(self, base: str, mail: SmtpServer, today: date) -> None:
        self.base, self.mail, self.today = base, mail, today
        end = plus_days(today.replace(day=1), -62).replace(day=1)
        end = plus_days(end, -1)
        self.paper: Paper = paper_of(SampleReport(plus_days(end, -364), end))

    def tell(self) -> None:
        mei = self.comes_in(ADMINISTRATOR)
        for name, email, role in (
            ("Adaeze Lind", ADAEZE, "requester"),
            ("Ines Varga", INES, "reviewer"),
            ("Tomasz Reyk", TOMASZ, "approver"),
        ):
            mei.go("/people/new/")
            mei.submit({"name": name, "email": email, "roles": [role]}, to="/people/new/")
        self.said("The administrator comes in with a second factor and adds three people")
        mei.go("/ndas/texts/new/")
        mei.submit({"signatory_name": "Edda Marsh", "signatory_title": "General counsel"}, to="/ndas/texts/new/")
        self.said("Our NDA is issued")
        adaeze, ines, tomasz = (self.first_time(email) for email in (ADAEZE, INES, TOMASZ))
        self.said("All three choose a password by the link in their mail and add a second factor")
        review = self.ask(adaeze)
        vendor = self.take_and_invite(ines, review)
        jonah = self.contact_comes_in()
        self.report_is_sent(jonah)
        self.facts_are_read(ines, review)
        self.decide(ines, tomasz, review)
        self.memo_comes(tomasz)
        adaeze.go(review)
        adaeze.reads("Approved")
        ines.go(f"{vendor}?tab=ledger")
        ines.reads(QUILLHAVEN.contact, "Tomasz Reyk")
        self.said("The requester reads the approval; the ledger names everybody")

    def ask(self, adaeze: Visitor) -> str:
        adaeze.go("/reviews/new/")
        adaeze.submit(
            {
                "vendor_name": QUILLHAVEN.vendor,
                "vendor_domain": QUILLHAVEN.domain,
                "title": QUILLHAVEN.title,
                "description": QUILLHAVEN.description,
                "data_classes": list(QUILLHAVEN.data_classes),
                "criticality": QUILLHAVEN.criticality,
                "uptime_promised": True,
            },
            to="/reviews/new/",
        )
        adaeze.reads(QUILLHAVEN.title)
        self.said("The requester asks for a review")
        return adaeze.path

    def take_and_invite(self, ines: Visitor, review: str) -> str:
        self.letter(INES, "a review waits for a reviewer")
        ines.go(review)
        ines.submit(to="/take/")
        ines.reads("Collecting")
        vendor = ines.link_to("/vendors/").split("?")[0]
        if vendor == "/vendors/":
            vendor = next(link for link in ines.page.links if re.fullmatch(r"/vendors/\d+/", link))
        ines.go(f"{vendor}contacts/invite/")
        ines.submit(
            {"name": QUILLHAVEN.contact, "email": JONAH, "title": QUILLHAVEN.contact_title}, to="/contacts/invite/"
        )
        facts = self.paper.facts
        ines.go(f"{vendor}requests/new/")
        ines.submit(
            {
                "system": QUILLHAVEN.title,
                "period_start": facts.period_start,
                "period_end": facts.period_end,
                "due_on": plus_days(self.today, 14),
                "contact": QUILLHAVEN.contact,
            },
            to="/requests/new/",
        )
        self.said("The reviewer takes it, invites the contact, asks for the report")
        return vendor

    def contact_comes_in(self) -> Visitor:
        jonah = Visitor(self.base)
        jonah.go(self.link(self.letter(JONAH, "your invitation"), "/portal/i/"))
        jonah.submit(to="/portal/i/")
        code = re.search(r"^\s+(\d{6})\s*$", self.letter(JONAH, "Your code").text, re.MULTILINE)
        assert code
        jonah.submit({"code": code.group(1)}, to="/portal/code/")
        jonah.reads("Accept the NDA")
        jonah.go("/portal/nda/")
        jonah.submit(
            {"signer_name": QUILLHAVEN.contact, "signer_title": QUILLHAVEN.contact_title, "may_sign": True},
            to="/portal/nda/",
        )
        jonah.reads("Edda Marsh")
        self.letter(JONAH, "you accepted the NDA")
        self.said("The contact comes in by link and code and accepts our NDA")
        return jonah

    def report_is_sent(self, jonah: Visitor) -> None:
        jonah.go("/portal/")
        jonah.go(next(link for link in jonah.page.links if re.search(r"/portal/requests/\d+/", link)))
        if "/upload/" not in jonah.path:
            jonah.go(f"{jonah.path}upload/")
        jonah.submit(to="/upload/", files={"file": (self.paper.file_name, self.paper.content)})
        jonah.reads(hashlib.sha256(self.paper.content).hexdigest())
        self.letter(INES, "the report is here")
        self.said("The contact sends the report and reads its hash")

    def facts_are_read(self, ines: Visitor, review: str) -> None:
        ines.go(review)
        page = ines.link_to("/facts/")
        ines.go(page)
        facts = self.paper.facts
        typed = typed_facts(self.paper, str(self.today))
        for listed, rows in typed_rows(facts).items():
            typed[f"{listed}-TOTAL_FORMS"] = len(rows)
            for number, row in enumerate(rows):
                typed |= {f"{listed}-{number}-{name}": value for name, value in row.items()}
        ines.submit({**typed, "do": "save"}, to="/facts/")
        ines.reads("Nothing is missing")
        ines.submit({"do": "accept"}, to="/facts/")
        ines.go(page)
        ines.submit({"fits": "yes", "page": self.paper.scope_page, "ours": "Our users; single sign-on."}, to="/scope/")
        ines.go(review)
        exceptions = {f"{name}-{number}": value for number, name, value in self.each(ines, "decision-", "compensated")}
        reasons = {name.replace("decision", "reason"): "Our sign-on ends access." for name in exceptions}
        ines.submit({**exceptions, **reasons}, to="/exceptions/")
        ines.go(review)
        statuses = {f"{name}-{number}": value for number, name, value in self.each(ines, "status-", "in_place")}
        owners = {name.replace("status", "owner"): "Adaeze Lind" for name in statuses}
        controls = {name.replace("status", "our_control"): "IAM-02" for name in statuses}
        ines.submit({**statuses, **owners, **controls}, to="/controls/")
        self.said("The reviewer records and accepts the facts and judges what the report leaves to us")

    def decide(self, ines: Visitor, tomasz: Visitor, review: str) -> None:
        ines.go(f"{review}decision/")
        ines.submit(
            {"summary": QUILLHAVEN.summary, "residual_risk": "medium", "residual_note": QUILLHAVEN.residual_note},
            to="/decision/",
        )
        ines.go(f"{review}submit/")
        ines.submit({"approver": "Tomasz Reyk"}, to="/submit/")
        ines.reads("Awaiting approval")
        self.letter(TOMASZ, "waits for your decision")
        tomasz.go(f"{review}decide/")
        tomasz.reads(QUILLHAVEN.summary)
        tomasz.submit({"answer": "approved"}, to="/decide/")
        tomasz.reads(f"MEMO-{self.today.year}-0001")
        self.said("The reviewer drafts, the approver countersigns")

    def memo_comes(self, tomasz: Visitor) -> None:
        memo = f"/memos/MEMO-{self.today.year}-0001/"

        def is_there() -> bool:
            tomasz.go(memo)
            return any("/pdf/" in link for link in tomasz.page.links)

        wait_until(is_there, lambda: f"The worker printed no memo: {tomasz.text}", seconds=120)
        tomasz.go(f"{memo}pdf/")
        words = " ".join(page.extract_text() for page in PdfReader(BytesIO(tomasz.content)).pages)
        for name in ("Ines Varga", "Tomasz Reyk", QUILLHAVEN.vendor):
            assert name in " ".join(words.split()), f"{name} is not in the memo"
        self.said(f"The memo comes as a PDF of {len(tomasz.content):,} bytes, printed by the worker")

    def each(self, visitor: Visitor, prefix: str, value: str) -> list[tuple[str, str, str]]:
        """Number, name and value of every list on the page whose name begins so."""
        names = [name for form in visitor.page.forms for name in form.choices if name.startswith(prefix)]
        return [(name.removeprefix(prefix), prefix.rstrip("-"), value) for name in names]

    def first_time(self, email: str) -> Visitor:
        """By the link that lets a new member of staff choose a password."""
        visitor = Visitor(self.base)
        visitor.go(self.link(self.letter(email, ""), "/account/"))
        visitor.submit({"password1": PASSWORD, "password2": PASSWORD})
        return self.comes_in(email)

    def comes_in(self, email: str) -> Visitor:
        """Through the sign-in page; the first time a second factor has to be added."""
        visitor = Visitor(self.base)
        visitor.go("/account/login/")
        visitor.submit({"login": email, "password": PASSWORD}, to="/account/login/")
        if "/account/login/" in visitor.path:
            raise Unexpected(f"{email} does not come in: {visitor.text[:800]}")
        visitor.go("/account/2fa/totp/activate/")
        if "reauthenticate" in visitor.path:
            visitor.submit({"password": PASSWORD}, to="reauthenticate")
        secret = re.search(r"<code>([A-Z2-7]+)</code>", visitor.content.decode())
        if secret is None:
            raise Unexpected(f"No secret of an app on {visitor.path}: {visitor.text[:800]}")
        counter = next(iter(yield_hotp_counters_from_time()))
        visitor.submit({"code": format_hotp_value(hotp_value(secret.group(1), counter))}, to="/totp/activate/")
        visitor.go("/")
        if visitor.path != "/":
            raise Unexpected(f"{email} is led to {visitor.path}: {visitor.text[:800]}")
        return visitor

    def letter(self, address: str, subject: str) -> Received:
        """The newest letter with these words in its subject; waits for the worker to send it."""

        def found() -> list[Received]:
            return [each for each in self.mail.to(address) if subject in str(each.message["Subject"])]

        wait_until(lambda: bool(found()), lambda: f"No letter “{subject}” to {address}.", seconds=90)
        return found()[-1]

    def link(self, letter: Received, path: str) -> str:
        found = re.search(rf"https?://[^\s)]*?({re.escape(path)}[^\s)]*)", letter.text)
        if found is None:
            raise Unexpected(f"No link to {path} in the letter: {letter.text}")
        return found.group(1)

    def said(self, sentence: str) -> None:
        print(f"    {sentence}", flush=True)
