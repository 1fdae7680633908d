"""Papers that the worker makes: waited for, and read back."""

import re
from io import BytesIO

from pypdf import PdfReader

from tests.journeys.browser import Seat
from tests.journeys.house import wait_until


def until_there(seat: Seat, name: str) -> None:
    """Load the page again until the worker has made what this button gives."""

    def is_there() -> bool:
        seat.page.reload()
        return seat.page.get_by_role("link", name=name, exact=True).count() > 0

    wait_until(is_there, lambda: f"“{name}” did not come: {seat.page.locator('main').inner_text()}")


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    """Without spaces and line ends: a PDF keeps neither reliably."""
    return re.sub(r"\s+", "", text)
