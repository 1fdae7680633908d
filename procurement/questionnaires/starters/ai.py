"""The "AI provider" set: models, what they learn from, who sees prompts, what happens when they are wrong."""

from procurement.questionnaires.starters.blocks import answered, ask, choice, section, starter_set

USE = section(
    "What the model does",
    ask(
        "AI-1",
        "Whose models does the service run?",
        "CC9.2",
        kind="multi",
        options=[
            choice("own", "Our own, trained by us"),
            choice("tuned", "Somebody else's, tuned by us"),
            choice("hosted", "Somebody else's, on machines we run"),
            choice("called", "Somebody else's, called over the network"),
        ],
        weight=0,
    ),
    ask(
        "AI-2",
        "Which companies see our prompts, files or outputs on the way, and for which model?",
        "CC9.2 P6.1",
        kind="table",
        shape={
            "columns": [
                {"key": "company", "title": "Company"},
                {"key": "model", "title": "Model"},
                {"key": "country", "title": "Country"},
                {"key": "kept", "title": "Kept for"},
            ]
        },
        weight=0,
        visible_if={"q": "ai-1", "op": "contains", "v": "called"},
    ),
    ask(
        "AI-3",
        "What is the model allowed to do by itself?",
        "CC5.1",
        kind="single",
        options=[
            choice("suggest", "It suggests, a person acts", 1),
            choice("limited", "It acts within limits that we set", 0.6, needs_words=True),
            choice(
                "free",
                "It acts without asking",
                0.2,
                severity="high",
                flag="The model acts without asking",
                needs_words=True,
            ),
        ],
        weight=20,
    ),
    ask(
        "AI-4",
        "Is the model's output used to decide about people, such as hiring, credit, health or prices?",
        "P8.1 PI1.1",
        kind="yes_no",
        good_answer="no",
        weight=20,
        options=[{"value": "yes", "severity": "high", "flag": "Output decides about people", "needs_words": False}],
    ),
    ask(
        "AI-5",
        "Who looks at such a decision before it takes effect, and how does the person concerned object?",
        "P8.1 PI1.3",
        kind="long_text",
        visible_if=answered("AI-4", "yes"),
    ),
)

LEARNING = section(
    "What the model learns from",
    ask(
        "AI-6",
        "Is anything we send, or that the service makes of it, used to train models that serve others?",
        "C1.1 P4.1",
        kind="yes_no",
        good_answer="no",
        weight=20,
        is_knock_out=True,
        options=[{"value": "yes", "severity": "critical", "flag": "Our data trains models for others"}],
    ),
    ask(
        "AI-7",
        "Is that promised in the contract, and not only a setting?",
        "C1.1 P4.1",
        visible_if=answered("AI-6", "no"),
    ),
    ask(
        "AI-8",
        "Can every customer switch it off, today, for what was sent before as well?",
        "C1.1 P4.2",
        visible_if=answered("AI-6", "yes"),
    ),
    ask(
        "AI-9",
        "Do you know where the data your models were trained on came from, and that you may use it?",
        "CC3.1 P3.1",
        visible_if={
            "any": [
                {"q": "ai-1", "op": "contains", "v": "own"},
                {"q": "ai-1", "op": "contains", "v": "tuned"},
            ]
        },
    ),
    ask(
        "AI-10",
        "Can what a model learned from one person be taken out again when that person asks?",
        "P5.2 C1.2",
        visible_if={
            "any": [
                {"q": "ai-1", "op": "contains", "v": "own"},
                {"q": "ai-1", "op": "contains", "v": "tuned"},
            ]
        },
    ),
)

HANDLING = section(
    "Prompts and outputs",
    ask(
        "AI-11",
        "For how many days are prompts, files and outputs kept?",
        "C1.2 P4.2",
        kind="number",
        shape={"unit": "days", "min": 0, "max": 3650},
        help="0 when nothing is kept. The longest time counts.",
        weight=20,
    ),
    ask(
        "AI-12",
        "For what are they kept, and who may read them?",
        "P4.1 CC6.3",
        kind="long_text",
        visible_if={"q": "ai-11", "op": "gt", "v": 0},
    ),
    ask(
        "AI-13",
        "Are prompts and outputs of one customer kept from turning up in answers to another?",
        "C1.1 CC6.1",
        weight=20,
        help="Think of caches, shared memories, search indexes and tuned models.",
    ),
    ask(
        "AI-14",
        "Does the model reach only what the person who asks may see?",
        "CC6.1 CC6.3",
        weight=20,
        help="Where it searches our documents or calls our systems.",
    ),
    ask(
        "AI-15",
        "What keeps text in a document or on a page from giving the model orders?",
        "CC6.8 CC6.6",
        kind="long_text",
        help="Name what you filter, what the model may not do whatever it reads, and how you test it.",
    ),
    ask(
        "AI-16",
        "Do you test the model on purpose for harmful, leaking and wrong answers before each release?",
        "CC4.1 CC8.1 PI1.4",
        evidence="optional",
    ),
)

OVERSIGHT = section(
    "Keeping watch",
    ask(
        "AI-17",
        "Does one person answer for the use of AI in this service, by written rules?",
        "CC1.3 CC5.3",
        evidence="optional",
    ),
    ask(
        "AI-18",
        "How many days before another model takes over do you tell us?",
        "CC2.3 CC8.1",
        kind="number",
        shape={"unit": "days", "min": 0, "max": 365},
    ),
    ask("AI-19", "Do users see that they talk to a machine, or read what one wrote?", "CC2.3 PI1.1"),
    ask("AI-20", "Can harmful or wrong answers be reported, and does somebody look at each report?", "CC7.3 CC2.3"),
)

AI_PROVIDER = starter_set(
    "ai-provider",
    "Questions to an AI provider",
    USE,
    LEARNING,
    HANDLING,
    OVERSIGHT,
    intro=(
        "Answer for every model the service uses, whether you made it or not. Where somebody else's model does the "
        "work, say what they promise you, and name the page of the contract in the comment."
    ),
    purpose="Beside another set, when a model reads our data or acts for us.",
)
