"""Forms of people and roles, and of tokens for programs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.accounts.models import Scope, User
from vendors.people.actors import Role

ROLES = [
    (Role.REQUESTER.value, _("Requester: asks for reviews")),
    (Role.REVIEWER.value, _("Reviewer: runs reviews")),
    (Role.APPROVER.value, _("Approver: decides")),
    (Role.AUDITOR.value, _("Auditor: reads everything, changes nothing")),
    (Role.ADMINISTRATOR.value, _("Administrator: people, NDA texts, mail, health")),
]


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Give their name.")})
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=ROLES, widget=forms.CheckboxSelectMultiple, required=False
    )

    def chosen_roles(self) -> frozenset[Role]:
        return frozenset(Role(role) for role in self.cleaned_data["roles"])


class NewPersonForm(PersonForm):
    email = forms.EmailField(label=_("Email address"), error_messages={"required": _("Give their email address.")})

    field_order = ["name", "email", "title", "roles"]


class EditPersonForm(PersonForm):
    active = forms.BooleanField(label=_("May sign in"), required=False)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": person.name,
            "title": person.title,
            "roles": [role.value for role in person.roles],
            "active": person.is_active,
        }
        super().__init__(*args, **kwargs)


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Program"),
        max_length=80,
        help_text=_("What will use the token, for example “Data pipeline”."),
        error_messages={"required": _("Name the program that will use it.")},
    )
    scope = forms.ChoiceField(
        label=_("It may"),
        choices=Scope.choices,
        initial=Scope.READ,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it may do.")},
        help_text=_("Never more than you may yourself; it never decides, accepts an NDA or touches people and keys."),
    )
    works_until = forms.DateField(
        label=_("Works until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Twelve months at most."),
        error_messages={"required": _("Choose the last day on which it works.")},
    )
