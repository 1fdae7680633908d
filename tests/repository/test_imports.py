"""Imports run one way: the contracts of pyproject.toml hold, and cover every folder."""

import tomllib

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.repository.tree import ROOT


@pytest.mark.slow
def test_every_import_contract_is_kept(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_capability_has_a_layer():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    for contract in contracts:
        if contract["type"] == "layers":
            assert contract["exhaustive"] is True, contract["name"]


def test_vendors_is_forbidden_to_import_procurement():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    forbidden = [each for each in contracts if each["type"] == "forbidden"]
    assert any(
        each["source_modules"] == ["vendors"] and each["forbidden_modules"] == ["procurement"] for each in forbidden
    )
