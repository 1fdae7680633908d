"""Outgoing mail: written in the act's transaction, sent after it, never lost, never shown with its secret."""
