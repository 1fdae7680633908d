"""Reads a questionnaire file of any make: bytes in, a layout (what was guessed) and a draft (what was read) out.

Pure: no framework, no database, no clock, no network. docs/importing.md has the steps.
"""
