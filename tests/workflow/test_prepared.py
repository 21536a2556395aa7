"""A prepared question gives the rows that its queryset gives, whatever its values are and however often it is asked."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organization import sessions
from organization.models import Department, Session
from tests.factories import organization as make
from workflow.prepared import Prepared, one, text

NOW = timezone.now()
TODAY = timezone.localdate()
NAMED = Prepared(lambda: Department.objects.filter(name=text("name"), is_office=False).select_related("parent"))


@pytest.fixture
def lent():
    """Return the session of a delegate who acts in another's post."""
    loan = make.delegation(make.person("unit_head").posts.get(), ends_at=NOW + timedelta(minutes=30))
    held = make.post(loan.delegate)
    return Session.objects.create(
        session_key="lent", session_data="x", expire_date=NOW + timedelta(hours=1),
        user=loan.delegate, post=held, delegation=loan,
    )  # fmt: skip


def told(row):
    """Return everything that a row brought with it, through all that was joined."""
    fetched = {name: found and told(found) for name, found in row._state.fields_cache.items()}
    plain = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row), plain, fetched, getattr(row, "has_choice", None)


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-400, 0, 1])
@pytest.mark.parametrize("minutes", [0, 45, 90])
def test_the_live_session_is_the_one_that_its_queryset_finds(lent, days, minutes):
    today, now = TODAY + timedelta(days=days), NOW + timedelta(minutes=minutes)
    rows = Session.objects.with_principal(today, now).filter(session_key=lent.pk, expire_date__gt=now)

    found = sessions.ALIVE.rows(key=lent.pk, today=today, now=now)

    assert [told(row) for row in found] == [told(row) for row in rows]
    assert len(found) == (minutes < 60)


@pytest.mark.django_db
def test_it_is_answered_by_one_statement_with_the_values_of_this_asking(django_assert_num_queries):
    first, second = make.department("甲局", make.government("甲市")), make.department("乙局")
    with django_assert_num_queries(4):
        assert NAMED.rows(name="甲局") == [first]
        assert NAMED.rows(name="乙局") == [second]
        assert NAMED.rows(name="丙局") == []
        (again,) = NAMED.rows(name="甲局")
    with django_assert_num_queries(0):
        assert str(again.parent) == str(first.parent)


@pytest.mark.django_db
def test_a_value_that_is_not_told_is_missed_before_the_database_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(KeyError):
        NAMED.rows()


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection():
    make.department("甲局")
    answers = []

    def ask():
        answers.extend(unit.name for unit in NAMED.rows(name="甲局"))
        connection.close()

    others = [Thread(target=ask) for _ in range(4)]
    for other in others:
        other.start()
    for other in others:
        other.join()

    assert answers == ["甲局"] * 4
    assert [unit.name for unit in NAMED.rows(name="甲局")] == ["甲局"]


@pytest.mark.django_db
def test_one_row_is_found_by_its_key_without_an_order():
    unit = make.department("甲局")
    with CaptureQueriesContext(connection) as asked:
        assert one(Department.objects.order_by("name"), unit.pk) == unit
        assert one(Department.objects.exclude(name="甲局"), unit.pk) is None

    assert len(asked) == 2
    assert not any("ORDER BY" in query["sql"] for query in asked)
