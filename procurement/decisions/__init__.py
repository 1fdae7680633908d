"""The decision: drafted by one person, taken by another, written down in a memo."""
