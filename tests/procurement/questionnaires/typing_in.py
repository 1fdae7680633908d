"""What a browser sends for a form as it stands there, with what a person changes."""

from typing import Any

from django.http import QueryDict
from django.test import Client

Sent = dict[str, Any]


def as_it_stands(*forms: Any) -> Sent:
    """Every field of these forms and formsets with the value it shows; boxes that are not ticked are not sent."""
    sent: Sent = {}
    for form in forms:
        if hasattr(form, "management_form"):
            sent |= as_it_stands(form.management_form, *form.forms)
            continue
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                sent[bound.html_name] = "on" if value is True else value
    return sent


def arrived(sent: Sent) -> QueryDict:
    """The same as the server holds it."""
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def question_form(client: Client, address: str, **changes: Any) -> Sent:
    """The form of a question at this address, with these fields changed."""
    sheet = client.get(address).context["sheet"]
    return (
        as_it_stands(
            sheet.form, sheet.options, sheet.companions, *sheet.usual.values(), sheet.rule.head, sheet.rule.rows
        )
        | changes
    )


def rule_row(number: int, what: str, op: str, value: str = "") -> Sent:
    """One row of a condition."""
    return {f"rule-{number}-what": what, f"rule-{number}-op": op, f"rule-{number}-value": value}
