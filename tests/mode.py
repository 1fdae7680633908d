"""Loaded first (`-p tests.mode` in pyproject.toml): tests run in test mode, whatever the shell says."""

import os

os.environ["COUNTERSIGN_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "procurement.settings"
