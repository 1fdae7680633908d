"""Who says what a reviewer brought in for the vendor, in words. No model is known here, so that models may ask."""

from django.utils.translation import gettext as _


def brought_in_words(*, by: str, name: str, received_from: str) -> str:
    """Who brought in which file, and where it came from: "Brought in by Ines Varga from caiq.xlsx (Trust center)"."""
    told = _("Brought in by %(by)s from %(name)s (%(received_from)s)")
    return told % {"by": by, "name": name, "received_from": received_from}
