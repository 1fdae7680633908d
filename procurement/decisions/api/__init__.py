"""Decisions and memos, for programs. Deciding is a person's act, done on its page."""
