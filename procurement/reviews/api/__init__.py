"""Engagements and reviews, for programs."""
