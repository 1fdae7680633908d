"""Requests and reports, for programs."""
