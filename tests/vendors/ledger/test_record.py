"""Writing to the ledger."""

import contextlib
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils.translation import gettext_lazy

from tests.databases import in_threads
from tests.factories.ledger import entry
from vendors.ledger import queries
from vendors.ledger.chain import GENESIS, digest
from vendors.ledger.models import LedgerEntry
from vendors.ledger.services import record
from vendors.ledger.verification import verify
from vendors.people.actors import SYSTEM

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_first_entry_has_no_predecessor_and_each_other_names_its_own(reviewer):
    first = entry("Quillhaven added", by=reviewer)
    second = entry("Jonah Pell invited", by=reviewer)

    assert (first.seq, first.prev_hash) == (1, GENESIS)
    assert (second.seq, second.prev_hash) == (2, first.hash)


@pytest.mark.django_db
def test_an_entry_keeps_who_what_when_and_on_what(reviewer):
    entry(
        "SOC 2 Type II report accepted",
        by=reviewer,
        verb="report.accepted",
        at=NINE,
        vendor_id=7,
        subject=("report", 12),
        details={"pages": 132},
    )

    kept = LedgerEntry.objects.get()
    assert (kept.actor_label, kept.actor_kind, kept.actor_id) == ("Ines Varga", "staff", reviewer.pk)
    assert (kept.verb, kept.at, kept.vendor_id) == ("report.accepted", NINE, 7)
    assert (kept.subject_type, kept.subject_id, kept.details) == ("report", "12", {"pages": 132})
    assert str(kept) == "1: SOC 2 Type II report accepted"


@pytest.mark.django_db
def test_countersign_itself_may_act():
    kept = entry("Remediation opened", by=SYSTEM)
    assert (kept.actor_label, kept.actor_kind, kept.actor_id) == ("Countersign", "system", None)


@pytest.mark.django_db
def test_an_entry_read_back_still_hashes_to_its_hash(reviewer):
    """Whatever the database does to times, numbers and accents, the hash must hold."""
    entry(
        "Bericht geprüft — “läuft”",
        by=reviewer,
        at=datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1))),
        details={
            "ü": "ž\x00z",
            "big": 2**70,
            "yes": True,
            "none": None,
            "on": date(2026, 11, 23),
            "amount": Decimal("1.10"),
            "id": UUID(int=5),
            "label": gettext_lazy("Staff"),
            "nested": {"list": [1, "2", {"3": ()}], "set": {"b", "a"}},
        },
    )

    kept = LedgerEntry.objects.get()
    assert digest(kept) == kept.hash
    assert kept.details["nested"] == {"list": [1, "2", {"3": []}], "set": ["a", "b"]}
    assert kept.details["on"] == "2026-11-23"
    assert kept.details["ü"] == "ž z"


@pytest.mark.django_db
def test_a_sentence_stays_on_one_line_and_reads_as_it_hashes():
    kept = entry("Vendor “Evil\r\n\x00\u202eCorp”\tadded")
    assert kept.sentence == "Vendor “Evil Corp” added"


@pytest.mark.django_db
@pytest.mark.parametrize("details", [{"share": 0.5}, {"who": object()}, {1: "one"}])
def test_details_that_a_database_might_change_are_not_taken(details):
    with pytest.raises(TypeError):
        entry(details=details)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_ledger_is_not_written_outside_the_act_it_records():
    with pytest.raises(transaction.TransactionManagementError):
        record(by=SYSTEM, verb="vendor.added", sentence="Quillhaven added", at=NINE)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_entry_and_no_gap():
    entry("first")
    with contextlib.suppress(ValueError), transaction.atomic():
        record(by=SYSTEM, verb="vendor.added", sentence="never happened", at=NINE)
        raise ValueError
    assert entry("second").seq == 2


@pytest.mark.django_db
def test_the_vendor_page_reads_only_its_own_entries_newest_first(django_assert_num_queries):
    entry("one", vendor_id=7, subject=("report", 1))
    entry("of another vendor", vendor_id=8, subject=("report", 2))
    entry("two", vendor_id=7, subject=("nda", 1))

    with django_assert_num_queries(3):
        assert [each.sentence for each in queries.entries_about(7)] == ["two", "one"]
        assert [each.sentence for each in queries.entries_on("report", 1)] == ["one"]
        assert [each.sentence for each in queries.latest(2)] == ["two", "of another vendor"]


@pytest.mark.slow
def test_sixteen_writers_at_once_make_one_chain(real_database):
    def write_forty(writer: int) -> None:
        for number in range(40):
            with transaction.atomic():
                record(by=SYSTEM, verb="vendor.added", sentence=f"{writer}, {number}", at=NINE, vendor_id=writer)

    assert in_threads(16, write_forty) == [None] * 16

    verdict = verify()
    assert (verdict.count, verdict.fault) == (640, None)
    for writer in range(16):
        own = queries.entries_about(writer).order_by("seq").values_list("sentence", flat=True)
        assert list(own) == [f"{writer}, {number}" for number in range(40)]


def test_a_writer_waits_for_the_act_before_it_and_takes_its_number_when_that_fails(real_database):
    entry("first")

    def act(number: int) -> int:
        with transaction.atomic():
            written = record(by=SYSTEM, verb="vendor.added", sentence=str(number), at=NINE)
            if number % 2:
                raise ValueError
        return written.seq

    outcomes = in_threads(16, act)

    assert sorted(each for each in outcomes if isinstance(each, int)) == list(range(2, 10))
    assert sum(isinstance(each, ValueError) for each in outcomes) == 8
    assert verify().fault is None
    assert connection.vendor in real_database.replace("postgres:", "postgresql:")
