"""Where sealed files of tests lie: a folder of the session, or one of the test's own."""

from pathlib import Path

import pytest
from django.conf import settings as current


@pytest.fixture(autouse=True, scope="session")
def _no_sealed_file_outlives_the_session(tmp_path_factory: pytest.TempPathFactory) -> None:
    current.STORAGE_ROOT = tmp_path_factory.mktemp("vault")


@pytest.fixture
def vault_folder(tmp_path: Path, settings) -> Path:
    """An empty vault for this test alone."""
    settings.STORAGE_ROOT = tmp_path / "vault"
    return settings.STORAGE_ROOT
