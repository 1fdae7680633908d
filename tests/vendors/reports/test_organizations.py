"""Whether the organization that a report names may be the vendor: what counts in a name and what does not."""

import pytest

from vendors.reports.organizations import other_organization


def differs(named: str, *known: str) -> bool:
    return other_organization(named, vendor=known[0] if known else "", known_names=known) is not None


@pytest.mark.parametrize(
    ("named", "known"),
    [
        ("Quillhaven Software, Inc.", "Quillhaven"),
        ("QUILLHAVEN SOFTWARE INC", "Quillhaven Software, Inc."),
        ("The Quillhaven Company", "quillhaven"),
        ("Quillhaven", "The Quillhaven Group Holdings plc"),
        ("Osierpay S.A.", "Osierpay GmbH"),
        ("Müller & Söhne GmbH", "Muller und Sohne"),
        ("Quill Haven LLC", "Quillhaven"),
        ("Quillhaven Europe B.V.", "Quill Haven"),
        ("International Business Machines Corporation", "IBM"),
        ("AWS", "Amazon Web Services, Inc."),
        ("Booking.com B.V.", "Booking"),
        ("O’Brien's Data, Inc.", "OBriens"),
        ("Data Systems, Inc.", "Data Systems"),
        ("Palewater Mail Co. (formerly Reedmail)", "Reedmail"),
        ("株式会社クイル", "株式会社クイル"),
    ],
)
def test_one_company_under_two_spellings(named, known):
    assert not differs(named, known)
    assert not differs(known, named)


@pytest.mark.parametrize(
    ("named", "known"),
    [
        ("Brookvane AI, Inc.", "Quillhaven"),
        ("Brookvane Software, Inc.", "Quillhaven Software, Inc."),
        ("The Tarn Group", "The Quillhaven Group"),
        ("Osierpay GmbH", "Lanternfield GmbH"),
        ("Data Systems, Inc.", "Quillhaven Data Systems, Inc."),
        ("Messageworks", "Sage"),
        ("Information Systems International", "Quillhaven"),
    ],
)
def test_two_companies_that_share_nothing_that_tells(named, known):
    assert differs(named, known)
    assert differs(known, named)


def test_any_name_the_vendor_is_known_by_is_enough():
    assert not differs("Reedmail Holdings, Inc.", "Palewater Mail", "Palewater Mail Co.", "reedmail")


def test_where_a_name_is_missing_nothing_is_said():
    assert not differs("", "Quillhaven")
    assert not differs(" … ", "Quillhaven")
    assert not differs("Quillhaven")


def test_it_says_both_names_and_what_was_typed_is_no_template():
    reason = other_organization(" {vendor} Ltd ", vendor="Quillhaven Software, Inc.", known_names=["Quillhaven"])
    assert str(reason) == "The report names {vendor} Ltd; this vendor is Quillhaven Software, Inc."
