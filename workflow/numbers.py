"""Serial numbers without gaps or doubles (R15, F27)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from workflow.models import Counter


def take(series: str, year: int) -> int:
    """Return the next number of ``series`` in ``year``, from 1.

    The counter row stays locked until the caller's transaction ends: the next one waits, and a number whose
    transaction fails is given again.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A number is taken in the transaction that uses it.")
    Counter.objects.get_or_create(series=series, year=year)
    counter = Counter.objects.select_for_update().get(series=series, year=year)
    counter.value += 1
    counter.save(update_fields=["value"])
    return counter.value


def written(prefix: str, year: int, serial: int) -> str:
    """Return the number as offices write it: ``督〔2026〕118号``. Source: GB/T 9704, domain.md 5.2."""
    return f"{prefix}〔{year}〕{serial}号"


def gaps(used: Mapping[str, Iterable[int]], year: int) -> dict[str, list[int]]:
    """Return, for each series, the serials up to its counter that no paper bears; ``used`` are those borne."""
    last = dict(Counter.objects.filter(series__in=used, year=year).values_list("series", "value"))
    return {series: sorted(set(range(1, last.get(series, 0) + 1)) - set(borne)) for series, borne in used.items()}
