"""Keyset paging for both doors: page 1,000 is as fast as page 1, and nothing is counted."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from workflow.refusal import Malformed

SIZE, MOST = 50, 200
LONGEST = 4000
GREATEST = 2**63 - 1
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Page:
    """A page of rows, and the cursors of its neighbours (None where there is none)."""

    rows: list[Any]
    next: str | None
    previous: str | None


def size_of(text: str | None) -> int:
    """Return the page size that was asked for, 1 to 200; 50 without a wish. Refused: Malformed for anything else."""
    if not text:
        return SIZE
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and 1 <= int(text) <= MOST):
        raise Malformed("page.size", _("每页条数应为 1 至 %(most)d 的整数。") % {"most": MOST})
    return int(text)


def page(rows: QuerySet[Any], order: tuple[str, ...], cursor: str | None, size: int = SIZE) -> Page:
    """Return one page of ``rows``, sorted by ``order`` (fields with an optional minus, none null, the last one unique).

    Refused: Malformed("page.cursor") for a cursor that was not made here for this order.
    """
    back, place = _read(cursor, order) if cursor else (False, None)
    keys = _turned(order) if back else order
    if place is not None:
        rows = _after(rows, keys, place)
    found = list(rows.order_by(*keys)[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    has_next, has_previous = (True, more) if back else (more, place is not None)
    return Page(
        found,
        _write(False, order, found[-1]) if found and has_next else None,
        _write(True, order, found[0]) if found and has_previous else None,
    )


def _turned(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key[1:] if key.startswith("-") else f"-{key}" for key in order)


def _after(rows: QuerySet[Any], keys: tuple[str, ...], place: list[Any]) -> QuerySet[Any]:
    try:
        return rows.filter(_beyond(keys, place))
    except (ValueError, TypeError, ValidationError) as error:
        raise _foreign() from error


def _beyond(keys: tuple[str, ...], place: list[Any]) -> Q:
    """Return the condition "after ``place``": (a > x) or (a = x and b > y) …"""
    beyond, same = Q(pk__in=()), Q()
    for key, value in zip(keys, place, strict=True):
        name, way = (key[1:], "lt") if key.startswith("-") else (key, "gt")
        beyond |= same & Q(**{f"{name}__{way}": value})
        same &= Q(**{name: value})
    return beyond


def _write(back: bool, order: tuple[str, ...], row: Any) -> str:
    values = [_spelled(_value(row, key.lstrip("-"))) for key in order]
    return base64.urlsafe_b64encode(json.dumps([back, list(order), values]).encode()).decode().rstrip("=")


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = row[part] if isinstance(row, dict) else getattr(row, part)
    return row


def _spelled(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return value


def _read(cursor: str, order: tuple[str, ...]) -> tuple[bool, list[Any]]:
    try:
        if len(cursor) > LONGEST:
            raise ValueError(cursor)
        back, made_for, values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        place = [_meant(value) for value in values]
    except (binascii.Error, ValueError, TypeError, KeyError, RecursionError) as error:
        raise _foreign() from error
    if made_for != list(order) or len(place) != len(order):
        raise _foreign()
    return bool(back), place


def _meant(value: Any) -> Any:
    """Return a value of a cursor as the database compares it; ValueError for what no row of ours could hold."""
    if isinstance(value, dict):
        moment = parse_datetime(value["t"]) if "t" in value else parse_date(value["d"])
        if moment is None or moment.year not in YEARS or (isinstance(moment, datetime) and moment.tzinfo is None):
            raise ValueError(value)
        return moment
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(value)
    if isinstance(value, int) and not -GREATEST <= value <= GREATEST:
        raise ValueError(value)
    if isinstance(value, str) and b"\0" in value.encode():
        raise ValueError(value)
    return value


def _foreign() -> Malformed:
    return Malformed("page.cursor", _("翻页位置无效，请从第一页重新开始。"))
