"""The service, who answers for its security, and its people."""

from procurement.questionnaires.starters.blocks import answered, ask, choice, section

SERVICE = section(
    "The service",
    ask("SV-0", "Answer for the service we buy, as it runs today, not for the company as a whole.", kind="info"),
    ask(
        "SV-1",
        "What does the service do with our data, from the moment it arrives until it is deleted?",
        "CC2.3 C1.1",
        kind="long_text",
        help="Five sentences are enough: what comes in, where it goes, who works with it, what leaves again.",
        weight=0,
    ),
    ask(
        "SV-2",
        "In which countries is our data stored or worked on, backups and support staff included?",
        "C1.1 P6.1",
        kind="location",
        weight=0,
    ),
    ask(
        "SV-3",
        "Where does the service run?",
        "CC6.4 A1.2",
        kind="single",
        options=[
            choice("cloud", "In a public cloud"),
            choice("own", "On machines of our own, in a data centre"),
            choice("both", "Partly in a cloud, partly on machines of our own"),
        ],
        weight=0,
    ),
    ask(
        "SV-4",
        "Which cloud providers does it run on?",
        "CC9.2",
        kind="multi",
        options=[
            choice("aws", "Amazon Web Services"),
            choice("azure", "Microsoft Azure"),
            choice("google", "Google Cloud"),
            choice("other", "Another one", needs_words=True),
        ],
        weight=0,
        visible_if=answered("SV-3", "cloud", "both"),
    ),
    ask(
        "SV-5",
        "Who may enter the rooms where the machines stand, and how is that checked?",
        "CC6.4",
        kind="long_text",
        help="Name the data centre and its certificates; say what your own people may do there.",
        visible_if=answered("SV-3", "own", "both"),
    ),
    ask("SV-6", "Whom do we call or write to about the security of the service?", "CC2.3", kind="contact", weight=5),
    ask(
        "SV-7",
        "Do other companies store our data for you, or work on it?",
        "CC9.2 P6.1",
        kind="yes_no",
        options=[{"value": "no", "needs_words": False}],
        weight=0,
    ),
)

GOVERNANCE = section(
    "Who answers for security",
    ask(
        "GV-1",
        "Does one person answer for the security of this service, with time and money of their own for it?",
        "CC1.3 CC1.5",
        help="Give the role, not the name.",
    ),
    ask("GV-2", "Does the top management hear about security at least every quarter, and decide on it?", "CC1.2 CC2.2"),
    ask(
        "GV-3",
        "Are your rules for security written down, approved, and read over at least once a year?",
        "CC5.3",
        evidence="if_answer",
        evidence_if=["yes", "partial"],
        evidence_kinds=["policy"],
        evidence_max_months=18,
        help="The table of contents with date and approver is enough.",
    ),
    ask("GV-4", "When were the risks to this service listed and judged last?", "CC3.1 CC3.2", kind="date"),
    ask("GV-5", "Are the risks that you decided to live with approved by somebody who may carry them?", "CC3.2 CC5.1"),
    ask(
        "GV-6",
        "Do you look for ways in which your own people could misuse the service, and guard against them?",
        "CC3.3",
        help="For example two people for a payment, or no single person with all keys.",
    ),
    ask(
        "GV-7",
        "Which independent proof of your security is valid today?",
        "CC4.1",
        kind="multi",
        options=[
            choice("soc2-2", "SOC 2 Type II report", 1),
            choice("soc2-1", "SOC 2 Type I report", 0.4),
            choice("iso27001", "ISO/IEC 27001 certificate", 0.7),
            choice("other", "Something else", needs_words=True),
            choice("none", "None", 0, severity="medium", flag="No independent proof", needs_words=True),
        ],
    ),
    ask(
        "GV-8",
        "Send the ISO/IEC 27001 certificate with its statement of applicability.",
        "CC4.1",
        kind="file",
        evidence="required",
        evidence_kinds=["iso_certificate"],
        evidence_max_months=36,
        weight=5,
        visible_if={"q": "gv-7", "op": "contains", "v": "iso27001"},
    ),
)

PEOPLE = section(
    "People",
    ask(
        "PP-1",
        "Is everybody who may reach customer data checked before they start, as far as the law allows?",
        "CC1.4",
        help="Say which checks, and whether contractors are checked in the same way.",
    ),
    ask(
        "PP-2",
        "Does everybody sign to keep customer data confidential, beyond the end of their contract?",
        "CC1.1 C1.1",
    ),
    ask(
        "PP-3",
        "What share of your staff finished security training within the last 12 months?",
        "CC1.4 CC2.2",
        kind="number",
        shape={"unit": "%", "min": 0, "max": 100},
    ),
    ask(
        "PP-4", "Do developers learn how the usual attacks on services like yours work, at least once a year?", "CC1.4"
    ),
    ask(
        "PP-5",
        "Within how many hours is all access of somebody who leaves taken away?",
        "CC6.2 CC6.3",
        kind="number",
        shape={"unit": "hours", "min": 0, "max": 2000},
    ),
)
