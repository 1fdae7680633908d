"""Names for people, whatever was sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendors.vault.names import clean_name


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Quillhaven SOC 2 Type II (2026).pdf", "Quillhaven SOC 2 Type II (2026).pdf"),
        ("Bericht über Prüfung.pdf", "Bericht über Prüfung.pdf"),
        ("u\u0308ber.pdf", "über.pdf"),
        ("報告書.pdf", "報告書.pdf"),
        ("report.pdf\x00.exe", "report.pdf.exe"),
        ("report\r\nContent-Type: text/html.pdf", "html.pdf"),
        ("line\u2028break\u2029.pdf", "line break.pdf"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("\u200breport\ufeff.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\Users\\mei\\report.pdf", "report.pdf"),
        (".htaccess", "htaccess"),
        ("-rf.pdf", "rf.pdf"),
        ("=cmd|'/c calc'!A1.pdf", "c calc'!A1.pdf"),
        ("+report.pdf", "report.pdf"),
        ("@SUM(A1).pdf", "SUM(A1).pdf"),
        ("report.pdf. . ", "report.pdf"),
        ("a\u00a0 b\tc.pdf", "a b c.pdf"),
        ("", "report.pdf"),
        ("...", "report.pdf"),
        ("\u202e\u200b", "report.pdf"),
        ("CON", "report.pdf"),
        ("con.pdf", "report.pdf"),
        ("LPT1.tar.gz", "report.pdf"),
        ("console.pdf", "console.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("報" * 300 + ".pdf", "報" * 65 + ".pdf"),
        ("a." + "b" * 300, "a." + "b" * 118),
        ("\ud800report.pdf", "report.pdf"),
    ],
)
def test_a_hostile_name_becomes_a_harmless_one(raw, clean):
    assert clean_name(raw) == clean


@pytest.mark.slow
@given(st.text(max_size=400))
def test_no_name_escapes_breaks_or_deceives(raw):
    clean = clean_name(raw)
    assert clean
    assert clean == clean_name(clean)
    assert len(clean) <= 120
    assert len(clean.encode()) <= 200
    assert not set(clean) & set("/\\\0\r\n\t\u202e\u2028")
    assert clean[0] not in ".-=+@~ "
    assert clean.isprintable()
