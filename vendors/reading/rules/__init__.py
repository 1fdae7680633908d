"""One module for each fact: the wordings it knows, and how they are weighed."""
