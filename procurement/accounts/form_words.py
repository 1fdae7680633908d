"""What a form says where it says nothing of its own: our sentences in place of the framework's, for every form.

A field that can say more does: what is missing, and what to do about it.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

ONE_OF_THE_LIST = _("Choose one of the list.")
WORDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill this in.")},
    forms.CharField: {"max_length": _("Write %(limit_value)d characters at most. These are %(show_value)d.")},
    forms.IntegerField: {
        "invalid": _("Write a whole number."),
        "min_value": _("Write %(limit_value)s or more."),
        "max_value": _("Write %(limit_value)s or less."),
    },
    forms.DateField: {"invalid": _("Choose a day from the calendar, or write it like 2026-06-30.")},
    forms.EmailField: {"invalid": _("Write an email address, for example mei@northmoor.example.")},
    forms.FloatField: {"invalid": _("Write a number.")},
    forms.URLField: {"invalid": _("Write the whole address, for example https://trust.quillhaven.example.")},
    forms.FileField: {"required": _("Choose a file."), "empty": _("The file is empty. Choose another one.")},
    forms.MultipleChoiceField: {"invalid_choice": _("“%(value)s” is none of these. Choose from the list.")},
    forms.ChoiceField: {"required": ONE_OF_THE_LIST, "invalid_choice": ONE_OF_THE_LIST},
    forms.ModelChoiceField: {"required": ONE_OF_THE_LIST, "invalid_choice": ONE_OF_THE_LIST},
}


def use_our_words() -> None:
    """Once, while the project starts and before the first form is made."""
    for field, words in WORDS.items():
        field.default_error_messages = {**field.__dict__.get("default_error_messages", {}), **words}
