"""Views of the acts of a review, one noun a file. The review's own page is in procurement's dashboard."""
