"""Questionnaires and their versions, for programs. Publishing and retiring are a person's acts, done on the page."""
