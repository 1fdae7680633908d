"""Running the service, what happens when something goes wrong, and its suppliers."""

from procurement.questionnaires.starters.blocks import answered, ask, section

RUNNING = section(
    "Running it",
    ask(
        "RN-1",
        "Has somebody independent tried to break into the service within the last 12 months?",
        "CC4.1 CC7.1",
        weight=20,
    ),
    ask(
        "RN-2",
        "From when to when was that test?",
        "CC4.1",
        kind="date_range",
        weight=0,
        visible_if=answered("RN-1", "yes", "partial"),
    ),
    ask(
        "RN-3",
        "Send the tester's letter: scope, dates, and what was open at the end.",
        "CC4.1",
        kind="file",
        evidence="required",
        evidence_kinds=["penetration_test"],
        evidence_max_months=15,
        visible_if=answered("RN-1", "yes", "partial"),
    ),
    ask(
        "RN-4",
        "How many findings of high severity from it are still open?",
        "CC4.2 CC7.1",
        kind="number",
        shape={"min": 0, "max": 1000},
        visible_if=answered("RN-1", "yes", "partial"),
    ),
    ask(
        "RN-5",
        "Until when are they closed, and what holds until then?",
        "CC4.2",
        kind="long_text",
        visible_if={"q": "rn-4", "op": "gt", "v": 0},
    ),
    ask(
        "RN-6",
        "Within how many days do you close known weaknesses of high severity?",
        "CC7.1",
        kind="number",
        shape={"unit": "days", "min": 0, "max": 365},
        weight=20,
    ),
    ask(
        "RN-7",
        "Why does it take longer than 30 days, and what stands in for the patch until then?",
        "CC7.1",
        kind="long_text",
        visible_if={"q": "rn-6", "op": "gt", "v": 30},
    ),
    ask("RN-8", "Are production systems watched around the clock, with somebody who is called?", "CC7.2 CC7.3"),
    ask(
        "RN-9",
        "Are the machines your staff work on managed, encrypted and guarded against malicious software?",
        "CC6.8 CC6.7",
    ),
    ask("RN-10", "Do you compare what runs with how it should be set up, and notice when it differs?", "CC7.1 CC6.6"),
)

INCIDENTS = section(
    "When something goes wrong",
    ask("IR-1", "Is there a written plan for incidents that was practised within the last 12 months?", "CC7.4 CC7.5"),
    ask(
        "IR-2",
        "Within how many hours do you tell us that our data was, or may have been, seen by somebody else?",
        "CC2.3 P6.6",
        kind="number",
        shape={"unit": "hours", "min": 0, "max": 720},
        weight=20,
    ),
    ask(
        "IR-3",
        "Has anybody seen customer data of this service in the last three years who should not have?",
        "CC7.3 P6.3",
        kind="yes_no",
        good_answer="no",
        weight=20,
        help="An honest Yes is not the end of a review.",
        options=[{"value": "yes", "severity": "high", "flag": "An incident within three years", "needs_words": False}],
    ),
    ask(
        "IR-4",
        "What happened, and what has changed since?",
        "CC7.4 CC7.5",
        kind="table",
        shape={
            "columns": [
                {"key": "when", "title": "When"},
                {"key": "what", "title": "What happened"},
                {"key": "since", "title": "What changed since"},
            ]
        },
        visible_if=answered("IR-3", "yes"),
        weight=0,
    ),
    ask(
        "IR-5",
        "Do you hold an insurance against the costs of incidents?",
        "CC9.1",
        kind="yes_no",
        weight=5,
        options=[{"value": "no", "needs_words": False}],
    ),
)

CONTINUITY = section(
    "Keeping it up",
    ask("BC-1", "When was the service last restored from its backups, as a test?", "A1.2 A1.3", kind="date", weight=20),
    ask(
        "BC-2",
        "After how many hours is the service back when a whole site is lost?",
        "A1.2",
        kind="number",
        shape={"unit": "hours", "min": 0, "max": 720},
    ),
    ask(
        "BC-3",
        "How many hours of our data may be lost then, at most?",
        "A1.2",
        kind="number",
        shape={"unit": "hours", "min": 0, "max": 720},
    ),
    ask(
        "BC-4",
        "Are backups kept where somebody who has broken into production cannot delete them?",
        "A1.2 CC7.5",
        weight=20,
    ),
    ask(
        "BC-5",
        "Do you publish how often the service was down?",
        "A1.1 CC2.3",
        weight=5,
        help="Give the address of the page.",
    ),
)

SUPPLIERS = section(
    "Your own suppliers",
    ask(
        "SU-1",
        "Which companies store our data or work on it?",
        "CC9.2 P6.1",
        kind="table",
        shape={
            "columns": [
                {"key": "name", "title": "Company"},
                {"key": "purpose", "title": "What for"},
                {"key": "country", "title": "Country"},
            ]
        },
        weight=0,
        evidence="optional",
        help="Or attach the list.",
    ),
    ask(
        "SU-2",
        "Do you check their security before they see our data, and again at least every year?",
        "CC9.2",
        weight=20,
    ),
    ask(
        "SU-3",
        "Do you tell us before a new one is added, in time to object?",
        "CC2.3 P6.4",
        help="Say how many days before.",
    ),
    ask("SU-4", "Are they bound by contract to the same duties that you have towards us?", "CC9.2 P6.4"),
    intro="Asked because other companies store our data for you, or work on it.",
    visible_if=answered("SV-7", "yes"),
)
