"""Keys: how they are written down, what they open, and where a demo keeps its own."""

import base64
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings as current

from vendors.sealing.errors import KeyMissing, SealBroken
from vendors.sealing.keyring import Keyring, keyring, new_key

OLD, NEW = new_key(), new_key()


def written(*keys: tuple[str, bytes]) -> str:
    return ",".join(f"{key_id}:{base64.b64encode(key).decode()}" for key_id, key in keys)


def test_the_first_key_seals_and_every_key_opens():
    before = Keyring.parse(written(("2025", OLD)))
    key_id, wrapped = before.wrap(b"k" * 32, context=b"file 1")
    sealed = before.seal_text("the link", context="mail:1")

    after = Keyring.parse(written(("2026", NEW), ("2025", OLD)))

    assert key_id == "2025"
    assert after.newest_id == "2026"
    assert after.unwrap(wrapped, key_id="2025", context=b"file 1") == b"k" * 32
    assert after.open_text(sealed, context="mail:1") == "the link"


def test_a_key_that_left_the_ring_opens_nothing():
    key_id, wrapped = Keyring({"2025": OLD}).wrap(b"k" * 32, context=b"file 1")
    sealed = Keyring({"2025": OLD}).seal_text("the link", context="mail:1")
    ring = Keyring({"2026": NEW})

    with pytest.raises(KeyMissing):
        ring.unwrap(wrapped, key_id=key_id, context=b"file 1")
    with pytest.raises(KeyMissing):
        ring.open_text(sealed, context="mail:1")


def test_another_key_of_the_same_id_opens_nothing():
    key_id, wrapped = Keyring({"2025": OLD}).wrap(b"k" * 32, context=b"file 1")
    with pytest.raises(SealBroken):
        Keyring({"2025": NEW}).unwrap(wrapped, key_id=key_id, context=b"file 1")


def test_a_wrapped_key_opens_for_its_own_file_only():
    ring = Keyring({"2025": OLD})
    key_id, wrapped = ring.wrap(b"k" * 32, context=b"file 1 of vendor 7")
    with pytest.raises(SealBroken):
        ring.unwrap(wrapped, key_id=key_id, context=b"file 1 of vendor 8")


def test_a_sealed_text_opens_in_its_own_row_only():
    ring = Keyring({"2025": OLD})
    sealed = ring.seal_text("https://countersign.example/portal/x", context="mail:1")
    assert b"portal" not in sealed
    with pytest.raises(SealBroken):
        ring.open_text(sealed, context="mail:2")


def test_a_sealed_text_with_any_bit_changed_does_not_open():
    ring = Keyring({"2025": OLD})
    sealed = ring.seal_text("123456", context="mail:1")
    for place in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises((SealBroken, KeyMissing)):
            ring.open_text(bytes(changed), context="mail:1")
    for length in range(len(sealed)):
        with pytest.raises((SealBroken, KeyMissing)):
            ring.open_text(sealed[:length], context="mail:1")


def test_the_same_text_sealed_twice_looks_different():
    ring = Keyring({"2025": OLD})
    assert ring.seal_text("123456", context="mail:1") != ring.seal_text("123456", context="mail:1")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "has no id"),
        (base64.b64encode(OLD).decode(), "has no id"),
        (":" + base64.b64encode(OLD).decode(), "has no id"),
        ("a key:" + base64.b64encode(OLD).decode(), "has no id"),
        ("2025:not base64", "is not base64"),
        ("2025:" + base64.b64encode(OLD[:16]).decode(), "has 16 bytes; it must have 32"),
        ("2025:", "has 0 bytes"),
        (written(("2025", OLD), ("2025", NEW)), "twice"),
        (written(("2025", OLD)) + ",", "Key 2 has no id"),
    ],
    ids=["empty", "no id", "empty id", "a space", "no base64", "short", "nothing", "twice", "a comma too many"],
)
def test_a_badly_written_key_is_named_and_never_shown(text, says):
    with pytest.raises(ValueError) as refusal:
        Keyring.parse(text)
    assert says in str(refusal.value)
    assert base64.b64encode(OLD).decode()[:20] not in str(refusal.value)


def test_a_keyring_shows_no_key_when_it_is_printed():
    assert base64.b64encode(OLD).decode()[:8] not in repr(Keyring({"2025": OLD}))
    assert repr(OLD) not in repr(Keyring({"2025": OLD}))


def test_keys_may_be_written_in_either_alphabet_of_base64():
    key = bytes([0xFB, 0xEF, 0xFF] * 10 + [0, 1])
    assert Keyring.parse(f"a:{base64.urlsafe_b64encode(key).decode()}").key("a") == key


def test_production_takes_its_keys_from_the_environment(settings):
    settings.VAULT_KEYS = written(("2026", NEW), ("2025", OLD))
    assert keyring().newest_id == "2026"


@pytest.mark.slow
def test_the_product_does_not_start_with_keys_it_cannot_read():
    environment = {
        "COUNTERSIGN_MODE": "test",
        "VAULT_KEYS": "2025:c2hvcnQ=",
        "DJANGO_SETTINGS_MODULE": "procurement.settings",
    }
    started = subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; settings.DEBUG"],
        env=environment,
        cwd=current.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert "VAULT_KEYS: Key 2025 has 5 bytes; it must have 32." in started.stderr
    assert "c2hvcnQ" not in started.stderr


def test_a_test_has_keys_of_its_own_that_nobody_else_can_read():
    assert keyring() is keyring()
    assert keyring().newest_id == "test"


def test_a_demo_makes_its_key_once_however_many_processes_start(settings, tmp_path):
    settings.DEMO, settings.VAR = True, tmp_path / "var"
    with ThreadPoolExecutor(8) as threads:
        # The cache would hide the race: ask beneath it.
        from vendors.sealing.keyring import _demo_keyring

        path = settings.VAR / "vault.keys"
        rings = list(threads.map(lambda _number: _demo_keyring.__wrapped__(path), range(8)))

    assert len({tuple(ring.keys.items()) for ring in rings}) == 1
    assert keyring().keys == rings[0].keys
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["vault.keys"]
