"""Forms of a review, one noun a file."""
