"""Everyone who signs in (DESIGN.md, "Who uses it"): staff with roles, and vendor contacts without any."""

import unicodedata
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vendors.people.actors import Kind, Reach, Role

ROLE_WORDS = {
    Role.REQUESTER: _("Requester"),
    Role.REVIEWER: _("Reviewer"),
    Role.APPROVER: _("Approver"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMINISTRATOR: _("Administrator"),
}


def comparable_email(address: str) -> str:
    """The address as it is stored and compared: NFKC and casefolded, so that no look-alike passes for another."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


class UserManager(BaseUserManager["User"]):
    def create_staff(self, *, email: str, name: str, title: str = "", roles: frozenset[Role] = frozenset()) -> "User":
        """A member of staff without a password yet; the set-up mail lets them choose one."""
        user = self.model(email=comparable_email(email), name=name, title=title, kind=Kind.STAFF)
        user.set_roles(roles)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_contact(self, *, email: str, name: str, title: str = "") -> "User":
        """A vendor's contact: no role, no password, ever."""
        user = self.model(email=comparable_email(email), name=name, title=title, kind=Kind.CONTACT)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=comparable_email(username or ""))

    def create_superuser(self, *, email: str, password: str, name: str = "", **_ignored: Any) -> "User":
        """The first administrator of a fresh installation (`manage.py createsuperuser`)."""
        user = self.create_staff(email=email, name=name or email, roles=frozenset({Role.ADMINISTRATOR}))
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """One person. `kind` says which door is theirs; the database holds that a contact has no rights of staff."""

    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    kind = models.CharField(
        max_length=8, choices=[(Kind.STAFF.value, _("Staff")), (Kind.CONTACT.value, _("Vendor contact"))]
    )

    is_requester = models.BooleanField(default=False)
    is_reviewer = models.BooleanField(default=False)
    is_approver = models.BooleanField(default=False)
    is_auditor = models.BooleanField(default=False)
    is_administrator = models.BooleanField(default=False)

    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    # Set by the portal's middleware for one request: the vendor this person speaks for now.
    contact: Reach | None = None

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_contact_has_no_rights_of_staff",
                condition=Q(kind=Kind.STAFF.value)
                | Q(
                    kind=Kind.CONTACT.value,
                    is_requester=False,
                    is_reviewer=False,
                    is_approver=False,
                    is_auditor=False,
                    is_administrator=False,
                    is_staff=False,
                    is_superuser=False,
                    password__startswith="!",  # noqa: S106 - Django's mark of an unusable password
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.name

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(role for role in Role if getattr(self, f"is_{role.value}"))

    @property
    def role_words(self) -> list[str]:
        """The roles as a reader says them, in their order."""
        return [str(ROLE_WORDS[role]) for role in Role if role in self.roles]

    def set_roles(self, roles: frozenset[Role]) -> None:
        for role in Role:
            setattr(self, f"is_{role.value}", role in roles)

    def clean(self) -> None:
        super().clean()
        self.email = comparable_email(self.email)


class CachedValue(models.Model):
    """The table of Django's database cache, which counts tries at the sign-in page for all web processes together."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key


class Scope(models.TextChoices):
    """What a token may do: read what its owner reads, or also act as its owner, within limits."""

    READ = "read", _("Read")
    WRITE = "write", _("Read and write")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def working_on(self, day: date) -> "ApiTokenQuerySet":
        """Neither revoked nor run out, and of somebody who may sign in."""
        return self.filter(
            revoked_at__isnull=True, works_until__gte=day, owner__is_active=True, owner__kind=Kind.STAFF.value
        )


class ApiToken(models.Model):
    """A key of another program. It has an owner, never more rights than the owner, and dies with the owner.

    The token itself was shown once; what is kept is its SHA-256. `works_until` is the last day it works.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=80)
    scope = models.CharField(_("may"), max_length=5, choices=Scope, default=Scope.READ)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    works_until = models.DateField(_("works until"))
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=120, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_revoked_token_names_who_and_when",
                condition=Q(revoked_at__isnull=True, revoked_by="") | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def works_on(self, day: date) -> bool:
        """As the query `working_on`, for one at hand."""
        return self.revoked_at is None and day <= self.works_until and self.owner.is_active


class WrongToken(models.Model):
    """One try with a token that does not work, kept for as long as tries are counted."""

    address = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="wrong_tokens_of_an_address")]

    def __str__(self) -> str:
        return self.address
