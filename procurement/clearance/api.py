"""Clearance, for programs: may this data go to this vendor today?"""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from procurement.clearance import access
from procurement.clearance.queries import clearance
from procurement.engagements.models import Engagement
from procurement.policy.queries import current_policy
from procurement.policy.terms import DataClass
from vendors.calendar import clock
from vendors.directory.models import Vendor
from vendors.directory.queries import find_vendor
from vendors.rest.fields import LARGEST_KEY
from vendors.rest.parameters import asked_for
from vendors.rest.schema import example


@example({"vendor": "quillhaven.example", "data": "personal"})
class Question(serializers.Serializer):
    """`vendor` is an id, a name or a domain. A word that is no class of data is not cleared."""

    vendor = serializers.CharField(max_length=160, help_text="Id, name or domain of the vendor.")
    data = serializers.CharField(  # type: ignore[assignment]
        max_length=40, help_text="Class of data, for example personal."
    )
    engagement = serializers.IntegerField(
        min_value=1, max_value=LARGEST_KEY, required=False, help_text="Only for this use of the vendor."
    )


@example(
    {
        "cleared": True,
        "until": "2027-06-30",
        "engagement": 4,
        "reasons": ["The report counts until 30 Jun 2027."],
        "policy_version": 1,
    }
)
class Answer(serializers.Serializer):
    """`until` is the last day; `engagement` the use that clears. Both are null when it is not cleared."""

    cleared = serializers.BooleanField()
    until = serializers.DateField(allow_null=True)
    engagement = serializers.IntegerField(allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField())
    policy_version = serializers.IntegerField()


class ClearanceView(APIView):
    reads_parameters = True

    @extend_schema(parameters=[Question], responses=Answer, operation_id="clearance")
    def get(self, request: Request) -> Response:
        """May this data go to this vendor today? Whatever is not known is not cleared; `reasons` say why."""
        person: Any = request.user
        access.check_can_ask(person)
        return Response(Answer(_answer(asked_for(request, Question))).data)


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    vendor, why_not = _vendor(asked["vendor"]), ""
    engagement = None
    if vendor is None:
        why_not = _("No vendor of this id, name or domain is on file.")
    elif asked["data"] not in [data.value for data in DataClass]:
        why_not = _("“%(word)s” is no class of data. The classes are: %(known)s.") % {
            "word": asked["data"],
            "known": ", ".join(data.value for data in DataClass),
        }
    elif "engagement" in asked:
        engagement = Engagement.objects.filter(pk=asked["engagement"], vendor=vendor).first()
        why_not = "" if engagement else _("The vendor has no engagement of this id.")
    policy = current_policy()
    if vendor is None or why_not:
        refused = {"cleared": False, "until": None, "engagement": None, "reasons": [why_not]}
        return {**refused, "policy_version": policy.version}
    found = clearance(
        vendor=vendor,
        data_class=DataClass(asked["data"]),
        on=clock.today(),
        engagement=engagement,
        rules=policy.currency_rules(),
    )
    return {
        "cleared": found.cleared,
        "until": found.until,
        "engagement": found.engagement.pk if found.engagement else None,
        "reasons": found.reasons,
        "policy_version": policy.version,
    }


def _vendor(typed: str) -> Vendor | None:
    """By id where it is a number that is one, else by domain, else by name."""
    by_id = Vendor.objects.filter(pk=int(typed)).first() if typed.isascii() and typed.isdecimal() else None
    return by_id or find_vendor(domain=typed) or find_vendor(name=typed)
