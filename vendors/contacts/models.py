"""People at the vendor and their invitations."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from vendors.directory.models import Vendor

INVITATION_DAYS = 14


class ContactQuerySet(models.QuerySet["Contact"]):
    def active(self) -> "ContactQuerySet":
        return self.filter(deactivated_at__isnull=True, user__is_active=True)

    def may_come_in(self, now: datetime) -> "ContactQuerySet":
        """Active, and either they came in before or an invitation is open.

        A revoked or overdue first invitation therefore keeps its addressee out at the sign-in page too.
        """
        open_invitation = Invitation.objects.open(now).filter(contact=models.OuterRef("pk"))
        return self.active().filter(Q(joined_at__isnull=False) | Exists(open_invitation))


class Contact(models.Model):
    """One person's reach to one vendor. A person may be contact of two vendors and picks one per session."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contacts")
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="contacts")
    title = models.CharField(_("job title"), max_length=120, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    deactivated_by = models.CharField(max_length=120, blank=True)
    joined_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When this person first proved the mailbox and came in.")
    )
    signed_out_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Sessions that began before this moment are over.")
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "vendor"], name="one_contact_per_person_and_vendor")]

    def __str__(self) -> str:
        return self.user.name

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def email(self) -> str:
        return self.user.email

    @property
    def is_active(self) -> bool:
        return self.deactivated_at is None and self.user.is_active


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> "InvitationQuerySet":
        """Neither used, nor revoked, nor past its end."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)


class Invitation(models.Model):
    """A link to the portal's door: 32 random bytes, stored as a hash, 14 days, revocable.

    Opening the link changes nothing; only the code mailed to the invited address lets somebody in.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=120)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Invitation of {self.contact}"

    def is_open(self, now: datetime) -> bool:
        """Neither used, nor revoked, nor past its end."""
        return self.accepted_at is None and self.revoked_at is None and now < self.expires_at
