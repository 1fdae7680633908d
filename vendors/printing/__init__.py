"""HTML to PDF: tagged PDF/A-3a, repeatable, without fetching anything but packaged files."""
