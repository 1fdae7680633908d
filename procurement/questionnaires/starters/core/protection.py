"""Who gets in, what protects our data, how the software is made."""

from procurement.questionnaires.starters.blocks import answered, ask, choice, section

_FREQUENCIES = [
    choice("quarterly", "Every quarter or more often", 1),
    choice("half-yearly", "Twice a year", 0.8),
    choice("yearly", "Once a year", 0.5, severity="low", flag="Access is looked over once a year only"),
    choice("never", "Not by a fixed rhythm", 0, severity="high", flag="Access is not looked over", needs_words=True),
]

ACCESS = section(
    "Access",
    ask(
        "AX-1",
        "Is a second factor needed for every way into production and to customer data?",
        "CC6.1",
        weight=20,
        is_knock_out=True,
        help="Staff, contractors and emergency accounts. Ways for programs are asked below.",
    ),
    ask(
        "AX-2",
        "Which second factors are in use?",
        "CC6.1",
        kind="multi",
        options=[
            choice("passkey", "Passkey or hardware key", 1),
            choice("app", "Code from an app", 0.7),
            choice("push", "Button on a phone, with a number to compare", 0.7),
            choice("sms", "Text message or call", 0.3, severity="low", flag="Text messages as a second factor"),
            choice("other", "Something else", needs_words=True),
        ],
        visible_if=answered("AX-1", "yes", "partial"),
    ),
    ask(
        "AX-3",
        "What protects the accounts that have no second factor, and until when?",
        "CC6.1",
        kind="long_text",
        visible_if=answered("AX-1", "partial", "no"),
    ),
    ask(
        "AX-4",
        "How often does somebody look over who has which rights in production?",
        "CC6.2 CC6.3",
        kind="single",
        options=_FREQUENCIES,
    ),
    ask(
        "AX-5",
        "Are rights given by role, for a reason that is written down, and for no longer than they are needed?",
        "CC6.3",
    ),
    ask(
        "AX-6",
        "Can our people sign in through our own identity provider?",
        "CC6.1",
        help="SAML or OpenID Connect. Say in which plan.",
    ),
    ask(
        "AX-7",
        "Is every access of your staff to our data recorded, with person, time and reason?",
        "CC6.1 CC7.2",
        weight=20,
    ),
    ask(
        "AX-8",
        "For how many days are those records kept where nobody can change them?",
        "CC7.2",
        kind="number",
        shape={"unit": "days", "min": 0, "max": 10000},
        visible_if=answered("AX-7", "yes", "partial"),
    ),
    ask(
        "AX-9",
        "Do programs and machines hold keys of their own that are kept in a vault and changed by a plan?",
        "CC6.1",
    ),
)

DATA = section(
    "Our data",
    ask(
        "DP-1",
        "Is our data encrypted wherever it lies, backups and copies included?",
        "CC6.1 C1.1",
        weight=20,
        is_knock_out=True,
    ),
    ask(
        "DP-2",
        "Who can use the keys that open it?",
        "CC6.1",
        kind="single",
        options=[
            choice("customer", "We hold the key, or can take it away", 1),
            choice("service", "Your key service, released to the running service only", 0.8),
            choice(
                "staff", "Some of your staff", 0.3, severity="medium", flag="Staff can use the keys", needs_words=True
            ),
        ],
        visible_if=answered("DP-1", "yes", "partial"),
    ),
    ask("DP-3", "Is our data encrypted on every way it takes, between your own machines too?", "CC6.7", weight=20),
    ask(
        "DP-4",
        "What keeps our data apart from that of other customers, and how is that tested?",
        "CC6.1 C1.1",
        kind="long_text",
    ),
    ask(
        "DP-5",
        "Is real customer data used for development or tests?",
        "CC8.1 C1.1",
        kind="yes_no",
        good_answer="no",
        options=[{"value": "yes", "severity": "high", "flag": "Customer data in tests"}],
    ),
    ask(
        "DP-6",
        "How many days after the contract ends is our data deleted, backups included?",
        "C1.2 P4.3",
        kind="number",
        shape={"unit": "days", "min": 0, "max": 3650},
    ),
    ask("DP-7", "Do you confirm the deletion in writing?", "C1.2", kind="yes_no", weight=5),
    ask(
        "DP-8",
        "Can we take all our data with us in a form that another service can read?",
        "C1.1",
        help="Name the form, and what it costs.",
        weight=5,
    ),
    ask("DP-9", "Are discs and other carriers made unreadable before they leave you?", "CC6.5"),
)

SOFTWARE = section(
    "Building software",
    ask(
        "BS-1",
        "Do you write the software of this service, or parts of it, yourselves?",
        "CC8.1",
        kind="yes_no",
        options=[{"value": "no", "needs_words": False}],
        weight=0,
    ),
    ask(
        "BS-2",
        "Is every change read by a second person and tested before it goes live?",
        "CC8.1",
        weight=20,
        visible_if=answered("BS-1", "yes"),
    ),
    ask(
        "BS-3",
        "Can one person alone bring a change into production?",
        "CC8.1 CC3.3",
        kind="yes_no",
        good_answer="no",
        options=[{"value": "yes", "severity": "high", "flag": "One person alone can change production"}],
        visible_if=answered("BS-1", "yes"),
    ),
    ask(
        "BS-4",
        "Does a machine look for known weaknesses in your code and in the libraries it uses, on every change?",
        "CC7.1 CC8.1",
        visible_if=answered("BS-1", "yes"),
    ),
    ask(
        "BS-5",
        "Do you know which libraries stand in each release, and can you give us that list?",
        "CC7.1",
        weight=5,
        visible_if=answered("BS-1", "yes"),
    ),
    ask(
        "BS-6",
        "Are passwords and keys kept out of your source code, and do you look for those that slipped in?",
        "CC6.1 CC8.1",
        visible_if=answered("BS-1", "yes"),
    ),
    ask(
        "BS-7",
        "Can people outside tell you about weaknesses, at an address that anybody can find?",
        "CC2.3 CC7.1",
        help="Give the address of the page or of your security.txt.",
        weight=5,
    ),
)
