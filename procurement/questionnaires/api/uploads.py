"""A file that a program sends, within the limits of the page that takes the same."""

from typing import Any

from django.utils.datastructures import MultiValueDict

from procurement.questionnaires.forms.imports import FileToImportForm
from vendors.rest.problems import TooLarge


def data_of(upload: Any) -> bytes:
    """The bytes of what was uploaded. Raises TooLarge."""
    form = FileToImportForm(files=MultiValueDict({"file": [upload]}))
    if not form.is_valid():
        raise TooLarge(" ".join(map(str, form.errors["file"])))
    return form.data_of()
