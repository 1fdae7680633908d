"""What production insists on, seen from a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PRODUCTION = {
    "COUNTERSIGN_MODE": "production",
    "SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "EMAIL_URL": "smtp://127.0.0.1:1025",
    "DATABASE_URL": "sqlite:///:memory:",
    "VAULT_KEYS": "one:" + "A" * 43 + "=",
}
NAMES = [
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_NAME",
    "REQUIRE_SECOND_FACTOR",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
]


def settings_of(**environment: str) -> subprocess.CompletedProcess[str]:
    """The settings that a process with this environment sees, as JSON."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    script = (
        "import json; from procurement import settings as s;"
        f"print(json.dumps({{name: getattr(s, name) for name in {NAMES!r}}}"
        " | {'hsts': getattr(s, 'SECURE_HSTS_SECONDS', 0), 'redirect': getattr(s, 'SECURE_SSL_REDIRECT', False)}))"
    )
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_over_https_cookies_belong_to_this_host_and_to_https_alone() -> None:
    seen = json.loads(settings_of(**PRODUCTION, BASE_URL="https://reviews.northmoor.example").stdout)

    assert seen == {
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "REQUIRE_SECOND_FACTOR": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
        "hsts": 31_536_000,
        "redirect": True,
    }


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["demo", "test"])
def test_a_demo_on_this_machine_works_without_https(mode: str) -> None:
    seen = json.loads(settings_of(COUNTERSIGN_MODE=mode).stdout)
    assert seen["SESSION_COOKIE_SECURE"] is False
    assert seen["REQUIRE_SECOND_FACTOR"] is False


@pytest.mark.slow
def test_production_refuses_to_send_passwords_in_the_clear() -> None:
    refused = settings_of(**PRODUCTION, BASE_URL="http://reviews.northmoor.example")
    assert refused.returncode != 0
    assert "need https://" in refused.stderr
