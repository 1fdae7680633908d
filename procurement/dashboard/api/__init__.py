"""Vendors with what is cleared, and reminders, for programs: what asks above reviews who may see a vendor."""
