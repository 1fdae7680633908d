"""One child: what it answers, how it ends, and that the next job never notices."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as current

from tests.vendors.confinement.conftest import JOBS, MEMORY
from vendors.confinement import resident
from vendors.confinement.errors import ConfinedJobFailed


def alive(pid: int) -> bool:
    """Whether the process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_job_gets_parameters_and_bytes_and_answers_with_both(run):
    content = os.urandom(3_000_000)
    answer, data = run("echo", content, word="ä", number=7)
    assert answer["params"] == {"word": "ä", "number": 7}
    assert data == content


def test_bytes_may_come_in_pieces(run):
    assert run("echo", iter([b"one ", b"", b"two"]))[1] == b"one two"


def test_the_child_stays_for_the_next_job(run, child):
    assert run("echo")[0]["pid"] == run("echo")[0]["pid"] == child.pid


@pytest.mark.slow
def test_a_job_that_takes_too_long_is_stopped_and_its_child_replaced(run, child):
    run("echo")
    first, began = child.pid, time.monotonic()

    with pytest.raises(ConfinedJobFailed) as failure:
        run("sleep", seconds=60, timeout=0.3)

    assert failure.value.code == "time"
    assert time.monotonic() - began < 5
    assert not alive(first)
    assert run("echo", b"next")[1] == b"next"
    assert child.pid != first


@pytest.mark.slow
def test_a_job_that_only_computes_is_ended_by_the_kernel(run, child, monkeypatch):
    """The limit on processor time holds also when nobody watches the clock."""
    monkeypatch.setattr(resident, "PROCESSOR_SHARE", 0.1)
    run("echo")
    process = child._process
    with pytest.raises(ConfinedJobFailed) as failure:
        run("spin", timeout=20)
    assert failure.value.code == "time"
    assert process.returncode == -signal.SIGXCPU


def test_a_job_that_crashes_is_named_and_its_child_replaced(run, child):
    run("echo")
    first = child.pid
    with pytest.raises(ConfinedJobFailed) as failure:
        run("abort")
    assert failure.value.code == "crashed"
    assert run("echo")[0]["pid"] != first


def test_a_job_gets_no_more_memory_than_its_limit(run, child):
    run("echo")
    first = child.pid
    with pytest.raises(ConfinedJobFailed) as failure:
        run("take_memory", bytes=MEMORY)
    assert failure.value.code == "memory"
    assert not alive(first)
    assert len(run("take_memory", bytes=1_000_000)[1]) == 1_000_000


def test_what_a_job_expects_arrives_with_its_code_and_sentence(run, child):
    run("echo")
    first = child.pid
    with pytest.raises(ConfinedJobFailed, match=r"^It asks for a password\.$") as failure:
        run("refuse")
    assert failure.value.code == "password"
    assert child.pid == first


def test_what_a_job_did_not_expect_never_quotes_the_document(run, caplog):
    with pytest.raises(ConfinedJobFailed) as failure:
        run("fail", b"confidential words")
    assert failure.value.code == "error"
    assert "confidential" not in str(failure.value) + caplog.text
    assert "ValueError at jobs.py" in caplog.text


def test_only_listed_functions_run(child, caplog):
    for job in ("os:getpid", "subprocess:run", "tests.vendors.confinement.jobs:unlisted"):
        with pytest.raises(ConfinedJobFailed):
            child.run(job, {}, b"", timeout=5)
    assert "PermissionError at child.py" in caplog.text


def test_the_child_holds_no_secret(run, monkeypatch):
    for name in ("SECRET_KEY", "VAULT_KEYS", "DATABASE_URL", "EMAIL_URL", "BROKER_URL", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "canary-5f1c")
    assert "canary-5f1c" not in str(run("surroundings"))


def test_the_child_reaches_no_network_and_starts_no_program(run):
    with socket.create_server(("127.0.0.1", 0)) as server:
        ways = run("reach_out", port=server.getsockname()[1])[0]
    assert set(ways.values()) == {"refused"}, ways


def test_the_child_writes_no_large_file(run, caplog):
    with pytest.raises(ConfinedJobFailed):
        run("write_much")
    assert "OSError" in caplog.text


def test_what_a_job_leaves_in_its_folder_goes_with_the_child(run, child):
    folder = Path(run("litter")[0]["folder"])
    assert (folder / "left behind").exists()
    child.stop()
    assert not folder.exists()


@pytest.mark.slow
def test_after_200_jobs_a_fresh_child_takes_over(run, monkeypatch):
    monkeypatch.setattr(resident, "JOBS_BEFORE_REPLACEMENT", 20)
    pids = [run("echo")[0]["pid"] for _number in range(41)]
    assert [len(set(pids[:20])), len(set(pids[20:40])), len(set(pids))] == [1, 1, 3]
    assert resident.JOBS_BEFORE_REPLACEMENT == 20


def test_a_source_that_breaks_off_stops_the_job_and_not_the_next(run, child):
    def breaks_off():
        yield b"half"
        raise RuntimeError("the seal is broken")

    with pytest.raises(RuntimeError, match="the seal is broken"):
        run("echo", breaks_off())
    assert run("echo", b"whole")[1] == b"whole"


def test_a_child_that_is_killed_while_it_is_told_is_replaced(run, child):
    def killed_half_way():
        yield b"x" * 1_000_000
        os.kill(child.pid, signal.SIGKILL)
        for _number in range(10):
            yield b"x" * 1_000_000

    with pytest.raises(ConfinedJobFailed) as failure:
        run("echo", killed_half_way())
    assert failure.value.code == "crashed"
    assert run("echo", b"again")[1] == b"again"


def test_a_child_that_was_killed_between_jobs_is_replaced(run, child):
    run("echo")
    os.kill(child.pid, signal.SIGKILL)
    time.sleep(0.05)
    assert run("echo", b"again")[1] == b"again"


def test_when_its_process_is_killed_the_child_ends_and_tidies_up(tmp_path):
    script = (
        "from pathlib import Path; import sys, time\n"
        "from vendors.confinement.resident import ResidentChild\n"
        f"child = ResidentChild(jobs={JOBS!r}, memory={MEMORY}, folder=Path({str(tmp_path)!r}))\n"
        "child.run('tests.vendors.confinement.jobs:litter', {}, b'', timeout=10)\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=current.BASE_DIR)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert alive(pid)

    parent.kill()
    parent.wait()
    parent.stdout.close()

    deadline = time.monotonic() + 5
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(pid)
    assert list(tmp_path.iterdir()) == []
