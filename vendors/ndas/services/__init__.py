"""The acts of NDAs, one noun a file."""

from vendors.ndas.services.accepting import accept_our_text
from vendors.ndas.services.certificates import make_certificate
from vendors.ndas.services.recording import end_nda, record_vendors_text
from vendors.ndas.services.texts import issue_text

__all__ = ["accept_our_text", "end_nda", "issue_text", "make_certificate", "record_vendors_text"]
