"""The vault: every byte that came from a vendor or proves a decision, sealed, and who opened it."""
