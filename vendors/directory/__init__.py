"""The vendor's record: who they are and where they publish."""
