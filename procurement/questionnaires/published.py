"""What was published stays as it is: triggers as constraints (docs/adr/0004), none of which looks beyond its table.

SQLite refuses to rename a table while a trigger elsewhere names it, so a trigger that asked the version for its state
would stop the next migration of versions. Sections and questions therefore carry `is_published` themselves.
"""

from vendors.ledger.append_only import Guard

REFUSAL = "What is published does not change. Make a new version."


def _sqlite(event: str, condition: str) -> str:
    return (
        f"CREATE TRIGGER %(name)s_{event} BEFORE {event.upper()} ON %(table)s WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def _postgresql(conditions: dict[str, str]) -> tuple[str, ...]:
    """One function for every event of the table, then its triggers."""
    branches = " ".join(
        f"IF TG_OP = '{event.upper()}' THEN IF {condition} THEN RAISE EXCEPTION '{REFUSAL}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; END IF;"
        for event, condition in conditions.items()
    )
    triggers = (
        f"CREATE TRIGGER %(name)s_{event} BEFORE {event.upper()} ON %(table)s "
        + ("FOR EACH STATEMENT" if event == "truncate" else "FOR EACH ROW")
        + " EXECUTE FUNCTION %(name)s()"
        for event in conditions
    )
    return (
        "CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{branches} IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        *triggers,
    )


def _guards(conditions: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """`conditions`: when each event is refused, in the words both databases share. Nothing published is truncated."""
    truncated = {"truncate": "EXISTS (SELECT 1 FROM %(table)s WHERE " + conditions["published"] + ")"}  # noqa: S608
    events = {event: condition for event, condition in conditions.items() if event != "published"}
    return {
        "sqlite": tuple(_sqlite(event, condition) for event, condition in events.items()),
        "postgresql": _postgresql({**events, **truncated}),
    }


def _kept_with(parent: str) -> dict[str, tuple[str, ...]]:
    """Rows that are published together with their parent, the column `parent`: none is added beside them later."""
    among = f"EXISTS (SELECT 1 FROM %(table)s WHERE is_published AND (id = NEW.id OR {parent} = NEW.{parent}))"  # noqa: S608
    moved = f"EXISTS (SELECT 1 FROM %(table)s WHERE is_published AND {parent} = NEW.{parent})"  # noqa: S608
    return _guards(
        {
            "insert": among,
            "update": f"OLD.is_published OR (NEW.{parent} <> OLD.{parent} AND {moved})",
            "delete": "OLD.is_published",
            "published": "is_published",
        }
    )


class _StaysAsPublished(Guard):
    TRIGGERS = {"sqlite": ("insert", "update", "delete"), "postgresql": ("insert", "update", "delete", "truncate")}


class VersionStays(_StaysAsPublished):
    """A published version may be retired. Its content, number and hash stay, and it is never a draft again."""

    CREATE = _guards(
        {
            "insert": "EXISTS (SELECT 1 FROM %(table)s WHERE state <> 'draft' AND id = NEW.id)",
            "update": (
                "OLD.state <> 'draft' AND (NEW.state = 'draft' OR NEW.questionnaire_id <> OLD.questionnaire_id "
                "OR NEW.number <> OLD.number OR NEW.title <> OLD.title OR NEW.intro <> OLD.intro "
                "OR NEW.sha256 <> OLD.sha256 OR NEW.published_at <> OLD.published_at OR NEW.published_at IS NULL)"
            ),
            "delete": "OLD.state <> 'draft'",
            "published": "state <> 'draft'",
        }
    )


class SectionStays(_StaysAsPublished):
    """No section of a published version is changed or deleted, none is added to it."""

    CREATE = _kept_with("version_id")


class QuestionStays(_StaysAsPublished):
    """No question of a published section is changed or deleted, none is added to it."""

    CREATE = _kept_with("section_id")
