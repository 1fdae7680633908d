"""Forms of reports, one page a file."""
