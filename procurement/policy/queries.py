"""The policy in force, and the words of its sentences."""

import json
from datetime import date
from functools import cache, lru_cache

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext

from procurement.policy.defaults import DEFAULT_ROWS
from procurement.policy.evaluation import Policy
from procurement.policy.models import PolicyVersion
from vendors.calendar.words import written
from vendors.reports.currency import CurrencyRules
from vendors.reports.reasons import Reason

FIRST_VERSION = 1


def current_policy() -> Policy:
    """The newest issued version as the rules read it; the one that ships while no row is written yet."""
    as_text = PolicyVersion.objects.annotate(text=Cast("rows", TextField()))
    newest = as_text.order_by("-number").values_list("number", "text").first()
    return _loaded(*newest) if newest else _shipped()


def current_currency_rules() -> CurrencyRules:
    """How long a report counts under the policy in force."""
    return current_policy().currency_rules()


def in_words(sentence: Reason | str) -> str:
    """A rule's sentence or a row's title in the reader's language, its dates as pages write them."""
    if isinstance(sentence, Reason):
        return sentence.render(gettext, _day)
    return gettext(sentence)


def _day(day: date) -> str:
    return written(day)


@lru_cache(maxsize=16)  # every page asks; a version never changes, and its own text is the key
def _loaded(number: int, rows: str) -> Policy:
    return Policy.load(number, json.loads(rows))


@cache
def _shipped() -> Policy:
    return Policy.load(FIRST_VERSION, DEFAULT_ROWS)
