"""System checks: what `manage.py check` says about this machine."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from procurement.operations.libraries import INSTALL_PDF_LIBRARIES, missing_libraries


@register("operations")
def pdf_libraries_load(**_: Any) -> list[CheckMessage]:
    """A memo without its PDF is late, not lost: a warning with the command, never an error."""
    missing = missing_libraries()
    if not missing:
        return []
    return [
        Warning(
            f"PDFs are pending: this machine has no {', '.join(missing)}.",
            hint=f"Install with: {INSTALL_PDF_LIBRARIES}",
            id="operations.W001",
        )
    ]
