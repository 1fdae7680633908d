"""The demo: seed, mailbox, walkthrough."""
