"""Things with a last day that somebody answers for. One small module each, and a row in `kinds.py`."""
