"""Reminders: what is due when, claimed once, sent once, never lost."""
