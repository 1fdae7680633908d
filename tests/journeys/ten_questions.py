"""The questionnaire of the whole assessment."""

from tests.factories.questionnaires import option, question, with_sections

TITLE = "Before we send HR records"


def ten_questions() -> dict:
    """Ten questions of nine kinds; the report of the story answers AC-1, and DA-3 follows from DA-2."""
    trained = {"q": "da-2", "op": "is", "v": "yes"}
    access = [
        question("AC-1", text="Does every administrator sign in with a second factor?", criteria=["CC6.1"]),
        question("AC-2", text="Does access end on the day somebody leaves?", criteria=["CC6.2"]),
        question(
            "AC-3",
            "multi",
            text="Which second factors may our people use?",
            options=[option("app", label="An app"), option("key", label="A security key"), option("sms", label="SMS")],
        ),
    ]
    data = [
        question("DA-1", "location", text="In which countries is our data kept?"),
        question("DA-2", "yes_no", text="Do you train models on our data?", good_answer="no", is_knock_out=True),
        question("DA-3", "long_text", text="Which models, and how does one object?", visible_if=trained),
        question(
            "DA-4",
            text="Is there a rule for keeping and deleting data?",
            evidence="required",
            evidence_kinds=["policy"],
            companions=[{"key": "owner", "title": "Who owns the rule", "kind": "short_text"}],
        ),
    ]
    continuity = [
        question("CO-1", "number", text="Within how many hours are you back?", shape={"unit": "hours", "min": 0}),
        question("CO-2", "date", text="When did you last restore a backup?"),
        question("CO-3", "contact", text="Whom do we call during an incident?"),
    ]
    return with_sections(
        {"title": "Access", "questions": access},
        {"title": "Our data", "intro": "For whoever runs the data platform.", "questions": data},
        {"title": "Continuity", "questions": continuity},
        key="hr",
        title=TITLE,
    )
