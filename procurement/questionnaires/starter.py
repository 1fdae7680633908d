"""The questionnaire that ships, "Essential": 25 questions in our own words that a vendor can answer in an afternoon.

Pure data. What is published never changes: a better wording becomes a new version, not an edit of this one.
"""

from dataclasses import dataclass

KEY = "essential"
TITLE = "Essential security questions"
PURPOSE = "For every vendor: an afternoon's work beside the report."
INTRO = (
    "Answer for the service we buy, as it runs today. “Partial” is a good answer when you say what is missing and "
    "when it comes. Everything but a plain “Yes” needs a sentence. One PDF may go with an answer where it says more "
    "than words: a policy, a summary of a test, a certificate. What your SOC 2 report says already need not be sent "
    "twice: name the page."
)


@dataclass(frozen=True)
class Asked:
    """One question of the starter. Its stable key is the reference in small letters."""

    ref: str
    text: str
    help: str
    criteria: tuple[str, ...]
    takes_file: bool = True


SECTIONS: tuple[tuple[str, tuple[Asked, ...]], ...] = (
    (
        "Who answers for security",
        (
            Asked(
                "GO-1",
                "Does a named person answer for information security, with a mandate from management?",
                "Give the role. A part of somebody's job counts if the hours are set aside.",
                ("CC1.3", "CC1.5"),
                takes_file=False,
            ),
            Asked(
                "GO-2",
                "Do you have written security rules that were read over and approved within the last 12 months?",
                "The cover page with date and approver is enough.",
                ("CC5.3", "CC2.2"),
            ),
            Asked(
                "GO-3",
                "Do you list the risks to this service at least once a year and decide what to do about each?",
                "Say when that was done last.",
                ("CC3.1", "CC3.2"),
            ),
            Asked(
                "GO-4",
                "Has an independent tester tried to break into this service within the last 12 months?",
                "The tester's summary letter is enough: date, scope, what is still open.",
                ("CC4.1", "CC7.1"),
            ),
        ),
    ),
    (
        "People",
        (
            Asked(
                "PE-1",
                "Is everybody who may reach customer data checked before they start, as far as the law allows?",
                "Say which checks, and whether contractors are checked too.",
                ("CC1.4",),
                takes_file=False,
            ),
            Asked(
                "PE-2",
                "Does everybody learn about security when they join and at least once a year after that?",
                "",
                ("CC1.4", "CC2.2"),
                takes_file=False,
            ),
            Asked(
                "PE-3",
                "Is all access of somebody who leaves taken away within one working day?",
                "Say how you notice when it was not.",
                ("CC6.2", "CC6.3"),
                takes_file=False,
            ),
        ),
    ),
    (
        "Access",
        (
            Asked(
                "AC-1",
                "Does everybody on your side need a second factor to reach production and customer data?",
                "Name the kind: passkey, hardware key, app, text message.",
                ("CC6.1",),
                takes_file=False,
            ),
            Asked(
                "AC-2",
                "Can our people sign in through our own identity provider, with our rules?",
                "SAML or OpenID Connect; say whether it costs extra.",
                ("CC6.1", "CC6.2"),
                takes_file=False,
            ),
            Asked(
                "AC-3",
                "Does each of your people have only the rights their work needs, looked over at least every quarter?",
                "",
                ("CC6.3",),
            ),
            Asked(
                "AC-4",
                "Is every access of your staff to our data recorded so that it can be shown to us?",
                "Say how long the records are kept and who can change them.",
                ("CC6.1", "CC7.2"),
                takes_file=False,
            ),
        ),
    ),
    (
        "Our data",
        (
            Asked(
                "DA-1",
                "Is our data encrypted wherever it is stored, backups and copies included?",
                "Say who holds the keys.",
                ("CC6.1", "C1.1"),
                takes_file=False,
            ),
            Asked(
                "DA-2",
                "Is our data encrypted on every way it takes, between your own systems too?",
                "TLS 1.2 or newer.",
                ("CC6.7",),
                takes_file=False,
            ),
            Asked(
                "DA-3",
                "Is our data kept apart from that of other customers in a way that is tested?",
                "",
                ("CC6.1", "C1.1"),
                takes_file=False,
            ),
            Asked(
                "DA-4",
                "Can we name the country or region our data stays in, support and backups included?",
                "Name the places.",
                ("C1.1", "P6.1"),
                takes_file=False,
            ),
            Asked(
                "DA-5",
                "Do you delete our data within 60 days after the contract ends, and confirm it in writing?",
                "Say how long backups live on.",
                ("C1.2", "P4.3"),
                takes_file=False,
            ),
            Asked(
                "DA-6",
                "Is our data kept out of the training of any model that serves others?",
                "If a provider of models sees it, name the provider.",
                ("C1.1", "P4.1"),
                takes_file=False,
            ),
        ),
    ),
    (
        "Building and running",
        (
            Asked(
                "OP-1",
                "Is every change to production looked over by a second person and tested before it goes live?",
                "",
                ("CC8.1",),
                takes_file=False,
            ),
            Asked(
                "OP-2",
                "Are known weaknesses of high severity closed within 30 days?",
                "Code, libraries, systems. Say how many are older than that today.",
                ("CC7.1", "CC6.8"),
                takes_file=False,
            ),
            Asked(
                "OP-3",
                "Are production systems watched around the clock, with somebody who is called?",
                "",
                ("CC7.2", "CC7.3"),
                takes_file=False,
            ),
            Asked(
                "OP-4",
                "Do you check the companies you pass our data on to, and tell us before a new one is added?",
                "Attach the list or give its address.",
                ("CC9.2", "P6.4"),
            ),
        ),
    ),
    (
        "When something goes wrong",
        (
            Asked(
                "IN-1",
                "Do you have a written plan for security incidents that was practised within the last 12 months?",
                "Say when.",
                ("CC7.4", "CC7.5"),
            ),
            Asked(
                "IN-2",
                "Will you tell us within 72 hours when our data was, or may have been, seen by somebody else?",
                "Say to which address, and who tells us.",
                ("CC2.3", "P6.6"),
                takes_file=False,
            ),
            Asked(
                "IN-3",
                "Was customer data of this service safe from unauthorised eyes for the last three years?",
                "If not, say what happened and what changed since. An honest No is not the end of a review.",
                ("CC7.3", "P6.3"),
            ),
            Asked(
                "IN-4",
                "Have you restored this service from its backups within the last 12 months, in the time you promise?",
                "Give the time it took and the data that was lost, in hours.",
                ("A1.2", "A1.3"),
            ),
        ),
    ),
)
