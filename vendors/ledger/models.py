"""The ledger's entries. The database itself refuses to change or delete one."""

from django.db import models
from django.db.models import Q

from vendors.ledger.append_only import AppendOnly, ContinuesItsChain
from vendors.ledger.chain import GENESIS


class LedgerEntry(models.Model):
    """One act, as a reader should read it. `seq` counts from 1 without a gap; each entry names its predecessor's hash.

    Vendor, actor and subject stand as plain columns, so that nothing which is destroyed takes its history along.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_label = models.CharField(max_length=160)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    vendor_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    sentence = models.TextField()
    details = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "ledger entries"
        indexes = [
            models.Index(fields=["vendor_id", "-seq"], name="ledger_of_a_vendor"),
            models.Index(fields=["subject_type", "subject_id", "-seq"], name="ledger_of_a_subject"),
        ]
        constraints = [
            AppendOnly(name="ledger_is_append_only"),
            ContinuesItsChain(name="ledger_continues_its_chain"),
            models.CheckConstraint(name="the_ledger_counts_from_1", condition=Q(seq__gte=1)),
            models.CheckConstraint(
                name="only_the_first_entry_has_no_predecessor",
                condition=Q(seq=1, prev_hash=GENESIS) | (Q(seq__gt=1) & ~Q(prev_hash=GENESIS)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq}: {self.sentence}"
