"""Drawing the table of moves as docs/review-states.md."""

from procurement.reviews.lifecycle import MEANING_OF, MOVES, OWNER_OF, moves_from
from procurement.reviews.models import State

HEAD = """# States of a review

Drawn from `procurement/reviews/lifecycle.py` by `manage.py review_states`. Change the table there, then run it again;
`make check` fails while this page and the table differ.
"""


def review_states_page() -> str:
    """The page: a mermaid diagram, a table of states, a table of moves."""
    return "\n".join([HEAD, *_drawing(), "", *_states(), "", *_moves(), ""])


def _drawing() -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> draft"]
    lines += [f"    {move.origin.value} --> {move.to.value}: {move.name}" for move in MOVES]
    lines += [f"    {state.value} --> [*]" for state in State if not moves_from(state)]
    return [*lines, "```"]


def _states() -> list[str]:
    lines = ["| State | On pages | What it means | Who has to act |", "|---|---|---|---|"]
    lines += [f"| `{state.value}` | {state.label} | {MEANING_OF[state]} | {OWNER_OF[state].value} |" for state in State]
    return lines


def _moves() -> list[str]:
    lines = ["| From | To | Step | Who |", "|---|---|---|---|"]
    lines += [f"| `{move.origin.value}` | `{move.to.value}` | {move.name} | {move.by.value} |" for move in MOVES]
    return lines
