"""Asking a worker to look now. The database holds the truth; a lost nudge costs minutes, never work."""
