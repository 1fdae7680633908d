"""Answers out in every form: one record of a questionnaire, and a builder for each format."""
