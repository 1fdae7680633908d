"""Loaded first (`-p tests.mode` in pyproject.toml): tests run in test mode, whatever the shell says."""

import gc
import os

import pytest

os.environ["COUNTERSIGN_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "procurement.settings"

# Thousands of tests and what they import stay to the end. Walking over them again and again, looking for garbage, takes
# a tenth of the time of all tests.
gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
