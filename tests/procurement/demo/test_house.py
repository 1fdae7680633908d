"""`make run`: one command, one box, Ctrl-C, nobody left behind."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from procurement.demo import house, servers
from procurement.demo.record import Ports, read_ports, recorded_environment, write_ports
from tests.copied_tree import NOT_OURS, PATIENCE, surroundings

PORTS = Ports(web=8000, broker=6379, mail=1025)


@pytest.fixture(autouse=True)
def an_environment_that_names_no_servers(monkeypatch):
    for name in NOT_OURS:
        monkeypatch.delenv(name, raising=False)


@contextmanager
def taken() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_port_that_somebody_uses_is_passed_over():
    with taken() as port:
        assert port < house.free_port(port) < port + 100


def test_a_restart_keeps_its_addresses_so_that_links_in_old_mails_still_work(tmp_path):
    before = house.choose_ports(Ports(web=18000, broker=16379, mail=11025))
    write_ports(tmp_path, before)
    assert house.choose_ports(read_ports(tmp_path)) == before


@pytest.fixture
def our_signals():
    """The house takes the signals of its process: what pytest does with them comes back."""
    ours = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, does in ours.items():
        signal.signal(number, does)


@pytest.mark.slow
def test_a_port_that_is_taken_while_the_house_starts_is_chosen_anew(monkeypatch, tmp_path, capsys, our_signals):
    others: list[socket.socket] = []

    def mail_alone(ports: Ports, _var: Path) -> dict[str, list[str]]:
        if not others:
            others.append(socket.create_server(("127.0.0.1", ports.mail)))
        listening = f"import socket; socket.create_server(('127.0.0.1', {ports.mail})); print('It listens.')"
        return {"mail": [sys.executable, "-c", listening]}

    monkeypatch.setattr(house.servers, "demo", mail_alone)
    monkeypatch.setattr(house, "prepare", lambda *_: None)
    write_ports(tmp_path, Ports(web=18000, broker=16379, mail=11025))
    assert house.run(tmp_path) == 1, "the stand-in ends by itself once it has listened"
    (other,) = others
    taken_port = other.getsockname()[1]
    other.close()
    said = capsys.readouterr().out
    assert said.count("Choosing again") == 1
    assert "It listens." in said
    assert read_ports(tmp_path).mail > taken_port


def test_a_broker_and_a_mail_server_of_ones_own_are_used(monkeypatch, tmp_path):
    monkeypatch.setenv("BROKER_URL", "redis://127.0.0.1:6399/2")
    monkeypatch.setenv("EMAIL_URL", "smtp://127.0.0.1:2525")
    ports = house.choose_ports(PORTS)
    assert (ports.broker, ports.mail) == (0, 0)
    assert set(ports.environment()) == {"BASE_URL"}
    assert set(servers.demo(ports, tmp_path)) == {"web", "worker", "beat"}


def test_a_command_in_a_second_terminal_finds_the_demo(tmp_path):
    assert recorded_environment(tmp_path) == {}
    write_ports(tmp_path, PORTS)
    assert recorded_environment(tmp_path) == {
        "BASE_URL": "http://127.0.0.1:8000",
        "BROKER_URL": "redis://127.0.0.1:6379/0",
        "EMAIL_URL": "smtp://127.0.0.1:1025",
    }
    (tmp_path / "run.json").write_text("{ cut off")
    assert read_ports(tmp_path) is None


def test_everything_listens_on_this_machine_only(tmp_path):
    commands = servers.demo(PORTS, tmp_path)
    assert list(commands) == ["broker", "mail", "web", "worker", "beat"]
    assert "127.0.0.1:8000" in commands["web"]
    assert commands["broker"][commands["broker"].index("--bind") + 1] == "127.0.0.1"
    assert commands["broker"][commands["broker"].index("--maxmemory-policy") + 1] == "noeviction"


def test_the_broker_on_the_path_goes_before_the_bundled_one(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert servers.broker(port=1, folder=tmp_path / "data")[0] == servers.bundled_broker()
    for name in ("redis-server", "valkey-server"):
        (tmp_path / name).touch(mode=0o755)
        command = servers.broker(port=1, folder=tmp_path / "data")
        assert command[0] == str(tmp_path / name)
        assert command[command.index("--dir") + 1].endswith(f"data/{name}"), "none reads what another wrote"


def test_the_house_is_the_demo_only(monkeypatch, capsys):
    monkeypatch.setenv("COUNTERSIGN_MODE", "production")
    assert house.main() == 2
    assert "docker-compose.yml" in capsys.readouterr().out


def test_the_box_shows_address_people_and_what_is_pending(tmp_path):
    (tmp_path / "people.json").write_text(json.dumps([["Ines Varga", "reviewer"], ["Mei Okafor", "administrator"]]))
    readiness = json.dumps(
        {
            "parts": {
                "database": {"state": "ok", "says": "The database answers."},
                "vault": {"state": "failing", "says": "The vault's keys do not load."},
                "heartbeat": {"state": "degraded", "says": "No heartbeat yet."},
                "pdf": {"state": "degraded", "says": "PDF pending: install libpango-1.0-0"},
            }
        }
    )
    box = house.box(PORTS, tmp_path, readiness)
    assert "http://127.0.0.1:8000/" in box
    assert "  Ines Varga  reviewer " in box
    assert "  Mei Okafor  administrator " in box
    assert "PDF pending: install libpango-1.0-0" in box
    assert "keys do not load" in box
    assert "No heartbeat yet" not in box, "a house that has just been built has none"
    assert len({len(line) for line in box.strip().splitlines()}) == 1, "every line is as wide as the frame"
    assert "pending" not in house.box(PORTS, tmp_path, None)


def test_a_site_that_nobody_answers_for_is_none():
    with taken() as port:
        silent = Ports(web=port + 1, broker=0, mail=0)
    assert house.ask(silent, "/healthz") is None


def get(address: str, path: str) -> tuple[int, str]:
    site = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    site.request("GET", path)
    answer = site.getresponse()
    return answer.status, answer.read().decode()


@pytest.mark.broker
@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="Looks for leftovers in /proc: run this test on Linux.")
def test_a_newcomer_gets_a_box_and_ctrl_c_leaves_nobody_behind(copy_of_the_tree):
    copy_of_the_tree.start()
    box = copy_of_the_tree.wait_for("Ctrl-C stops it")
    ports = read_ports(copy_of_the_tree.tree / "var")
    assert f"Countersign runs at {ports.address}/" in box
    for role in ("requester", "reviewer", "approver"):
        assert role in box
    assert get(ports.address, "/healthz") == (200, "ok")
    status, readiness = get(ports.address, "/readyz")
    assert status == 200
    assert json.loads(readiness)["parts"]["broker"]["state"] == "ok"

    second = subprocess.run(
        [sys.executable, "-m", "procurement.demo.house"],
        cwd=copy_of_the_tree.tree,
        env=surroundings(copy_of_the_tree.tree),
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.stdout == f"Countersign already runs at {ports.address}/\n"
    assert second.returncode == 0

    logs = {path.stem for path in (copy_of_the_tree.tree / "var" / "log").glob("*.log")}
    assert {"start", "broker", "web", "worker", "beat"} <= logs
    assert copy_of_the_tree.end(signal.SIGINT) == 0
    assert "The data stays in var/" in copy_of_the_tree.printed.read_text()
    assert copy_of_the_tree.left_behind() == []

    copy_of_the_tree.start()
    copy_of_the_tree.wait_for("Ctrl-C stops it")
    assert read_ports(copy_of_the_tree.tree / "var") == ports
    os.kill(copy_of_the_tree.process.pid, signal.SIGKILL)
    copy_of_the_tree.process.wait()
    deadline = time.monotonic() + 15
    while copy_of_the_tree.left_behind() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert copy_of_the_tree.left_behind() == [], "not even after kill -9"


@pytest.mark.broker
@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="Looks for leftovers in /proc: run this test on Linux.")
def test_a_process_that_ends_by_itself_stops_the_house_with_its_last_words(copy_of_the_tree):
    copy_of_the_tree.with_tables()
    broken = copy_of_the_tree.tree / "procurement" / "tasks.py"
    broken.write_text('raise RuntimeError("this worker cannot start")\n')
    copy_of_the_tree.start()
    assert copy_of_the_tree.process.wait(PATIENCE) == 1
    printed = copy_of_the_tree.printed.read_text()
    assert "ended by itself" in printed
    assert "this worker cannot start" in printed
    assert copy_of_the_tree.left_behind() == []


@pytest.mark.slow
def test_a_demo_that_cannot_be_prepared_says_why_and_where(copy_of_the_tree):
    var = copy_of_the_tree.tree / "var"
    var.mkdir(exist_ok=True)
    (var / "countersign.sqlite3").write_text("this is no database" * 100)
    copy_of_the_tree.start()
    assert copy_of_the_tree.process.wait(PATIENCE) == 1
    assert "file is not a database" in copy_of_the_tree.printed.read_text()
    assert "var/log/start.log" in copy_of_the_tree.printed.read_text()
