"""Issuing a version of our own text."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from vendors.ledger import services as ledger
from vendors.ledger.chain import printable
from vendors.ndas import access
from vendors.ndas.models import NdaText
from vendors.ndas.wording import exact, filled_in, sha256_of
from vendors.people.actors import Actor, Refused


@transaction.atomic
def issue_text(
    *,
    title: str,
    body: str,
    signatory_name: str,
    signatory_title: str,
    organisation: str,
    term_months: int = 36,
    survival_months: int = 24,
    destroy_days: int = 30,
    by: Actor,
    now: datetime,
) -> NdaText:
    """Issue the next version, signed in advance by a named signatory of ours. It is never edited afterwards.

    Words in square brackets (`[organisation]`, `[signatory_name]`, `[signatory_title]`, `[term_months]`,
    `[survival_months]`, `[destroy_days]`) are filled in first; the hash is of the text as it then stands.
    Agreements under earlier versions stay as they are. Raises NotAllowed for anybody but administrators,
    Refused when nothing changed or somebody issued a version at the same moment.
    """
    access.check_can_issue_text(by)
    facts: dict[str, str | int] = {
        "organisation": printable(organisation),
        "signatory_name": printable(signatory_name),
        "signatory_title": printable(signatory_title),
        "term_months": term_months,
        "survival_months": survival_months,
        "destroy_days": destroy_days,
    }
    exact_body = exact(filled_in(body, facts))
    text = NdaText(
        version=(NdaText.objects.aggregate(last=Max("version"))["last"] or 0) + 1,
        title=printable(title),
        body=exact_body,
        draft=exact(body),
        sha256=sha256_of(exact_body),
        issued_at=now,
        issued_by=by.label,
        **facts,
    )
    newest = NdaText.objects.order_by("-version").first()
    if newest is not None and _says_the_same(newest, text):
        raise Refused(_("Version %(version)s says the same already.") % {"version": newest.version})
    try:
        with transaction.atomic():
            text.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("Somebody issued a version a moment ago. Read it before you issue another.")) from error
    ledger.record(
        by=by,
        verb="nda.text_issued",
        sentence=_("NDA version %(version)s issued, signed by %(name)s")
        % {"version": text.version, "name": text.signatory_name},
        at=now,
        subject=("nda-text", text.pk),
        details={"sha256": text.sha256, "term_months": term_months, "survival_months": survival_months},
    )
    return text


def _says_the_same(one: NdaText, other: NdaText) -> bool:
    names = (
        "title",
        "sha256",
        "organisation",
        "signatory_name",
        "signatory_title",
        "term_months",
        "survival_months",
        "destroy_days",
    )
    return all(getattr(one, name) == getattr(other, name) for name in names)
