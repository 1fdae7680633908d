"""The locks install on any machine: pinned, hashed, and without the name of an index or of a folder."""

import re

import pytest

from tests.repository.tree import ROOT, texts

LOCKS = ("base", "dev")
# Security fixes that this product leans on (STACK and SECURITY pages): never below.
FLOORS = {
    "base": {"django": (5, 2, 19), "weasyprint": (70, 0), "celery": (5, 6, 2)},
    "dev": {"django": (5, 2, 19), "weasyprint": (70, 0), "celery": (5, 6, 2), "pypdf": (7, 1)},
}
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z0-9,_-]+\])?==([^ ;\\]+)", re.MULTILINE)


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text()


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall(lock(name)))


def entries(name: str) -> list[str]:
    """Each requirement with its hashes on one line."""
    joined = lock(name).replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_is_pinned_and_hashed(name):
    assert entries(name)
    for entry in entries(name):
        assert PIN.match(entry), entry
        assert HASH.search(entry), entry


@pytest.mark.parametrize("name", LOCKS)
def test_no_requirement_is_below_its_floor(name):
    pinned = pins(name)
    for package, floor in FLOORS[name].items():
        version = tuple(int(number) for number in re.findall(r"\d+", pinned[package])[: len(floor)])
        assert version >= floor, f"{package} {pinned[package]}"
    assert pinned["django"].startswith("5.2."), "the long-term release"


def test_tests_run_on_exactly_the_releases_that_ship():
    base, dev = pins("base"), pins("dev")
    assert {package: dev.get(package) for package in base} == base


@pytest.mark.parametrize("name", LOCKS)
def test_every_wanted_package_is_in_its_lock(name):
    asked = (ROOT / "requirements" / f"{name}.in").read_text().lower()
    wanted = re.findall(r"^([a-z][a-z0-9-]+)", asked, re.MULTILINE)
    assert wanted
    assert set(wanted) <= set(pins(name))


def test_nothing_under_requirements_says_where_packages_come_from():
    for name, text in texts().items():
        if name.startswith("requirements/") and not name.endswith(".py"):
            for trace in ("://", "index-url", "find-links", "trusted-host"):
                assert trace not in text, f"{trace} in {name}"


def test_no_file_holds_a_path_of_a_machine_or_the_address_of_a_package_index():
    machine = [f"/{folder}/" for folder in ("work", "root")] + [f"/opt/{'wheels'}"]
    index = re.compile(
        r"https?://[^\s/\"']*(?:py" + r"pi|pythonhosted|npmjs|artifactory|nexus)[^\s\"']*", re.IGNORECASE
    )
    option = re.compile(r"--(?:extra-)?index-" + r"url[= ]\S|--find-" + r"links[= ]\S")
    for name, text in texts().items():
        for path in machine:
            assert path not in text, f"{path} in {name}"
        for trace in (index, option):
            assert not trace.search(text), f"{trace.search(text)} in {name}"
