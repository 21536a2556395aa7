"""Two administrators at once: one wins, the other is refused, and the rules hold (F52, F55)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from organization import separation
from organization.models import Department, Post
from organization.operations import delegations, departments, posts
from tests.factories import organization as make
from workflow.refusal import Refusal

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


@pytest.fixture(autouse=True)
def _calendar_again():
    """These tests empty every table behind them; the calendar that a migration brought is put back."""
    yield
    make.seed_calendar()


def at_once(*acts):
    """Run the acts in threads that start together; return what each did: None, or the code of its refusal."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait(timeout=10)
            act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_moves_at_once_close_no_cycle():
    admin = make.person("system_admin")
    for number in range(ROUNDS):
        root = make.government(f"省{number}")
        a, c = make.department("甲", root), make.department("丙", root)
        b, d = make.department("乙", a), make.department("丁", c)

        told = at_once(
            lambda a=a, d=d: departments.move(a, by=admin, parent=d),
            lambda c=c, b=b: departments.move(c, by=admin, parent=b),
        )

        assert sorted(told, key=str) == [None, "department.cycle"]
        for unit in Department.objects.within(root).select_related("parent"):
            assert unit.path == (unit.parent.path if unit.parent else "") + f"{unit.pk:05}"


def test_a_child_made_while_its_parent_moves_stands_under_it():
    admin = make.person("system_admin")
    for number in range(ROUNDS):
        root, other = make.government(f"省{number}"), make.government(f"他省{number}")
        parent = make.department("甲", root)

        told = at_once(
            lambda parent=parent, other=other: departments.move(parent, by=admin, parent=other),
            lambda parent=parent: departments.create(by=admin, name="新科", parent=parent),
        )

        assert told == [None, None]
        child = Department.objects.select_related("parent").get(name="新科", parent=parent)
        assert child.path == child.parent.path + f"{child.pk:05}"
        assert child.is_within(other)


def test_two_grants_at_once_give_no_person_two_administrators_roles():
    one, two = make.person("security_admin"), make.person("security_admin")
    unit = make.department()
    for _round in range(ROUNDS):
        person = make.user()

        told = at_once(
            lambda person=person: posts.appoint(person, by=one, department=unit, role="system_admin"),
            lambda person=person: posts.appoint(person, by=two, department=unit, role="handler"),
        )

        assert sorted(told, key=str) == [None, "post.roles_apart"]
    assert separation.breaches() == []


def test_a_grant_and_a_loan_at_once_give_no_administrator_a_business_post():
    guard, leader = make.person("security_admin"), make.person("leader")
    unit, now = make.department(), timezone.now()
    for _round in range(ROUNDS):
        person = make.user()

        told = at_once(
            lambda person=person: posts.appoint(person, by=guard, department=unit, role="system_admin"),
            lambda person=person: delegations.grant(
                leader.post, by=leader, delegate=person, starts_at=now, ends_at=now + timedelta(days=1), reason="出差"
            ),
        )

        assert told in ([None, "delegation.roles_apart"], ["post.roles_apart", None])
    assert separation.breaches() == []


def test_a_unit_merged_twice_at_once_has_one_successor():
    admin = make.person("system_admin")
    for number in range(ROUNDS):
        root = make.government(f"省{number}")
        old, b, c = (make.department(name, root) for name in ("甲", "乙", "丙"))
        holder = make.person("handler", old)

        told = at_once(
            lambda old=old, b=b: departments.merge(old, by=admin, into=b),
            lambda old=old, c=c: departments.merge(old, by=admin, into=c),
        )

        assert sorted(told, key=str) == [None, "department.merge.wrong_state"]
        assert Post.objects.standing().filter(user=holder).count() == 1
