"""How fast, beside how fast it could be: `make bench` measures floor and product in one run."""
