"""The two commands of the README, and the others, are where a newcomer looks for them."""

import re
import subprocess

import pytest

from tests.repository.tree import ROOT

TARGETS = {
    "run", "test", "test-fast", "test-long", "coverage", "bench", "soak", "check", "format", "lock", "machine",
}  # fmt: skip


def make(*arguments: str) -> str:
    result = subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return result.stdout


def test_make_alone_prints_every_target_with_what_it_does():
    printed = dict(re.findall(r"^  make ([a-z-]+) +(.+)$", make(), re.MULTILINE))
    assert set(printed) == TARGETS
    assert all(len(words) > 10 for words in printed.values())


def test_every_command_of_the_readme_is_a_target():
    readme = (ROOT / "README.md").read_text()
    code = re.findall(r"`[^`\n]+`|^(?: {4}|\t)[^\n]+$|^```.+?^```", readme, re.DOTALL | re.MULTILINE)
    named = {target for passage in code for target in re.findall(r"\bmake ([a-z][a-z-]+)\b", passage)}
    assert {"run", "test"} <= named
    assert named <= TARGETS


@pytest.mark.slow
def test_run_starts_the_demo_and_test_runs_the_parts():
    assert "procurement.demo.house" in make("--dry-run", "run")
    assert "tests.parts\n" in make("--dry-run", "test")
    assert "tests.parts --coverage\n" in make("--dry-run", "coverage")


@pytest.mark.slow
def test_check_asks_every_tool():
    commands = make("--dry-run", "check")
    for tool in (
        "ruff check .",
        "ruff format --check .",
        "mypy procurement vendors",
        "lint-imports",
        "djade --check",
        "makemigrations --check --dry-run",
        "review_states --check",
    ):
        assert tool in commands


def test_the_house_names_the_same_libraries_everywhere():
    """Three places need them before they can ask each other: make, the running product, the image."""
    from procurement.operations import libraries
    from requirements import system

    assert system.PDF_LIBRARIES == libraries.PDF_LIBRARIES
    assert system.PDF_PACKAGES == libraries.PDF_PACKAGES
    dockerfile = (ROOT / "Dockerfile").read_text()
    for package in libraries.PDF_PACKAGES:
        assert re.search(rf"\s{re.escape(package)}\s", dockerfile), package


def test_the_continuous_run_asks_what_a_developer_asks_and_takes_no_skip():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    text = script.read_text()
    for command in (
        "make --jobs 2 dev machine",
        "make --keep-going --jobs 2 --output-sync check",
        "make test\n",
        "make test-long\n",
    ):
        assert command in text
    assert "CI=true" in text
    subprocess.run(["bash", "-n", str(script)], check=True)
