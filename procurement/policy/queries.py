"""The policy in force, and the words of its sentences."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from procurement.policy.defaults import DEFAULT_ROWS
from procurement.policy.evaluation import Policy
from procurement.policy.models import PolicyVersion
from vendors.reports.reasons import Reason

FIRST_VERSION = 1


def current_policy() -> Policy:
    """The newest issued version as the rules read it; the one that ships while no row is written yet."""
    newest = PolicyVersion.objects.order_by("-number").first()
    if newest is None:
        return Policy.load(FIRST_VERSION, DEFAULT_ROWS)
    return Policy.load(newest.number, newest.rows)


def in_words(sentence: Reason | str) -> str:
    """A rule's sentence or a row's title in the reader's language, its dates as pages write them."""
    if isinstance(sentence, Reason):
        return sentence.render(gettext, _day)
    return gettext(sentence)


def _day(day: date) -> str:
    return date_format(day, "j M Y")
