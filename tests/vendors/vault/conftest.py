import pytest

from tests.vault_folder import _no_sealed_file_outlives_the_session, vault_folder  # noqa: F401


@pytest.fixture(autouse=True)
def _vault_of_its_own(vault_folder):  # noqa: F811
    """Each test here looks into the folder, so each has its own."""
