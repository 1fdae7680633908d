"""When the scan last looked, so that the next one need not look at everything again."""

from django.db import models


class LastScan(models.Model):
    """One row. A scan that ran to its end writes it.

    day           the day it worked for
    ledger_seq    how far the ledger reached when it began; None when something failed, so that the next scan looks
                  at every vendor once more
    told_of_hold  since when the administrators know that reminders are held; None while none is
    """

    finished_at = models.DateTimeField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    ledger_seq = models.BigIntegerField(null=True, blank=True)
    told_of_hold = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_last_scan", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return f"Last scan: {self.finished_at or 'none yet'}"
