"""What people paste as a domain, and what is kept of it."""

import pytest

from vendors.directory.domains import plain_domain


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("", ""),
        ("  quillhaven.example ", "quillhaven.example"),
        ("https://www.Quillhaven.example/trust?x=1", "quillhaven.example"),
        ("http://trust.quillhaven.example:8443", "trust.quillhaven.example"),
        ("quillhaven.example.", "quillhaven.example"),
        ("bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_the_host_is_kept(pasted, kept):
    assert plain_domain(pasted) == kept


@pytest.mark.parametrize("pasted", ["quillhaven", "a b.example", "-x.example", "1.2.3.4", "x" * 70 + ".example", "."])
def test_what_is_no_domain_is_refused(pasted):
    with pytest.raises(ValueError):
        plain_domain(pasted)
