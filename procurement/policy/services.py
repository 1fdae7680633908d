"""Issuing policy versions. An issued version is never edited: what was decided under it stays decided under it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.policy import access
from procurement.policy.defaults import DEFAULT_ROWS
from procurement.policy.evaluation import Policy, PolicyError
from procurement.policy.models import PolicyVersion
from procurement.policy.queries import FIRST_VERSION, in_words
from vendors.ledger import services as ledger
from vendors.people.actors import SYSTEM, Actor, Refused


def ensure_first_policy(*, now: datetime) -> PolicyVersion:
    """The newest version's row. A migration writes version 1, the policy that ships; it is written here again where
    the database was emptied since (`manage.py flush`), dated `now`."""
    newest = PolicyVersion.objects.order_by("-number").first()
    if newest is not None:
        return newest
    return PolicyVersion.objects.get_or_create(
        number=FIRST_VERSION,
        defaults={"rows": DEFAULT_ROWS, "issued_at": now, "issued_by": SYSTEM.label},
    )[0]


@transaction.atomic
def issue_policy(
    *, rows: Sequence[Mapping[str, Any]], based_on: int, note: str, by: Actor, now: datetime
) -> PolicyVersion:
    """Issue the next version. Undecided reviews are judged by it from now on, decided ones stay as decided.

    rows      plain data as in `defaults.DEFAULT_ROWS`
    based_on  the version the change starts from

    Raises NotAllowed for anybody but administrators; Refused when another version was issued since, nothing is
    changed, no reason is given, or `Policy.load` cannot read a row (its sentence says which and why).
    """
    access.check_can_issue(by)
    newest = PolicyVersion.objects.select_for_update().get(pk=ensure_first_policy(now=now).pk)
    if newest.number != based_on:
        raise Refused(
            _("Version %(number)s was issued since you opened the page. Look at it, then change what is left.")
            % {"number": newest.number}
        )
    if not note.strip():
        raise Refused(_("Say why the policy changes."), field="note")
    try:
        after = Policy.load(newest.number + 1, rows)
    except PolicyError as problem:
        raise Refused(str(problem)) from problem
    changed = _changed(Policy.load(newest.number, newest.rows), after)
    if not changed:
        raise Refused(_("Nothing is changed, so there is no version to issue."))
    version = PolicyVersion.objects.create(
        number=after.version, rows=list(rows), issued_at=now, issued_by=by.label, note=note.strip()
    )
    ledger.record(
        by=by,
        verb="policy.issued",
        sentence=_("Policy version %(number)s issued, changed: %(what)s. %(why)s")
        % {"number": version.number, "what": ", ".join(changed), "why": version.note},
        at=now,
        subject=("policy", version.number),
        details={"rows": version.rows},
    )
    return version


def _changed(before: Policy, after: Policy) -> list[str]:
    """The titles of the rows that differ or are new."""
    return [in_words(row.title) for row in after.rows if row != before.row(row.key)]
