"""The policy in words, its versions, and the form of the next one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from procurement.policy import access, services
from procurement.policy.forms import VersionForm, row_forms
from procurement.policy.models import PolicyVersion
from procurement.policy.queries import current_policy
from procurement.policy.rows import Policy
from procurement.policy.wording import rows_in_words
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.people.requests import actor
from vendors.reports.forms.fields import show_refusal


@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """The version in force."""
    access.check_can_read(actor(request))
    return _shown(request, current_policy())


@require_safe
def version(request: HttpRequest, version: int) -> HttpResponse:
    """An earlier version, as it was issued."""
    found = access.version_for(actor(request), version)
    return _shown(request, Policy.load(found.number, found.rows))


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    access.check_can_issue(user)
    policy = current_policy()
    form = VersionForm(request.POST or None, initial={"based_on": policy.version})
    rows = row_forms(policy, request.POST or None)
    are_valid = [row.is_valid() for row in rows]
    if request.method == "POST" and form.is_valid() and all(are_valid):
        try:
            issued = services.issue_policy(
                rows=[row.as_row() for row in rows], **form.cleaned_data, by=user, now=clock.now()
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Version %(number)s is in force.") % {"number": issued.number})
            return redirect("policy:current")
    return render(request, "procurement/policy/issue.html", {"form": form, "rows": rows, "policy": policy})


def _shown(request: HttpRequest, policy: Policy) -> HttpResponse:
    versions = list(PolicyVersion.objects.defer("rows"))
    context = {
        "policy": policy,
        "rows": rows_in_words(policy),
        "versions": versions,
        "issued": next((one for one in versions if one.number == policy.version), None),
        "is_newest": not versions or versions[0].number == policy.version,
        "may_issue": access.can_issue(actor(request)),
    }
    return render(request, "procurement/policy/policy.html", context)
