"""Questionnaires, their versions and what is imported into them, for programs: the same acts as on the pages, in the
name of the token's owner."""
