"""Template libraries: `countersign` for pages, `letters` for mail."""
