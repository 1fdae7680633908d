"""Keys and encrypting streams. Knows no model: whoever seals keeps the wrapped key."""
