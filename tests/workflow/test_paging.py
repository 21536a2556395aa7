"""Keyset paging: pages follow one another, and a cursor made elsewhere opens nothing."""

import base64
import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organization.models import Department
from tests.factories import organization as make
from workflow.doors import paging
from workflow.refusal import Malformed

ORDERS = [("pk",), ("-pk",), ("short", "pk"), ("-level", "short", "-pk"), ("valid_from", "pk")]


def cursor_of(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def walk(order, size, way="next"):
    """Return the keys of all pages in the order in which they are turned."""
    seen, page = [], paging.page(Department.objects.all(), order, None, size)
    while True:
        seen.append([row.pk for row in page.rows])
        if page.next is None:
            return seen, page
        page = paging.page(Department.objects.all(), order, page.next, size)


@pytest.mark.django_db
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 3, 7, 50])
def test_every_row_is_on_exactly_one_page(order, size):
    for number in range(7):
        make.department(short=f"第{number % 3}局", level="city" if number % 2 else "county")

    pages, _last = walk(order, size)

    assert [key for page in pages for key in page] == list(
        Department.objects.order_by(*order).values_list("pk", flat=True)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("order", ORDERS)
def test_turning_back_shows_the_same_pages(order):
    for number in range(7):
        make.department(short=f"第{number % 3}局", level="city" if number % 2 else "county")
    forth, page = walk(order, 3)

    back = [[row.pk for row in page.rows]]
    while page.previous is not None:
        page = paging.page(Department.objects.all(), order, page.previous, 3)
        back.insert(0, [row.pk for row in page.rows])

    assert back == forth


@pytest.mark.django_db
def test_a_row_that_comes_in_between_shifts_no_page():
    for _number in range(4):
        make.department()
    first = paging.page(Department.objects.all(), ("-pk",), None, 2)
    rest = list(Department.objects.order_by("-pk").values_list("pk", flat=True))[2:]
    make.department()

    second = paging.page(Department.objects.all(), ("-pk",), first.next, 2)

    assert [row.pk for row in second.rows] == rest


@pytest.mark.parametrize(
    "text", ["0", "201", "-1", "+5", " 5", "5.0", "x", "٥", "²", "9" * 5000, "0x10"], ids=lambda text: text[:5]
)
def test_a_size_that_is_none_is_refused(text):
    with pytest.raises(Malformed) as refused:
        paging.size_of(text)

    assert refused.value.code == "page.size"


@pytest.mark.parametrize(("text", "size"), [(None, 50), ("", 50), ("1", 1), ("007", 7), ("200", 200)])
def test_a_size_is_fifty_unless_another_is_asked_for(text, size):
    assert paging.size_of(text) == size


BAD_VALUES = (
    None, True, 1.5, "x", "\x00", "\ud800", [], {}, {"t": "x"}, {"d": "2026-02-30"}, {"t": 5}, {"x": 1}, 2**63,
    {"t": "0001-01-01T00:00:00+08:00"}, {"t": "2026-01-01T00:00:00"}, {"d": "9999-12-31"},
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    [
        "x", "%%%", "e30", "é", "A" * 5000, "[" * 900, cursor_of(), cursor_of(False, ["-pk"]),
        cursor_of(False, ["pk"], [1]), cursor_of(False, ["-pk"], []), cursor_of(False, ["-pk"], [1, 2]),
        cursor_of(False, "-pk", [1]), cursor_of(False, None, None), base64.b64encode(b"[" * 3000).decode(),
        *(cursor_of(False, ["-pk"], [value]) for value in BAD_VALUES),
    ],
    ids=lambda cursor: cursor[:12],
)  # fmt: skip
def test_a_cursor_of_other_make_is_refused(cursor):
    with pytest.raises(Malformed) as refused:
        paging.page(Department.objects.all(), ("-pk",), cursor, 5)

    assert refused.value.code == "page.cursor"


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["x", 5, {"t": "2026-01-01T00:00:00+08:00"}])
def test_a_value_of_another_kind_than_the_column_is_refused_or_finds_its_place(value):
    cursor = cursor_of(False, ["valid_from", "pk"], [value, 1])

    with suppress(Malformed):
        paging.page(Department.objects.all(), ("valid_from", "pk"), cursor, 5)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60) | st.binary(max_size=60).map(lambda b: base64.urlsafe_b64encode(b).decode()))
def test_no_cursor_breaks_the_door(text):
    with suppress(Malformed):
        paging.page(Department.objects.all(), ("short", "pk"), text or None, 5)
