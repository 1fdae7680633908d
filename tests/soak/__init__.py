"""Bad days, on purpose (`make soak`); `test_faults.py` holds a sample of each for `make test`."""
