"""Sealed files, pictures of their pages, and who touched them. The bytes lie in storage; what opens them lies here."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from vendors.ledger.append_only import AppendOnly


class StoredFile(models.Model):
    """One file as it came in or was made, sealed under a key of its own (`vendors.sealing`).

    The file's key is wrapped by the installation's key named in `key_id`. Emptying `wrapped_key` destroys the
    content wherever a copy of the sealed bytes may still lie.

    purpose       what the file is for, in one word: "report", "memo"
    vendor_id     whose file it is, as a plain number: a memo or a policy text may belong to no vendor
    name          for people, cleaned of everything hostile; never part of a path
    sha256        of the plain bytes, as the receipt shows it
    content_type  chosen by us from what the validator found, never the one a browser claimed
    storage_name  random; says nothing about the content
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=40)
    vendor_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    name = models.CharField(_("name"), max_length=120)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content_type = models.CharField(max_length=60)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    storage_name = models.CharField(max_length=80, unique=True)
    wrapped_key = models.BinaryField(max_length=80)
    key_id = models.CharField(max_length=32)
    sealed_at = models.DateTimeField()
    sealed_by = models.CharField(max_length=120)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sealed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_destroyed_file_has_no_key",
                condition=models.Q(destroyed_at__isnull=True) | models.Q(wrapped_key=b"", key_id=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PageImage(models.Model):
    """One page of a PDF as it was drawn, without anybody's watermark: kept so that the next reader need not wait.

    It has no key of its own: the file's key opens it, so it goes with the file. May be removed at any time.

    width                     asked for, in pixels
    points_wide, points_high  the page's size as it is shown, in points: what marks are measured in
    size                      of the sealed bytes
    used_at                   to the hour
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="page_images")
    page = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    points_wide = models.FloatField()
    points_high = models.FloatField()
    size = models.PositiveIntegerField()
    storage_name = models.CharField(max_length=80, unique=True)
    drawn_at = models.DateTimeField()
    used_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["file", "page", "width"]
        constraints = [
            models.UniqueConstraint(fields=["file", "page", "width"], name="one_picture_of_a_page_and_width"),
        ]

    def __str__(self) -> str:
        return f"Page {self.page} of {self.file_id}, {self.width} wide"


class PageText(models.Model):
    """The text of a PDF's pages as words are searched in it, kept so that the next search need not take it out anew.

    It has no key of its own: the file's key opens it, so it goes with the file. May be removed at any time.

    size     of the sealed bytes
    used_at  to the hour
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="page_text")
    size = models.PositiveIntegerField()
    storage_name = models.CharField(max_length=80, unique=True)
    used_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"Text of {self.file_id}"


class CustodyAction(models.TextChoices):
    SEALED = "sealed", _("Sealed")
    OPENED = "opened", _("Opened")
    PAGE_OPENED = "page_opened", _("Opened a page")
    DOWNLOADED = "downloaded", _("Downloaded")
    DESTROYED = "destroyed", _("Destroyed")


class CustodyEntry(models.Model):
    """Who opened a file, when, from where and what for. The vendor sees these rows for its own files."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="custody")
    at = models.DateTimeField()
    who = models.CharField(max_length=120)
    who_kind = models.CharField(max_length=8)
    who_id = models.BigIntegerField(null=True, blank=True)
    action = models.CharField(max_length=12, choices=CustodyAction)
    page = models.PositiveIntegerField(null=True, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    ip = models.GenericIPAddressField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["file", "at"], name="custody_of_a_file")]
        constraints = [AppendOnly(name="custody_is_append_only")]
        verbose_name_plural = "custody entries"

    def __str__(self) -> str:
        return f"{self.who}: {self.get_action_display()} {self.file_id}"
