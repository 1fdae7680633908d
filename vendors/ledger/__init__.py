"""What happened, by whom: one append-only chain per installation."""
