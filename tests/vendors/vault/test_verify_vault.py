"""`manage.py verify_vault` and the nightly tidying."""

import os
import time

import pytest
from django.core.management import call_command

from tests.factories.vault import stored_file
from vendors.vault.storage import vault_storage
from vendors.vault.tasks import remove_orphans

pytestmark = pytest.mark.django_db


def an_orphan_of_yesterday(vault_folder) -> None:
    path = vault_folder / "sealed" / "ab" / ("ab" * 16)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"sealed under a key nobody has")
    os.utime(path, (time.time() - 86_400,) * 2)


def test_all_well(capsys):
    stored_file(b"one")
    stored_file(b"two")
    call_command("verify_vault")
    assert capsys.readouterr().out == "2 of 2 stored files are as they were sealed.\n"


def test_what_is_not_well_is_named(vault_folder, capsys):
    stored_file(b"one")
    missing, damaged = stored_file(b"two", name="two.pdf"), stored_file(b"three", name="three.pdf")
    vault_storage().delete(missing.storage_name)
    path = vault_folder / "sealed" / damaged.storage_name
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))

    with pytest.raises(SystemExit) as end:
        call_command("verify_vault")

    printed = capsys.readouterr()
    assert end.value.code == 1
    assert "1 of 3 stored files" in printed.out
    assert f"{missing.pk} (report, two.pdf)" in printed.err
    assert f"{damaged.pk} (report, three.pdf)" in printed.err
    assert len(printed.err.splitlines()) == 2


def test_bytes_without_a_row_are_counted_and_no_failure(vault_folder, capsys):
    an_orphan_of_yesterday(vault_folder)
    call_command("verify_vault")
    assert "Sealed files without a row: 1." in capsys.readouterr().out

    call_command("verify_vault", "--remove-orphans")
    assert "Removed: 1." in capsys.readouterr().out
    call_command("verify_vault")
    assert "without a row" not in capsys.readouterr().out


def test_the_nightly_task_removes_orphans(vault_folder):
    stored = stored_file(b"one")
    an_orphan_of_yesterday(vault_folder)
    remove_orphans()
    assert [path.name for path in vault_folder.rglob("*") if path.is_file()] == [stored.storage_name[3:]]
