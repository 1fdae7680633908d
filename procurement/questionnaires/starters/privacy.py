"""The "Privacy" set: whose data, for what, how long, and what the people concerned can ask for."""

from procurement.questionnaires.starters.blocks import answered, ask, choice, section, starter_set

PURPOSE = section(
    "Whose data, and for what",
    ask(
        "PV-1",
        "Which people's data does the service hold for us?",
        "P3.1",
        kind="multi",
        options=[
            choice("staff", "Our staff and applicants"),
            choice("customers", "Our customers and users"),
            choice("children", "Children", severity="high", flag="Data of children"),
            choice("patients", "Patients", severity="high", flag="Data of patients"),
            choice("other", "Somebody else", needs_words=True),
        ],
        weight=0,
    ),
    ask(
        "PV-2",
        "Does it hold data on health, belief, origin, sexual life or union, or fingerprints and faces?",
        "P3.1",
        kind="yes_no",
        good_answer="no",
        weight=0,
        options=[{"value": "yes", "severity": "high", "flag": "Sensitive personal data"}],
    ),
    ask(
        "PV-3",
        "What protects that data beyond what protects the rest?",
        "P3.1 C1.1 CC6.1",
        kind="long_text",
        visible_if=answered("PV-2", "yes"),
    ),
    ask(
        "PV-4",
        "Do you use personal data only as we instruct, and for nothing of your own?",
        "P4.1",
        weight=20,
        is_knock_out=True,
    ),
    ask(
        "PV-5",
        "Do you sell personal data, or give it away for advertising?",
        "P4.1 P6.1",
        kind="yes_no",
        good_answer="no",
        weight=20,
        is_knock_out=True,
        options=[{"value": "yes", "severity": "critical", "flag": "Personal data is sold or given away"}],
    ),
    ask(
        "PV-6",
        "Are you ready to sign an agreement on processing for us, yours or ours?",
        "P6.4 CC9.2",
        evidence="optional",
        help="Attach your text, or give its address.",
    ),
)

RIGHTS = section(
    "What people can ask for",
    ask("PV-7", "Can we find, correct, hand out and delete one person's data ourselves?", "P5.1 P5.2"),
    ask(
        "PV-8",
        "Within how many days do you do it when we have to ask you?",
        "P5.1 P5.2",
        kind="number",
        shape={"unit": "days", "min": 0, "max": 90},
        visible_if=answered("PV-7", "partial", "no"),
    ),
    ask("PV-9", "Do you pass on what people ask you directly, without answering for us?", "P5.1 P8.1"),
    ask(
        "PV-10",
        "Is what you collect by yourselves, such as logs and cookies, told in a notice that anybody can read?",
        "P1.1 P2.1",
        help="Give its address.",
    ),
)

KEEPING = section(
    "How long, and where",
    ask(
        "PV-11",
        "Is there a time after which each kind of personal data is deleted, and is it done by machine?",
        "P4.2 P4.3",
    ),
    ask(
        "PV-12",
        "Does personal data leave the countries that you named for storage, for support or anything else?",
        "P6.1",
        kind="yes_no",
        good_answer="no",
        options=[
            {"value": "yes", "severity": "medium", "flag": "Personal data leaves the region", "needs_words": False}
        ],
    ),
    ask("PV-13", "To which countries?", "P6.1", kind="location", weight=0, visible_if=answered("PV-12", "yes")),
    ask(
        "PV-14",
        "On which ground does it go there?",
        "P6.1 P6.4",
        kind="multi",
        options=[
            choice("adequacy", "The country is recognised as safe"),
            choice("clauses", "Standard contract clauses"),
            choice("rules", "Binding rules within your group"),
            choice("other", "Another ground", needs_words=True),
        ],
        visible_if=answered("PV-12", "yes"),
    ),
    ask(
        "PV-15",
        "Since when do you keep a record of what you do with personal data for customers?",
        "P6.2",
        kind="date",
        required=False,
        weight=5,
    ),
)

DUTIES = section(
    "Duties and proof",
    ask("PV-16", "Who answers for data protection at your company?", "P8.1 CC1.3", kind="contact", weight=5),
    ask("PV-17", "Do you help us to weigh the risks for people before a new use begins?", "P8.1 CC3.2", weight=5),
    ask(
        "PV-18",
        "Have you told an authority, or been asked by one, about personal data in the last three years?",
        "P6.3 P8.1",
        kind="yes_no",
        good_answer="no",
        help="An honest Yes is not the end of a review. Say what came of it.",
        options=[{"value": "yes", "severity": "medium", "flag": "An authority was involved"}],
    ),
    ask(
        "PV-19",
        "Do you refuse to hand our data to an authority until the law leaves no choice, and tell us first?",
        "P6.1 P6.3",
    ),
    ask("PV-20", "Do all who can see personal data learn about data protection at least once a year?", "CC1.4 P8.1"),
)

PRIVACY = starter_set(
    "privacy",
    "Privacy questions",
    PURPOSE,
    RIGHTS,
    KEEPING,
    DUTIES,
    intro=(
        "Answer for the personal data that we, our staff and our customers bring into the service. Where you mean the "
        "law of one country, name it in the comment."
    ),
    purpose="Beside another set, when the vendor holds personal data.",
)
