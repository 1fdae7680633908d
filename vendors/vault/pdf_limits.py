"""How large a PDF may be when it is opened. Known to the validator and to the confined child."""

MAX_PAGES = 3000
LARGEST_SIDE = 4000
