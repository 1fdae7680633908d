"""A machine without Pango: the product says which command helps, and everything else goes on."""

from pathlib import Path

import pytest

from tests.vendors.printing.test_print_pdf import printed
from vendors.confinement import services as confinement
from vendors.printing.services import PrintingUnavailable, PrintJobFailed


@pytest.fixture
def without_pango(tmp_path: Path, monkeypatch):
    """The dynamic linker finds a broken Pango first, as it would find none."""
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    for name in ("libpango-1.0.so.0", "libpango-1.0-0", "pango-1.0"):
        (libraries / name).write_bytes(b"no library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(libraries))
    confinement.stop_child()
    yield
    confinement.stop_child()


@pytest.mark.slow
def test_it_names_the_command_that_helps(without_pango):
    with pytest.raises(PrintingUnavailable) as unavailable:
        printed()
    assert "PDF pending" in str(unavailable.value)
    assert "apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0" in str(unavailable.value)
    assert len(str(unavailable.value)) < 300
    assert isinstance(unavailable.value, PrintJobFailed)


@pytest.mark.slow
def test_once_they_are_installed_a_fresh_child_prints(without_pango, monkeypatch):
    with pytest.raises(PrintingUnavailable):
        printed()
    monkeypatch.delenv("LD_LIBRARY_PATH")
    confinement.stop_child()
    assert printed().startswith(b"%PDF-1.7")
