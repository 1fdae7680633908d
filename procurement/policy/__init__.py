"""The versioned policy and its pure evaluation."""
