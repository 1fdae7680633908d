"""The administrator's pages for people and roles."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from procurement.accounts import access, services
from procurement.accounts.forms import EditPersonForm, NewPersonForm
from procurement.accounts.models import User
from vendors.calendar import clock
from vendors.people.actors import Kind, Refused
from vendors.people.requests import actor


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody on the staff and what they may do."""
    access.check_can_see_people(actor(request))
    staff = User.objects.filter(kind=Kind.STAFF.value).order_by("-is_active", "name")
    return render(request, "procurement/accounts/people.html", {"people": staff})


@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Add a member of staff; they get a mail to choose a password."""
    access.check_can_see_people(actor(request))
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            services.add_person(
                email=facts["email"],
                name=facts["name"],
                title=facts["title"],
                roles=form.chosen_roles(),
                by=actor(request),
                now=clock.now(),
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("%(name)s is added and has mail.") % {"name": facts["name"]})
            return redirect("accounts:people")
    return render(request, "procurement/accounts/new_person.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Change somebody's roles, or end their access."""
    person = access.person_for(actor(request), pk)
    form = EditPersonForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            services.change_person(
                person=person,
                name=facts["name"],
                title=facts["title"],
                roles=form.chosen_roles(),
                active=facts["active"],
                by=actor(request),
                now=clock.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Changes to %(name)s kept.") % {"name": facts["name"]})
            return redirect("accounts:people")
    return render(request, "procurement/accounts/edit_person.html", {"form": form, "person": person})


@require_POST
def send_set_up_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail the set-up link once more."""
    person = access.person_for(actor(request), pk)
    services.send_set_up_mail(person=person, by=actor(request), now=clock.now())
    messages.success(request, _("Mail to %(name)s is on its way.") % {"name": person.name})
    return redirect("accounts:people")
