"""How large a picture may be. A screenshot of a long page is tall; a photo of a phone has 50 million pixels."""

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_SIDE = 40_000
