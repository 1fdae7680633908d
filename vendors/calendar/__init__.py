"""Whole days in the organisation's time zone: counting months (pure) and reading the clock (the edge)."""
