"""Giving the next number of a series."""

from procurement.numbering.models import NumberSeries


def next_number(series: str, *, digits: int) -> str:
    """The next number, for example "MEMO-2026-0001". Call it inside the transaction of the act.

    Whoever asks at the same time waits until this transaction ends; a rolled-back act gives its number back.
    """
    NumberSeries.objects.get_or_create(name=series)
    row = NumberSeries.objects.select_for_update().get(name=series)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{series}-{row.last:0{digits}}"
