"""A program of this machine that is handed what a stranger made: what it may do, and how it ends when it misbehaves."""

import json
import os
import shutil
import sys
import time

import pytest

from tests.vendors.confinement.test_resident_child import alive
from vendors.confinement.errors import ConfinedJobFailed
from vendors.confinement.programs import run_program

MEMORY = 256 * 1024 * 1024
only_linux = pytest.mark.skipif(
    sys.platform != "linux" or os.uname().machine not in ("x86_64", "aarch64"),
    reason="Only Linux closes a process in. To run it: a machine with Linux on x86_64 or aarch64",
)


@pytest.fixture
def run(tmp_path):
    """Run a program that consists of these lines of Python, and see that nothing of it is left."""

    def run(*lines, data=b"", timeout=10.0):
        program = tmp_path / "program"
        program.write_text("\n".join([f"#!{sys.executable}", "import json, os, sys, time", *lines]))
        program.chmod(0o700)
        folder = tmp_path / "confined"
        try:
            return run_program([str(program), "told"], data, timeout=timeout, memory=MEMORY, folder=folder)
        finally:
            assert list(folder.iterdir()) == []

    return run


def test_it_gets_the_bytes_and_what_it_prints_comes_back(run):
    picture = os.urandom(2_000_000)
    assert run("sys.stdout.buffer.write(sys.stdin.buffer.read())", data=picture) == picture
    assert run("print(sys.argv[1])") == b"told\n"


def test_it_may_print_before_it_has_read_everything(run):
    printed = run("print('x' * 900_000, flush=True)", "sys.stdin.buffer.read()", data=b"y" * 900_000)
    assert len(printed) == 900_001


def test_it_need_not_read_at_all(run):
    assert run("print('done')", data=b"y" * 900_000) == b"done\n"


def test_it_finds_no_secret_and_a_folder_of_its_own(run, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for programs")
    monkeypatch.setenv("DATABASE_URL", "postgres://user:password@db/countersign")
    found = json.loads(run("print(json.dumps([dict(os.environ), os.getcwd()]))"))
    environment, folder = found
    assert not {name for name in environment if "SECRET" in name or "URL" in name or "KEY" in name}
    assert "password" not in json.dumps(environment)
    assert folder == environment["HOME"] == environment["TMPDIR"]
    assert os.path.basename(folder).startswith("program-")


@pytest.mark.slow
def test_it_is_ended_when_it_hangs(run):
    began = time.monotonic()
    with pytest.raises(ConfinedJobFailed) as failure:
        run("time.sleep(60)", timeout=0.5)
    assert failure.value.code == "time"
    assert time.monotonic() - began < 5


@pytest.mark.slow
def test_it_is_ended_when_it_closes_its_output_and_stays(run, tmp_path):
    note = tmp_path / "pid"
    lines = [f"open({str(note)!r}, 'w').write(str(os.getpid()))", "os.close(1)", "time.sleep(60)"]
    with pytest.raises(ConfinedJobFailed) as failure:
        run(*lines, timeout=1.0)
    assert failure.value.code == "time"
    assert not alive(int(note.read_text()))


@only_linux
def test_it_gets_no_more_memory_than_its_limit(run):
    with pytest.raises(ConfinedJobFailed) as failure:
        run(f"print(len(bytes({2 * MEMORY})))")
    assert failure.value.code == "crashed"


def test_it_may_not_print_without_end(run):
    with pytest.raises(ConfinedJobFailed) as failure:
        run("while True: print('x' * 100_000)")
    assert failure.value.code == "memory"


@only_linux
@pytest.mark.parametrize(
    "lines",
    [
        ["import socket", "socket.socket()"],
        ["os.fork()"],
        ["import subprocess", "subprocess.run(['/bin/true'], check=True)"],
        ["import threading", "threading.Thread(target=print).start()"],
    ],
    ids=["the network", "another process", "another program", "a thread"],
)
def test_it_reaches_no_network_and_starts_nothing_beside_it(run, lines):
    with pytest.raises(ConfinedJobFailed) as failure:
        run(*lines, "print('it could')")
    assert failure.value.code == "crashed"


@only_linux
def test_it_writes_no_large_file(run):
    with pytest.raises(ConfinedJobFailed):
        run("open('large', 'wb').write(bytes(64 * 1024 * 1024))")


def test_an_error_of_its_own_is_a_sentence(run):
    with pytest.raises(ConfinedJobFailed) as failure:
        run("sys.exit(3)")
    assert str(failure.value) == "The program that reads it stopped unexpectedly."


def test_a_program_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(ConfinedJobFailed) as failure:
        run_program([str(tmp_path / "nothing")], b"", timeout=5, memory=MEMORY, folder=tmp_path / "confined")
    assert failure.value.code == "crashed"
    assert shutil.which("nothing") is None
