"""Last year's answer beside this year's question."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models.answers import Answer


class Carried(models.Model):
    """An earlier accepted answer of the same vendor for the same engagement, offered to be confirmed or changed.

    Nothing is taken over by itself: this year's answer is empty until somebody at the vendor says it.
    """

    class How(models.TextChoices):
        KEY = "key", _("The same question")
        WORDS = "words", _("The same words")
        SIMILAR = "similar", _("Similar words")

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="carried")
    earlier = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=8, choices=How)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "carried"

    def __str__(self) -> str:
        return f"{self.answer_id} from {self.earlier_id}"
