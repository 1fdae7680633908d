"""Docker asks this file whether the web process lives."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from procurement.operations.probe import lives


@pytest.mark.slow
def test_a_site_that_answers_lives(live_server):
    assert lives(live_server.thread.port, live_server.url)


@pytest.mark.slow
def test_a_site_that_refuses_the_host_does_not_pass(live_server):
    assert not lives(live_server.thread.port, "https://elsewhere.example")


def test_nobody_there_is_no_life():
    assert not lives(1, "http://127.0.0.1:1")


def test_the_probe_needs_no_package():
    probe = settings.BASE_DIR / "procurement" / "operations" / "probe.py"
    asked = subprocess.run(
        [sys.executable, "-S", str(probe)],
        env={"PATH": os.environ["PATH"], "BASE_URL": "https://nowhere.example:1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode in {0, 1}
    assert asked.stderr == ""
